// Makes few files of the many that hold what parts of the page share: `gather(FOLDER)`, on what `sextant-split` left there.
//
// It takes what several parts need out of them, into a file for each set of parts: hundreds, most of a few hundred bytes,
// and a page waits for a round trip for every six of them. Here the two whose union costs the least are made one, for as long
// as that saves anything: every part that needs one of the two then fetches both, with one request less. Refuses a loader
// that it does not know, and more parts than a number has bits.
import { execFile, execFileSync } from "node:child_process";
import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

// What a request costs, in bytes of code before a packer: about a sixth of a round trip of 40 ms at 10 Mbit/s, which is what
// Lighthouse calls a desktop.
const REQUEST = 20_000;

// Each is a bit of a number.
const MOST_PARTS = 31;

const definition = /\/\* [\w, ]+ \*\/\nconst __chunk_(\d+) = makeLoad\(\(\) => \{[\s\S]*?\n\}\n, \[\]\);\n?/g;
const dependencies = /, \[((?:__chunk_\d+(?:, )?)+)\]\)\);/g;
const namesIn = (list) => Array.from(list.matchAll(/__chunk_(\d+)/g), (match) => match[1]);

/** How many parts are in a set, a bit for each. */
function count(set) {
  let parts = 0;
  for (let left = set; left; left &= left - 1) parts += 1;
  return parts;
}

/** What a file of so many bytes costs those who need it. */
const cost = (set, bytes) => count(set) * (bytes + REQUEST);

/** The sets of files that are made one, each with its first by number in front. */
function groupsOf(chunks) {
  const groups = chunks.map(({ chunk, set, bytes }) => ({ members: [chunk], set, bytes, cost: cost(set, bytes) }));
  const saved = (one, other) => one.cost + other.cost - cost(one.set | other.set, one.bytes + other.bytes);
  for (;;) {
    let [most, pair] = [0];
    for (let at = 1; at < groups.length; at += 1) {
      for (let before = 0; before < at; before += 1) {
        const saving = saved(groups[before], groups[at]);
        if (most < saving) [most, pair] = [saving, [before, at]];
      }
    }
    if (!pair) return groups.map((it) => it.members);
    const [one, other] = [groups[pair[0]], groups.splice(pair[1], 1)[0]];
    one.members.push(...other.members);
    [one.set, one.bytes] = [one.set | other.set, one.bytes + other.bytes];
    one.cost = cost(one.set, one.bytes);
  }
}

/** What every file asks of the page, once: a module that hands it on. Without it each would keep its own in what is merged. */
function handingOn(folder, chunk) {
  const words = [join(folder, `chunk_${chunk}.wasm`)];
  const text = execFileSync("wasm-dis", words, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"], maxBuffer: 1 << 28 });
  const things = Array.from(text.matchAll(/^ \(import "__wasm_split" "(\w+)" \((\w+) \S+ (.*)\)\)$/gm), ([, name, kind, type]) => ({ name, kind, type }));
  const lines = [
    ...things.map(({ name, kind, type }) => `(import "page" "${name}" (${kind} $${name} ${type}))`),
    ...things.map(({ name, kind }) => `(export "${name}" (${kind} $${name}))`),
  ];
  const [source, module] = ["wat", "wasm"].map((ending) => join(folder, `page.${ending}`));
  writeFileSync(source, `(module ${lines.join("\n")})`);
  execFileSync("wasm-as", [source, "-o", module]);
  return module;
}

/** Makes one file of several, in the place of the first. */
async function merge(folder, page, members, features) {
  const files = members.map((chunk) => join(folder, `chunk_${chunk}.wasm`));
  const named = files.flatMap((file, at) => [file, `chunk_${members[at]}`]);
  const made = `${files[0]}.merged`;
  await promisify(execFile)("wasm-merge", [page, "__wasm_split", ...named, ...features, "-g", "-o", made]);
  for (const file of files) rmSync(file);
  renameSync(made, files[0]);
}

/** Gathers what `sextant-split` left in a folder; `features` are those that Binaryen is told of. */
export async function gather(folder, features) {
  const script = join(folder, "__wasm_split.js");
  const loader = readFileSync(script, "utf8");
  const sets = new Map();
  const lists = Array.from(loader.matchAll(dependencies));
  if (MOST_PARTS < lists.length) throw new Error(`${lists.length} parts of the page need others; ${MOST_PARTS} are counted.`);
  lists.forEach(([, list], part) => {
    for (const chunk of namesIn(list)) sets.set(chunk, (sets.get(chunk) ?? 0) | (1 << part));
  });
  const chunks = Array.from(loader.matchAll(definition), ([, chunk]) => {
    return { chunk, set: sets.get(chunk), bytes: statSync(join(folder, `chunk_${chunk}.wasm`)).size };
  });
  if (chunks.length === 0 || chunks.length !== sets.size) throw new Error("What loads the parts of the page is not as it was.");
  const first = new Map();
  const waiting = [];
  for (const members of groupsOf(chunks)) {
    for (const chunk of members) first.set(chunk, { chunk: members[0], isMerged: 1 < members.length });
    if (1 < members.length) waiting.push(members);
  }
  const page = handingOn(folder, chunks[0].chunk);
  const mergeOn = async () => {
    for (let members = waiting.pop(); members; members = waiting.pop()) await merge(folder, page, members, features);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, mergeOn));
  const gathered = loader
    .replaceAll(definition, (whole, chunk) => {
      if (first.get(chunk).chunk !== chunk) return "";
      return first.get(chunk).isMerged ? whole.replace("(src, imports)", "(src, { page: imports.__wasm_split })") : whole;
    })
    .replaceAll(dependencies, (_, list) => {
      const needed = new Set(namesIn(list).map((chunk) => `__chunk_${first.get(chunk).chunk}`));
      return `, [${[...needed].join(", ")}]));`;
    });
  writeFileSync(script, gathered);
  rmSync(page);
}
