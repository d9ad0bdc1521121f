// How long a link is by format: ours, and what three ways in common use make of the same plan's JSON, each as strong as it
// goes. Writes the table of docs/links.md.
//
//   cargo run --example links -- DIR | node benches/peers/links.mjs DIR      (make links does both)
import { readFileSync, writeFileSync } from "node:fs";
import { brotliCompressSync, constants, deflateSync } from "node:zlib";
import lz from "lz-string";

const page = new URL("../../docs/links.md", import.meta.url);
const folder = process.argv[2];

const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT } };
const ways = [
    (json) => Buffer.byteLength(json),
    (json) => lz.compressToEncodedURIComponent(json).length,
    (json) => deflateSync(json, { level: 9 }).toString("base64url").length,
    (json) => brotliCompressSync(json, brotli).toString("base64url").length,
];

const rows = readFileSync(0, "utf8").trim().split("\n").map((line) => {
    const [name, ours] = line.split(" ");
    const json = readFileSync(`${folder}/${name}.json`, "utf8");
    const [bytes, ...theirs] = ways.map((it) => it(json).toLocaleString("en"));
    return `| ${name.replaceAll("-", " ")} | ${bytes} | **${Number(ours).toLocaleString("en")}** | ${theirs.join(" | ")} |`;
});

const head = ["| plan | JSON, bytes | ours | lz-string | zlib 9 | brotli 11 |", "| --- | ---: | ---: | ---: | ---: | ---: |"];
const table = [...head, ...rows].join("\n");
const text = readFileSync(page, "utf8");
const written = text.replace(/(<!-- lengths -->\n)[^]*?(<!-- end -->)/, (_, before, after) => `${before}${table}\n${after}`);
if (!written.includes(table)) throw new Error("docs/links.md has no place for the table");
writeFileSync(page, written);
console.log(table);
