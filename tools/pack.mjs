// Makes what Trunk built as small as it can be to download: `pack.mjs DIST`.
//   1. the parts of the page that are loaded when they are asked for become files of their own (src/views/later.rs),
//      and what several of them need a few dozen more (tools/chunks.mjs);
//   2. one script: what the page does not use of the glue around the wasm is left out, the rest minified;
//   3. one style sheet, minified, in the order of index.html;
//   4. index.html names these, and has no script of its own;
//   5. the worker that draws by chance, and its kernel, are files of their own;
//   6. a policy of what may run or be asked for stands in index.html, and for hosts that send headers in `_headers`;
//   7. a service worker keeps these files, and a manifest lets the page be installed;
//   8. beside each lies what brotli and gzip make of it, for hosts that send such files as they are.
// Takes the module that cargo linked, since what wasm-bindgen made of it can no longer be taken apart. Refuses a dist/
// that does not look as Trunk leaves it.
import { execFile, execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { build, transform } from "esbuild";
import { gather } from "./chunks.mjs";

const dist = resolve(process.argv[2] ?? "dist");
const work = mkdtempSync(join(tmpdir(), "sextant-"));
const run = (program, ...words) =>
  execFileSync(program, words, { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"], maxBuffer: 1 << 26 });
const packed = [];
// A name by content: hosts may keep such a file for ever. Dozens of them stand in the script, and no packer makes them
// shorter.
const put = (stem, ending, bytes) => {
  const name = `${stem}-${createHash("sha256").update(bytes).digest("hex").slice(0, 8)}.${ending}`;
  writeFileSync(join(dist, name), bytes);
  packed.push(name);
  return name;
};

// What a current browser can do; without saying so, wasm-opt refuses what the compiler uses.
const features = ["bulk-memory", "nontrapping-float-to-int", "reference-types", "multivalue", "sign-ext", "mutable-globals"].map(
  (it) => `--enable-${it}`,
);
// By name, what was compiled of one source for several types lies side by side, and a packer finds it: a hundredth less.
const shrinking = (file, ...passes) => [
  file, ...features, "-O3", ...passes,
  "--reorder-functions-by-name", "--strip-debug", "--strip-producers", "-o", file,
];
// Once more for size: this is what everybody waits for.
const shrunk = (file) => {
  run("wasm-opt", ...shrinking(file, "-Os"));
  return readFileSync(file);
};
const { target_directory: target } = JSON.parse(run("cargo", "metadata", "--no-deps", "--format-version", "1", "--offline"));
run("sextant-split", join(target, "wasm32-unknown-unknown/release/sextant.wasm"), work);
run("wasm-bindgen", join(work, "main.wasm"), "--target", "web", "--no-typescript", "--keep-lld-exports", "--out-dir", work, "--out-name", "main");
const wasmName = put("sextant", "wasm", shrunk(join(work, "main_bg.wasm")));
await gather(work, features);
let loader = readFileSync(join(work, "__wasm_split.js"), "utf8");
const parts = readdirSync(work).filter((name) => /^(?:split|chunk)_\w+\.wasm$/.test(name));
const waiting = [...parts];
const shrinkOn = async () => {
  for (let part = waiting.pop(); part; part = waiting.pop()) await promisify(execFile)("wasm-opt", shrinking(join(work, part)));
};
await Promise.all(Array.from({ length: availableParallelism() }, shrinkOn));
for (const part of parts) {
  loader = loader.replaceAll(`"./${part}"`, `"./${put(part.slice(0, -5), "wasm", readFileSync(join(work, part)))}"`);
}
writeFileSync(join(work, "__wasm_split.js"), loader);
// A class is given a method when the script runs, which keeps it although nobody uses it.
const glue = readFileSync(join(work, "main.js"), "utf8").replaceAll(/^if \(Symbol\.dispose\) .*$/gm, "");
writeFileSync(join(work, "main.js"), glue);
// The worker that draws by chance, and its kernel, which Trunk had compiled.
const kernelFile = join(dist, "chance.wasm");
run("wasm-opt", kernelFile, ...features, "--enable-simd", "-O3", "--strip-producers", "-o", kernelFile);
const kernelName = put("chance", "wasm", readFileSync(kernelFile));
const chance = readFileSync("src/page/chance.js", "utf8").replace("./chance.wasm", `./${kernelName}`);
const chanceName = put("chance", "js", (await transform(chance, { loader: "js", format: "esm", minify: true })).code);
for (const name of ["boot.js", "journal.js", "tabs.js"]) {
  writeFileSync(join(work, name), readFileSync(join("src/page", name), "utf8").replace("./chance.js", `./${chanceName}`));
}
const start = `
  import { isFramed } from "./boot.js";
  import "./journal.js";
  import "./tabs.js";
  import init from "./main.js";
  if (!isFramed) await init({ module_or_path: new URL("./${wasmName}", import.meta.url) });`;
const made = await build({
  stdin: { contents: start, resolveDir: work },
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  write: false,
  // The glue names the loader of parts once for each part: the same one.
  logOverride: { "duplicate-object-key": "silent" },
});
const scriptName = put("sextant", "js", made.outputFiles[0].contents);
rmSync(work, { recursive: true });

const page = readFileSync(join(dist, "index.html"), "utf8");
const sheets = Array.from(page.matchAll(/<link\b[^>]*\brel="stylesheet"[^>]*>/g), (match) => match[0]);
const files = sheets.map((link) => /href="\.\/([^"]+)"/.exec(link)[1]);
const style = files.map((name) => readFileSync(join(dist, name), "utf8")).join("\n");
const styleName = put("sextant", "css", (await transform(style, { loader: "css", minify: true })).code);

// Nothing runs, loads or sends that is not this page's own. What a header alone can say stands in `_headers`.
const policy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types default sextant",
];
const integrity = (name) => `sha384-${createHash("sha384").update(readFileSync(join(dist, name))).digest("base64")}`;
const iconName = readdirSync(dist).find((name) => /^icon-\w+\.svg$/.test(name));
const manifest = readFileSync("src/page/manifest.webmanifest", "utf8").replace("@icon@", `./${iconName}`);
writeFileSync(join(dist, "manifest.webmanifest"), manifest);
const head = [
  `<meta http-equiv="Content-Security-Policy" content="${policy.join("; ")}">`,
  `<link rel="manifest" href="./manifest.webmanifest">`,
  `<link rel="stylesheet" href="./${styleName}" integrity="${integrity(styleName)}">`,
  `<link rel="preload" href="./${wasmName}" as="fetch" type="application/wasm" crossorigin>`,
  `<script type="module" src="./${scriptName}" integrity="${integrity(scriptName)}"></script>`,
];
const slim = page
  .replaceAll(/<link\b[^>]*\brel="(?:stylesheet|modulepreload|preload)"[^>]*>\s*/g, "")
  .replaceAll(/<script\b[\s\S]*?<\/script>\s*/g, "")
  .replace("</head>", `${head.join("\n")}\n</head>`);
if (files.length === 0 || !slim.includes(scriptName)) throw new Error(`${dist}/index.html is not as Trunk leaves it.`);
writeFileSync(join(dist, "index.html"), slim);

const headers = [
  "/*",
  `  Content-Security-Policy: ${policy.join("; ")}; frame-ancestors 'none'`,
  "  Referrer-Policy: no-referrer",
  "  X-Content-Type-Options: nosniff",
  "  Cross-Origin-Opener-Policy: same-origin",
  "  Permissions-Policy: camera=(), geolocation=(), microphone=(), payment=(), usb=()",
  ...packed.flatMap((name) => [`/${name}`, "  Cache-Control: public, max-age=31536000, immutable"]),
];
writeFileSync(join(dist, "_headers"), `${headers.join("\n")}\n`);

const keptFiles = ["./", iconName, "manifest.webmanifest", ...packed];
const version = createHash("sha256").update(slim).update(packed.join()).digest("hex").slice(0, 16);
const worker = readFileSync("src/page/worker.js", "utf8")
  .replace("@version@", `sextant-${version}`)
  .replace(`["@files@"]`, JSON.stringify(keptFiles.map((name) => (name === "./" ? name : `./${name}`))));
writeFileSync(join(dist, "worker.js"), (await transform(worker, { loader: "js", minify: true })).code);

for (const name of readdirSync(dist).filter((name) => /\.(?:wasm|js|css)$/.test(name) && ![...packed, "worker.js"].includes(name))) {
  rmSync(join(dist, name));
}
for (const name of packed) {
  const bytes = readFileSync(join(dist, name));
  writeFileSync(join(dist, `${name}.br`), brotliCompressSync(bytes));
  writeFileSync(join(dist, `${name}.gz`), gzipSync(bytes, { level: 9 }));
}
