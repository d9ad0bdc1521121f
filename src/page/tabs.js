// One writing tab a plan: who has the lock of a plan writes it, the others look on, and any of them can ask for it. The one
// that is asked hands over what it has not written yet along with the lock.
//
// Where the browser has no Web Locks, on plain http, a lease in local storage stands in for one: it is renewed every two
// seconds, and who has not renewed it for six has lost it. What is told is taken by src/edge/store/tab.rs.
const sextant = (globalThis.sextant ??= {});
const BEAT = 2_000;
const EXPIRY = 6_000;
const PATIENCE = 1_000;
const TAB = Math.random().toString(36).slice(2);

const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));
const channel = "BroadcastChannel" in globalThis ? new BroadcastChannel("stp:edit") : undefined;

// The plan that this tab has open, whether it may write it, and how it lets go of it.
let open;
let answered = () => {};

function tell(mine, isWriter, text) {
    if (open !== mine || mine.isWriter === isWriter) return;
    mine.isWriter = isWriter;
    mine.tell(isWriter ? "writer" : "reader", text ?? undefined);
}

// ---- By lock ----

async function lock(mine, options, text) {
    try {
        await navigator.locks.request(`stp:edit:${mine.name}`, options, (held) => {
            if (open !== mine || !held) return;
            tell(mine, true, text);
            return new Promise((release) => (mine.release = release));
        });
    } catch {
        // Another tab took it, or this one asked in another way meanwhile.
    }
    if (open !== mine || options.signal?.aborted) return;
    tell(mine, false);
    // Once nobody else has it, it is ours.
    mine.wait = new AbortController();
    lock(mine, { signal: mine.wait.signal });
}

// ---- By lease ----

const leaseOf = (mine) => `stp1:lease:${mine.name}`;

function lease(mine) {
    const [tab, time] = (localStorage.getItem(leaseOf(mine)) ?? "").split(" ");
    return { isOurs: tab === TAB, isFree: !tab || EXPIRY < Date.now() - Number(time) };
}

function renew(mine, tab = TAB) {
    localStorage.setItem(leaseOf(mine), `${tab} ${Date.now()}`);
}

async function beat(mine, text) {
    try {
        const { isOurs, isFree } = lease(mine);
        if (isFree && !isOurs) {
            renew(mine);
            // Another tab may have found it free in the same moment: the last one to write has it.
            await pause(50);
        }
        if (open !== mine) return;
        const isWriter = lease(mine).isOurs;
        if (isWriter) renew(mine);
        tell(mine, isWriter, text);
    } catch {
        // Without storage nothing is kept that two tabs could fight over.
        tell(mine, true);
    }
}

// ---- What the app asks for ----

/** Has this tab open a plan. `told` hears "writer", "reader" and "asked", and answers the last with what it wrote last. */
sextant.hold = (name, told) => {
    sextant.letGo();
    const mine = { name, tell: told, isWriter: undefined, release: () => {} };
    open = mine;
    if (navigator.locks) {
        lock(mine, { ifAvailable: true });
    } else {
        beat(mine);
        mine.timer = setInterval(() => beat(mine), BEAT);
    }
};

sextant.letGo = () => {
    const mine = open;
    open = undefined;
    if (!mine) return;
    mine.wait?.abort();
    mine.release();
    clearInterval(mine.timer);
    try {
        if (!navigator.locks && lease(mine).isOurs) localStorage.removeItem(leaseOf(mine));
    } catch {
        // Nothing was written there either.
    }
};

/** Has the tab that writes the open plan write what it has, and writes it from here from then on. */
sextant.takeOver = async () => {
    const mine = open;
    if (!mine || mine.isWriter) return;
    const answer = new Promise((resolve) => (answered = resolve));
    channel?.postMessage({ ask: mine.name, tab: TAB });
    // A tab that is asleep does not answer; what it had is written, for it wrote before it went to sleep.
    const text = await Promise.race([answer, pause(PATIENCE)]);
    if (open !== mine || mine.isWriter) return;
    if (navigator.locks) {
        mine.wait?.abort();
        lock(mine, { steal: true }, text);
    } else {
        renew(mine);
        beat(mine, text);
    }
};

channel?.addEventListener("message", ({ data }) => {
    const mine = open;
    if (data.answer && data.to === TAB) answered(data.text);
    if (!mine?.isWriter || data.ask !== mine.name) return;
    const text = mine.tell("asked");
    tell(mine, false);
    if (!navigator.locks) renew(mine, data.tab);
    channel.postMessage({ answer: mine.name, to: data.tab, text });
    // Whoever asked takes the lock away; should it be gone by then, somebody else may have it.
    setTimeout(mine.release, 2 * PATIENCE);
});

addEventListener("pagehide", () => {
    if (open && !navigator.locks) sextant.letGo();
});
