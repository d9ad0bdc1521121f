// HiGHS as WebAssembly, for benches/side_by_side.py: one command a line from standard input, one line of answer each.
//
//   load FILE      a linear program in the CPLEX LP format                         -> ok
//   run TIMES      reads and solves it so often                                    -> nanoseconds
//   read TIMES     reads it so often and takes no step of solving it               -> nanoseconds
//   answer FILE    what each variable comes to, in the order of the program        -> ok
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const highs = await createRequire(import.meta.url)("highs")();
let model;
const solve = () => highs.solve(model, { output_flag: false });
const read = () => highs.solve(model, { output_flag: false, presolve: "off", simplex_iteration_limit: 0 });

function timed(times, act) {
    const begun = process.hrtime.bigint();
    for (let time = 0; time < Number(times); time++) act();
    return process.hrtime.bigint() - begun;
}

const commands = {
    load(file) {
        model = readFileSync(file, "utf8");
        return "ok";
    },
    run: (times) => timed(times, solve),
    read: (times) => timed(times, read),
    answer(file) {
        const columns = Object.values(solve().Columns);
        writeFileSync(file, columns.sort((one, other) => one.Index - other.Index).map((it) => Math.round(it.Primal)).join(" "));
        return "ok";
    },
};

for await (const line of createInterface({ input: process.stdin })) {
    const [command, ...words] = line.split(" ");
    console.log(`${commands[command](...words)}`);
}
