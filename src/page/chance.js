// Draws the years of a plan beside the page, so that the page answers while they are drawn: a worker, and a second one that
// helps where there is a second core. Both run the kernel of chance.wasm (src/page/chance.rs); which of them draws a block
// changes no bit of it.
//
// The page says { model } once, and may ask for { samples } after; or { model, tornado }, and is told what moves the chance. It is told { done, of, said } whenever there is more to
// say: the first time after the first block, then each time that there is twice as much, and at the end. Whoever has enough
// ends the worker. Refused: a model that the kernel does not know, which is told as { failed }.
const ROOM_FOR_OTHERS = 4;
const TELL_EVERY = 100;

let kernel;
let blocks = 0;
let done = 0;
let next = 0;
let saidAt = 0;
let toldAt = 0;
let helper = null;
const again = [];

async function start(model) {
    // Not as a stream: some hosts do not say that it is WebAssembly.
    const file = await fetch(new URL("./chance.wasm", import.meta.url));
    const { instance } = await WebAssembly.instantiate(await file.arrayBuffer());
    kernel = instance.exports;
    give(model);
    return kernel.load();
}

function give(numbers) {
    const at = kernel.room(numbers.length);
    new Float64Array(kernel.memory.buffer, at, numbers.length).set(numbers);
}

/** A copy of what the kernel has just answered. */
const answer = (length) => new Float64Array(kernel.memory.buffer, kernel.answer(), length).slice();

/** Lets messages in that wait. */
const pause = () =>
    new Promise((resolve) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
            port1.close();
            resolve();
        };
        port2.postMessage(null);
    });

const take = () => again.pop() ?? (next < blocks ? next++ : undefined);

function tell(say) {
    const isDone = done === blocks;
    const now = performance.now();
    if (isDone || saidAt * 2 <= done) {
        saidAt = done;
        toldAt = now;
        const said = answer(say());
        postMessage({ done, of: blocks, said }, [said.buffer]);
    } else if (TELL_EVERY < now - toldAt) {
        toldAt = now;
        postMessage({ done, of: blocks });
    }
}

// ---- The one that the page speaks with ----

async function lead(model) {
    blocks = await start(model);
    if (blocks === 0) throw new Error("This is no model.");
    while (done < blocks) {
        const number = take();
        if (number !== undefined) {
            kernel.draw(number);
            done += 1;
            tell(kernel.say);
        }
        // The first answer comes before anything that takes time.
        if (done === 1) askForHelp(model);
        await pause();
    }
    helper?.terminate();
}

async function rank(model, tornado) {
    await start(model);
    give(tornado);
    blocks = kernel.turn();
    if (blocks === 0) throw new Error("These are no factors of a model.");
    while (done < blocks) {
        kernel.turn_block(done);
        done += 1;
        tell(kernel.turned);
        await pause();
    }
}

function askForHelp(model) {
    if (blocks < ROOM_FOR_OTHERS || (navigator.hardwareConcurrency ?? 1) < 2 || typeof Worker !== "function") return;
    let drawing;
    const alone = () => {
        if (drawing !== undefined) again.push(drawing);
        drawing = undefined;
        helper = null;
    };
    try {
        const own = globalThis.trustedTypes?.createPolicy("sextant", { createScriptURL: (url) => url });
        const url = self.location.href;
        helper = new Worker(own ? own.createScriptURL(url) : url, { type: "module" });
    } catch {
        return alone();
    }
    helper.onerror = alone;
    helper.onmessage = ({ data: { block } }) => {
        if (block) {
            give(block);
            kernel.take(drawing);
            done += 1;
            tell(kernel.say);
        }
        drawing = take();
        if (drawing !== undefined) helper?.postMessage({ draw: drawing });
    };
    helper.postMessage({ help: model });
}

// ---- The one that helps ----

function draw(number) {
    kernel.draw(number);
    const block = answer(kernel.hand_over(number));
    postMessage({ block }, [block.buffer]);
}

onmessage = async ({ data }) => {
    try {
        if (data.tornado) await rank(data.model, data.tornado);
        else if (data.model) await lead(data.model);
        if (data.help) postMessage({ isReady: 0 < (await start(data.help)) });
        if (data.draw !== undefined) draw(data.draw);
        if (data.samples) {
            const samples = answer(kernel.samples());
            postMessage({ samples }, [samples.buffer]);
        }
    } catch (error) {
        if (data.help || data.draw !== undefined) throw error;
        postMessage({ failed: String(error) });
    }
};
