// Workbooks as a journey reads and changes them: a zip of XML files, taken apart and put together again without the page.
import { deflateRawSync, inflateRawSync } from "node:zlib";

/** The entries of an archive, by name, in their order. */
export function unzip(bytes) {
  const end = bytes.lastIndexOf("PK\x05\x06", undefined, "latin1");
  const entries = new Map();
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [packed, name, extra, comment] = [bytes.readUInt32LE(at + 20), ...[28, 30, 32].map((it) => bytes.readUInt16LE(at + it))];
    const head = bytes.readUInt32LE(at + 42);
    const start = head + 30 + bytes.readUInt16LE(head + 26) + bytes.readUInt16LE(head + 28);
    const body = bytes.subarray(start, start + packed);
    const text = bytes.readUInt16LE(at + 10) === 0 ? body : inflateRawSync(body);
    entries.set(bytes.toString("utf8", at + 46, at + 46 + name), text.toString("utf8"));
    at += 46 + name + extra + comment;
  }
  return entries;
}

function crc(bytes) {
  let sum = ~0;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return ~sum >>> 0;
}

/** The same entries as an archive again. */
export function zip(entries) {
  const [bodies, heads] = [[], []];
  let at = 0;
  for (const [name, text] of entries) {
    const [raw, called] = [Buffer.from(text), Buffer.from(name)];
    const packed = deflateRawSync(raw);
    const common = Buffer.alloc(26);
    [20, 0, 8].forEach((it, place) => common.writeUInt16LE(it, place * 2));
    [crc(raw), packed.length, raw.length].forEach((it, place) => common.writeUInt32LE(it, 10 + place * 4));
    common.writeUInt16LE(called.length, 22);
    const where = Buffer.alloc(14);
    where.writeUInt32LE(at, 10);
    heads.push(Buffer.from("PK\x01\x02\x14\0", "latin1"), common, where, called);
    bodies.push(Buffer.from("PK\x03\x04", "latin1"), common, called, packed);
    at += 30 + called.length + packed.length;
  }
  const [body, head] = [Buffer.concat(bodies), Buffer.concat(heads)];
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  [8, 10].forEach((it) => end.writeUInt16LE(entries.size, it));
  end.writeUInt32LE(head.length, 12);
  end.writeUInt32LE(body.length, 16);
  return Buffer.concat([body, head, end]);
}

const plain = (text) => text.replace(/&quot;/g, '"').replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");

/** The entry of each sheet, by its name. */
export function sheets(entries) {
  const names = [...entries.get("xl/workbook.xml").matchAll(/<sheet name="([^"]*)" sheetId="(\d+)"/g)];
  return new Map(names.map(([, name, number]) => [plain(name), `xl/worksheets/sheet${number}.xml`]));
}

/** The cells of a sheet by their addresses: `{ text }`, or `{ number, formula }`. */
export function cells(xml) {
  const found = new Map();
  for (const [, at, inside] of xml.matchAll(/<c r="([A-Z]+\d+)"[^>]*?(?:\/>|>(.*?)<\/c>)/g)) {
    const [text, formula, number] = [/<t[^>]*>(.*?)<\/t>/s, /<f>(.*?)<\/f>/s, /<v>(.*?)<\/v>/s].map((it) => it.exec(inside ?? "")?.[1]);
    if (inside) found.set(at, text === undefined ? { number: Number(number), formula: formula && plain(formula) } : { text: plain(text) });
  }
  return found;
}

/** Puts a number, or a text, into an empty cell. */
export function put(entries, entry, at, value) {
  const body = typeof value === "number" ? `><v>${value}</v></c>` : ` t="inlineStr"><is><t>${value}</t></is></c>`;
  const xml = entries.get(entry);
  const changed = xml.replace(new RegExp(`<c r="${at}"( s="\\d+")/>`), (_, style) => `<c r="${at}"${style}${body}`);
  if (changed === xml) throw new Error(`${at} of ${entry} is not empty, or not there`);
  entries.set(entry, changed);
}

/** What a sum of ranges and cells comes to, in whole cents, from the numbers that are no formulas. */
export function cents(all, at) {
  const { number, formula } = all.get(at) ?? {};
  if (!formula) return Math.round((number ?? 0) * 100);
  const inside = /^(?:ROUND\()?SUM\((.*?)\)(?:,2\))?$/.exec(formula)?.[1];
  if (inside === undefined) throw new Error(`${at} is ${formula}`);
  return inside.split(",").flatMap(range).reduce((sum, it) => sum + cents(all, it), 0);
}

function range(text) {
  const [first, last] = text.split(":");
  if (!last) return [first];
  const part = (it) => [it.replace(/\d+/, ""), Number(it.replace(/[A-Z]+/, ""))];
  const number = (letters) => [...letters].reduce((sum, it) => sum * 26 + it.charCodeAt(0) - 64, 0);
  const letters = (it) => (it > 26 ? letters(Math.floor((it - 1) / 26)) : "") + String.fromCharCode(65 + ((it - 1) % 26));
  const [[left, top], [right, bottom]] = [part(first), part(last)];
  const found = [];
  for (let row = top; row <= bottom; row += 1) for (let column = number(left); column <= number(right); column += 1) found.push(`${letters(column)}${row}`);
  return found;
}
