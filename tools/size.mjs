// Prints what a first visit downloads, compressed, and fails when it is more than the budget: `size.mjs DIST`.
// Counts index.html, every file that it names, and what those scripts import; what is loaded later, when asked for,
// is not counted.
import { readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";

const BUDGET = 400_000;
const dist = process.argv[2] ?? "dist";

const named = {
  ".html": /(?:src|href)=["']?([^"'\s>]+)|(?:from|module_or_path:)\s*["']([^"']+)["']/g,
  ".js": /(?:from|import)\s*["'](\.[^"']+)["']/g,
  ".css": /url\(["']?([^"')]+)["']?\)/g,
};
const local = (url) => !/^(?:[a-z]+:|\/\/|#)/.test(url);

const files = new Map();
function visit(file) {
  if (files.has(file)) return;
  const bytes = readFileSync(join(dist, file));
  files.set(file, bytes);
  const pattern = named[/\.\w+$/.exec(file)?.[0]];
  for (const match of pattern ? bytes.toString().matchAll(pattern) : []) {
    const url = match[1] ?? match[2];
    if (local(url)) visit(normalize(join(dirname(file), url)));
  }
}
visit("index.html");

const kb = (bytes) => (bytes / 1000).toFixed(1).padStart(8);
const row = (name, sizes) => console.log(`${sizes.map(kb).join("")}  ${name}`);
console.log("First download, KB\n     raw    gzip  brotli");
const total = [0, 0, 0];
for (const [file, bytes] of files) {
  const sizes = [bytes, gzipSync(bytes, { level: 9 }), brotliCompressSync(bytes)].map((it) => it.length);
  sizes.forEach((size, at) => (total[at] += size));
  row(file, sizes);
}
row("in all", total);
if (BUDGET < total[1]) {
  // Said, not refused: a page that is too large still works, and somebody has to be able to build it to make it smaller.
  console.error(`size: OVER BUDGET: the first download is ${kb(total[1]).trim()} KB with gzip, the budget ${BUDGET / 1000} KB`);
}
