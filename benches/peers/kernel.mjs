// The kernels of the engine as WebAssembly (examples/kernel/wasm.rs), for benches/side_by_side.py: the same commands as
// examples/kernel/main.rs has, one a line.
//
//   node kernel.mjs MODULE
import { readFileSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";

const module = new WebAssembly.Module(readFileSync(process.argv[2]));
// The page's own library is linked in; whatever that wants of a browser is never called.
const imports = {};
for (const { module: from, name } of WebAssembly.Module.imports(module)) (imports[from] ??= {})[name] = () => 0;
const kernel = new WebAssembly.Instance(module, imports).exports;

const commands = {
    load(kind, file) {
        const text = new TextEncoder().encode(`${kind}\n${readFileSync(file, "utf8")}`);
        const at = kernel.room(text.length);
        new Uint8Array(kernel.memory.buffer, at, text.length).set(text);
        return kernel.load() ? "ok" : "";
    },
    run(times) {
        const begun = process.hrtime.bigint();
        kernel.run(Number(times));
        return process.hrtime.bigint() - begun;
    },
    answer(file) {
        const many = kernel.answers();
        writeFileSync(file, new BigInt64Array(kernel.memory.buffer, kernel.answer(), many).join(" "));
        return "ok";
    },
    sweeps: () => kernel.sweeps(),
};

for await (const line of createInterface({ input: process.stdin })) {
    const [command, ...words] = line.split(" ");
    console.log(`${commands[command](...words)}`);
}
