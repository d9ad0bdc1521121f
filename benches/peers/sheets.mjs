// Spreadsheet engines on the same tree, for benches/side_by_side.py: one command a line from standard input, one line of
// answer each, as examples/kernel.rs has them.
//
//   load HyperFormula|IronCalc FILE   total, children a node on each level, a line of weights a level   -> ok
//   run TIMES                         changes the total and recomputes, so often                        -> nanoseconds
//   weight TIMES                      changes one weight among the leaves instead                       -> nanoseconds
//   answer FILE                       the leaves                                                        -> ok
import { readFileSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { HyperFormula } from "hyperformula";
import { initSync, Model } from "@ironcalc/wasm";

// A row a node, level below level: A the weight, B the amount, rounded to whole units as a planner would do it; the weights
// of a group of siblings are summed in C of its first row. The total is B1.
function rows(total, siblings, levels) {
    const cells = [[null, total, null]];
    let parents = 1; // the first row of the level above
    levels.forEach((weights, level) => {
        const first = cells.length + 1;
        weights.forEach((weight, at) => {
            const group = Math.floor(at / siblings[level]);
            const head = first + group * siblings[level];
            const sum = at % siblings[level] === 0 ? `=SUM(A${head}:A${head + siblings[level] - 1})` : null;
            cells.push([weight, `=ROUND(B${parents + group}*A${first + at}/C${head},0)`, sum]);
        });
        parents = first;
    });
    return { cells, first: parents };
}

function hyperFormula({ cells, first }) {
    const sheet = HyperFormula.buildFromSheets({ plan: cells }, { licenseKey: "gpl-v3", maxRows: cells.length + 1 });
    const set = (row, col, value) => sheet.setCellContents({ sheet: 0, row, col }, value);
    return {
        total: (value) => set(0, 1, value),
        weight: (value) => set(first - 1, 0, value),
        leaves: () => cells.slice(first - 1).map((_, at) => sheet.getCellValue({ sheet: 0, row: first - 1 + at, col: 1 })),
    };
}

function ironCalc({ cells, first }) {
    initSync({ module: readFileSync(new URL("node_modules/@ironcalc/wasm/wasm_bg.wasm", import.meta.url)) });
    const model = new Model("plan", "en", "UTC", "en");
    model.pauseEvaluation();
    cells.forEach((row, at) =>
        row.forEach((value, column) => value === null || model.setUserInput(0, at + 1, column + 1, `${value}`)));
    model.resumeEvaluation();
    model.evaluate();
    // It evaluates the sheet with each change.
    return {
        total: (value) => model.setUserInput(0, 1, 2, `${value}`),
        weight: (value) => model.setUserInput(0, first, 1, `${value}`),
        leaves: () => cells.slice(first - 1).map((_, at) => Number(model.getFormattedCellValue(0, first + at, 2))),
    };
}

let sheet, total, weight;
const commands = {
    load(kind, file) {
        const [[whole], siblings, ...levels] = readFileSync(file, "utf8").trim().split("\n").map((line) => line.split(" ").map(Number));
        total = whole;
        weight = levels.at(-1)[0];
        sheet = { HyperFormula: hyperFormula, IronCalc: ironCalc }[kind](rows(total, siblings, levels));
        return "ok";
    },
    run: (times) => timed(times, (time) => sheet.total(total + 1 + time), () => sheet.total(total)),
    weight: (times) => timed(times, (time) => sheet.weight(weight + 1 + time), () => sheet.weight(weight)),
    answer(file) {
        writeFileSync(file, sheet.leaves().join(" "));
        return "ok";
    },
};

function timed(times, change, back) {
    const begun = process.hrtime.bigint();
    for (let time = 0; time < Number(times); time++) change(time);
    const taken = process.hrtime.bigint() - begun;
    back();
    return taken;
}

for await (const line of createInterface({ input: process.stdin })) {
    const [command, ...words] = line.split(" ");
    console.log(`${commands[command](...words)}`);
}
