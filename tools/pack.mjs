// Makes what Trunk built as small as it can be to download: `pack.mjs DIST`.
//   1. one script: what the page does not use of the glue around the wasm is left out, the rest minified;
//   2. one style sheet, minified, in the order of index.html;
//   3. index.html names these, and has no script of its own;
//   4. beside each lies what brotli and gzip make of it, for hosts that send such files as they are.
// Refuses a dist/ that does not look as Trunk leaves it.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { build, transform } from "esbuild";

const dist = resolve(process.argv[2] ?? "dist");
const read = (name) => readFileSync(join(dist, name));
const only = (pattern) => {
  const found = readdirSync(dist).filter((name) => pattern.test(name));
  if (found.length !== 1) throw new Error(`${dist}: ${found.length} files like ${pattern}, not one. Run "make dist".`);
  return found[0];
};
// A name by content: hosts may keep such a file for ever.
const put = (stem, ending, bytes) => {
  const name = `${stem}-${createHash("sha256").update(bytes).digest("hex").slice(0, 16)}.${ending}`;
  writeFileSync(join(dist, name), bytes);
  return name;
};

const [glue, wasm] = [only(/^sextant-\w+\.js$/), only(/^sextant-\w+_bg\.wasm$/)];

// A class is given a method when the script runs, which keeps it although nobody uses it.
const source = read(glue).toString().replaceAll(/^if \(Symbol\.dispose\) .*$/gm, "");
const plugin = {
  name: "glue",
  setup(it) {
    it.onResolve({ filter: /^glue$/ }, () => ({ path: "glue", namespace: "glue", sideEffects: false }));
    it.onLoad({ filter: /.*/, namespace: "glue" }, () => ({ contents: source }));
  },
};

const wasmName = put("sextant", "wasm", read(wasm));
const start = `import init from "glue"; await init({ module_or_path: new URL("${wasmName}", import.meta.url) });`;
const bundle = { stdin: { contents: start, resolveDir: dist }, bundle: true, plugins: [plugin] };
const made = await build({ ...bundle, minify: true, format: "esm", target: "es2022", write: false });
const scriptName = put("sextant", "js", made.outputFiles[0].contents);

const page = read("index.html").toString();
const sheets = Array.from(page.matchAll(/<link\b[^>]*\brel="?stylesheet"?[^>]*>/g), (match) => match[0]);
const files = sheets.map((link) => /href="?\.\/([^"\s>]+)/.exec(link)[1]);
const style = (await transform(files.map((name) => read(name)).join("\n"), { loader: "css", minify: true })).code;
const styleName = put("sextant", "css", style);

const head = [
  `<link rel="stylesheet" href="./${styleName}">`,
  `<link rel="preload" href="./${wasmName}" as="fetch" type="application/wasm" crossorigin>`,
  `<script type="module" src="./${scriptName}"></script>`,
];
const packed = page
  .replaceAll(/<link\b[^>]*\brel="?(?:stylesheet|modulepreload|preload)"?[^>]*>\s*/g, "")
  .replaceAll(/<script\b[\s\S]*?<\/script>\s*/g, "")
  .replace("</head>", `${head.join("\n")}\n</head>`);
if (!packed.includes(scriptName)) throw new Error(`${dist}/index.html has no </head>.`);
writeFileSync(join(dist, "index.html"), packed);
for (const name of [glue, wasm, ...files]) rmSync(join(dist, name));
for (const name of [wasmName, scriptName, styleName]) {
  writeFileSync(join(dist, `${name}.br`), brotliCompressSync(read(name)));
  writeFileSync(join(dist, `${name}.gz`), gzipSync(read(name), { level: 9 }));
}
