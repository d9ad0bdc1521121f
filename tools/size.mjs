// Prints what a first visit downloads, compressed, and fails when it is more than the budget: `size.mjs DIST`. The budget
// is for brotli, which every browser takes and which lies ready beside each file; what gzip makes of it is printed too.
// Counts index.html, every file that it names, and what those scripts import. What is loaded later (src/views/later.rs) is
// printed below, and not counted.
import { readFileSync, readdirSync } from "node:fs";
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
const sizesOf = (bytes) => [bytes, gzipSync(bytes, { level: 9 }), brotliCompressSync(bytes)].map((it) => it.length);
console.log("First download, KB\n     raw    gzip  brotli");
const total = [0, 0, 0];
for (const [file, bytes] of files) {
  const sizes = sizesOf(bytes);
  sizes.forEach((size, at) => (total[at] += size));
  row(file, sizes);
}
row("in all", total);
const later = readdirSync(dist).filter((name) => name.endsWith(".wasm") && !files.has(name));
if (later.length) console.log("Loaded later");
for (const name of later) row(name, sizesOf(readFileSync(join(dist, name))));
if (BUDGET < total[2]) {
  const [gzip, brotli] = total.slice(1).map((bytes) => kb(bytes).trim());
  console.error(`size: the first download is ${brotli} KB with brotli (${gzip} with gzip), the budget ${BUDGET / 1000} KB`);
  process.exit(1);
}
