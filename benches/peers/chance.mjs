// Years drawn by chance in node, for benches/side_by_side.py: the same model by other programs, and by the page's own kernel in
// one worker and in two. One command a line from standard input, one line of answer each.
//
//   load KIND FILE [MODULE]   squiggle, plain or workers; the deals as examples/kernel has them           -> ok
//   run TIMES                 draws all years and takes three quantiles, so often                         -> nanoseconds
//   two TIMES                 the same with two workers (workers only)                                    -> nanoseconds
//   answer FILE               the three quantiles, rounded; of workers, of one and then of two            -> ok
import { readFileSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { Worker, isMainThread, parentPort, workerData } from "node:worker_threads";

const PARTS = [0.1, 0.5, 0.9];
const thirds = (years) => PARTS.map((part) => selected(years, Math.ceil(part * years.length) - 1));

/** The number that would stand at a place if they were in order; leaves them in another. */
function selected(numbers, place) {
    for (let from = 0, to = numbers.length - 1; from < to; ) {
        const pivot = numbers[(from + to) >> 1];
        let [low, high] = [from, to];
        while (low <= high) {
            while (numbers[low] < pivot) low++;
            while (pivot < numbers[high]) high--;
            if (low <= high) {
                [numbers[low], numbers[high]] = [numbers[high], numbers[low]];
                low++;
                high--;
            }
        }
        if (place <= high) to = high;
        else if (low <= place) from = low;
        else break;
    }
    return numbers[place];
}

// ---- Squiggle: sample sets, as its users multiply and add them ----

async function squiggle({ years, deals }) {
    const { run } = await import("@quri/squiggle-lang");
    const term = ({ chance, middle, spread }) =>
        `SampleSet.fromDist(Sym.bernoulli(${chance})) * SampleSet.fromDist(Sym.lognormal(${Math.log(middle)}, ${spread}))`;
    const code = `total = ${deals.map(term).join(" + ")}\n[${PARTS.map((it) => `quantile(total, ${it})`).join(", ")}]`;
    return async () => {
        const { result } = await run(code, { environment: { sampleCount: years, xyPointLength: 1000, seed: "2027" } });
        if (!result.ok) throw new Error(String(result.value));
        return result.value.result.asJS();
    };
}

// ---- What one writes by hand: typed arrays, polar normals ----

function plain({ years, deals }) {
    let state = 0x9e3779b9;
    const random = () => {
        state = (state + 0x6d2b79f5) | 0;
        let t = Math.imul(state ^ (state >>> 15), 1 | state);
        t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
        return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
    };
    let spare = NaN;
    const normal = () => {
        if (spare === spare) {
            const kept = spare;
            spare = NaN;
            return kept;
        }
        let u, v, s;
        do {
            u = 2 * random() - 1;
            v = 2 * random() - 1;
            s = u * u + v * v;
        } while (s >= 1 || s === 0);
        const f = Math.sqrt((-2 * Math.log(s)) / s);
        spare = v * f;
        return u * f;
    };
    return () => {
        const totals = new Float64Array(years);
        for (const { chance, middle, spread } of deals) {
            for (let year = 0; year < years; year++) {
                if (random() < chance) totals[year] += middle * Math.exp(spread * normal());
            }
        }
        return thirds(totals);
    };
}

// ---- The page's own kernel, in workers ----

const BLOCK = 256;

/** The model as the page sends it: see src/engine/chance/kernel/model.rs. */
function numbersOf({ seed, years, deals }) {
    const target = [0, ...Array(11).fill(0)];
    const streams = deals.flatMap(({ chance, middle, spread }, at) => [at + 1, 0, 0, 1, chance, middle, spread, 0, 0, 0, 0]);
    return Float64Array.from([seed, years, 0.8, 0, 0, 0, 1, deals.length, ...target, 0, Infinity, 1, ...streams]);
}

async function workers(model, module) {
    const made = Array.from({ length: 2 }, () => new Worker(new URL(import.meta.url), { workerData: { module, numbers: numbersOf(model) } }));
    await Promise.all(made.map((it) => new Promise((resolve) => it.once("message", resolve))));
    const blocks = Math.ceil(model.years / BLOCK);
    const years = new Float64Array(model.years);
    // Each takes the next block that nobody has; what comes back is put where its number says.
    const drawnBy = async (many) => {
        let next = 0;
        const drawAll = (worker) =>
            new Promise((resolve) => {
                const ask = () => (next < blocks ? worker.postMessage({ from: next, to: (next = Math.min(next + 28, blocks)) }) : finish());
                const heard = ({ from, drawn }) => {
                    years.set(drawn, from * BLOCK);
                    ask();
                };
                const finish = () => {
                    worker.off("message", heard);
                    resolve();
                };
                worker.on("message", heard);
                ask();
            });
        await Promise.all(made.slice(0, many).map(drawAll));
        return thirds(years);
    };
    return [() => drawnBy(1), () => drawnBy(2)];
}

async function serve({ module, numbers }) {
    const { instance } = await WebAssembly.instantiate(readFileSync(module));
    const kernel = instance.exports;
    const room = kernel.room(numbers.length);
    new Float64Array(kernel.memory.buffer, room, numbers.length).set(numbers);
    kernel.load();
    const years = numbers[1];
    parentPort.on("message", ({ from, to }) => {
        const drawn = new Float64Array(Math.min(to * BLOCK, years) - from * BLOCK);
        for (let block = from; block < to; block++) {
            kernel.draw(block);
            const length = kernel.hand_over(block);
            // Behind the counts of the node and of the months lie the running sums, and then the years.
            const trials = Math.min(BLOCK, years - block * BLOCK);
            const all = new Float64Array(kernel.memory.buffer, kernel.answer(), length);
            drawn.set(all.subarray(length - trials), (block - from) * BLOCK);
        }
        parentPort.postMessage({ from, drawn }, [drawn.buffer]);
    });
    parentPort.postMessage("ready");
}

// ---- The commands ----

let draw;
let drawTwo;

const read = (file) => {
    const [[seed, years], chances, middles, spreads] = readFileSync(file, "utf8").trim().split("\n").map((line) => line.split(" ").map(Number));
    const deals = chances.map((chance, at) => ({ chance: chance / 1000, middle: middles[at], spread: spreads[at] / 1000 }));
    return { seed, years, deals };
};

async function timed(times, act) {
    const begun = process.hrtime.bigint();
    for (let time = 0; time < Number(times); time++) await act();
    return process.hrtime.bigint() - begun;
}

const commands = {
    async load(kind, file, module) {
        const model = read(file);
        if (kind === "workers") [draw, drawTwo] = await workers(model, module);
        else draw = kind === "squiggle" ? await squiggle(model) : plain(model);
        return "ok";
    },
    run: (times) => timed(times, draw),
    two: (times) => timed(times, drawTwo),
    async answer(file) {
        const all = [await draw(), drawTwo ? await drawTwo() : []].flat();
        // Workers are to agree to the last bit.
        writeFileSync(file, (drawTwo ? [...new BigInt64Array(Float64Array.from(all).buffer)] : all.map(Math.round)).join(" "));
        return "ok";
    },
};

if (isMainThread) {
    for await (const line of createInterface({ input: process.stdin })) {
        const [command, ...words] = line.split(" ");
        console.log(`${await commands[command](...words)}`);
    }
    process.exit();
} else {
    await serve(workerData);
}
