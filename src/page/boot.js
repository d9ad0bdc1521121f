// What happens before the app and around it, without which it could not be helped: a policy for what becomes markup, a page
// that refuses to lie in somebody else's frame, a count of starts that came to nothing, a panel for when the app has stopped,
// and the service worker.
//
// It knows nothing of plans but where they lie and how they are sealed (src/edge/store): it hands them out as they are kept,
// and writes none.
const sextant = (globalThis.sextant ??= {});

const chinese = (navigator.language || "").toLowerCase().startsWith("zh");
const say = (zh, en) => (chinese ? zh : en);

// Whatever would run or load something is refused before it becomes markup. The app's own markup is fixed when it is
// compiled; names and notes never pass here, since they are text.
const DANGEROUS = /<\s*\/?\s*(?:script|iframe|object|embed|link|meta|base|form)\b|[\s"'\/]on\w+\s*=|javascript:|srcdoc\s*=/i;
window.trustedTypes?.createPolicy("default", {
    createHTML(text) {
        if (DANGEROUS.test(text)) throw new TypeError("This page makes no such markup.");
        return text;
    },
});
const own = window.trustedTypes?.createPolicy("sextant", { createScriptURL: (url) => url }) ?? { createScriptURL: (url) => url };

// Where a browser cannot, this throws, and the page draws by itself.
sextant.chance = () => new Worker(own.createScriptURL(new URL("./chance.js", import.meta.url).href), { type: "module" });

function element(tag, text, ...within) {
    const made = document.createElement(tag);
    if (text) made.textContent = text;
    made.append(...within);
    return made;
}

function button(text, act) {
    const made = element("button", text);
    made.type = "button";
    made.className = "button";
    made.addEventListener("click", act);
    return made;
}

// In a frame, another page could lay something over this one and have the visitor click it.
export const isFramed = window.top !== window.self;
if (isFramed) {
    const link = element("a", say("在新标签页中打开", "Open it in a tab of its own"));
    link.href = location.href;
    link.target = "_blank";
    link.rel = "noopener";
    const why = say("目标罗盘不在别的网页里显示。", "Sextant is not shown inside another page. ");
    document.body.replaceChildren(element("p", why, link));
}

// ---- Starts that came to nothing ----

let isStopped = false;
sextant.isStopped = () => isStopped;

// A plan that stops the app would stop it again at every start. So each start is noted until the page has lived for five
// seconds or is left alive; after two that did neither, the app opens no plan. A note of another tab counts once it is
// old enough: several tabs may be starting at the same moment.
const STARTS = "stp1:starts";
const LIVES = 5_000;
const plansKept = () => Object.keys(localStorage).filter((key) => key.startsWith("stp1:plan:"));

function tabName() {
    const name = sessionStorage.getItem("stp1:tab") ?? Math.random().toString(36).slice(2);
    sessionStorage.setItem("stp1:tab", name);
    return name;
}

function startsOf(text) {
    try {
        const starts = JSON.parse(text ?? "[]");
        return Array.isArray(starts) ? starts.filter((it) => Array.isArray(it)) : [];
    } catch {
        return [];
    }
}

/** Notes this start, and says how many before it came to nothing. */
function countStarts() {
    // Without a plan there is nothing to be safe from, and nothing is left behind.
    if (plansKept().length === 0) return 0;
    const [tab, now] = [tabName(), Date.now()];
    const before = startsOf(localStorage.getItem(STARTS));
    localStorage.setItem(STARTS, JSON.stringify([...before, [tab, now]].slice(-8)));
    const lives = () => {
        if (!isStopped) localStorage.removeItem(STARTS);
    };
    setTimeout(lives, LIVES);
    addEventListener("pagehide", lives);
    return before.filter(([other, time]) => other === tab || !(now - time < LIVES)).length;
}

let isSafe = new URLSearchParams(location.search).has("safe");
try {
    isSafe = 2 <= countStarts() || isSafe;
} catch {
    // Storage is off: nothing is kept that could be opened.
}
sextant.isSafe = () => isSafe;

// ---- After the app has stopped ----

// A panic leaves an app that answers clicks and does nothing right. So it is covered, it writes no more (src/edge/store asks
// for `isStopped`), and what is kept can be taken out.
function crcOf(text) {
    let crc = -1;
    for (const byte of new TextEncoder().encode(text)) {
        crc ^= byte;
        for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 && 0xedb88320);
    }
    return (~crc >>> 0).toString(16).padStart(8, "0");
}

/** What a kept text says: how late it is among those of its plan, and the plan as a file. */
function opened(text) {
    const sealed = /^stp2 ([0-9a-f]{8}) ((\d+) \d+ \d+\n([^]*))$/.exec(text);
    if (sealed && crcOf(sealed[2]) === sealed[1]) return { late: Number(sealed[3]), file: sealed[4] };
    try {
        const { plan } = JSON.parse(text);
        if (plan) return { late: 0, file: JSON.stringify(plan) };
    } catch {
        // Harmed: it is handed out as it is.
    }
    return { late: -1, file: text };
}

/** The latest version of each plan, by its name in storage. */
function latest() {
    const plans = new Map();
    for (const key of plansKept()) {
        const id = key.split(":")[2];
        const version = opened(localStorage.getItem(key));
        if (!plans.has(id) || plans.get(id).late < version.late) plans.set(id, version);
    }
    return [...plans];
}

function save([id, { file }]) {
    const bytes = new Blob([file], { type: "application/json" });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(bytes);
    link.download = `sextant-${id}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

async function copy(text, said) {
    try {
        await navigator.clipboard.writeText(text);
        said.textContent = say("已复制", "Copied");
    } catch {
        said.textContent = say("浏览器不让复制：请选中下面的错误信息，按 Ctrl+C", "The browser refuses: choose the text of the error below and press Ctrl+C");
    }
}

function stop(reason) {
    if (isStopped) return;
    isStopped = true;
    const panel = element("section", "");
    panel.className = "crash";
    panel.setAttribute("role", "alertdialog");
    panel.setAttribute("aria-modal", "true");
    const title = element("h1", say("页面出错，已停止", "The page ran into an error and stopped"));
    title.id = "crash-title";
    panel.setAttribute("aria-labelledby", title.id);
    const text = element("p", say(
        "计划在每次修改后都已存到本机；重新打开即可继续。最后一次修改可能没有存上。",
        "Your plans are kept on this machine after every change; open the page again to go on. The very last change may be missing.",
    ));
    const again = button(say("重新打开", "Open again"), () => location.reload());
    again.classList.add("button--primary");
    const safe = button(say("以安全模式打开", "Open in safe mode"), () => location.assign(`${location.pathname}?safe=1`));
    const ways = element("p", "", again, safe);
    let plans = [];
    try {
        plans = latest();
    } catch {
        // Storage is off: there is nothing to take out.
    }
    if (plans.length) {
        ways.append(button(say(`下载已存的计划（${plans.length}）`, `Download the kept plans (${plans.length})`), () => plans.forEach(save)));
    }
    const told = button(say("复制错误信息", "Copy the error"), () => copy(String(reason), told));
    ways.append(told);
    const details = element("details", "", element("summary", say("错误信息", "The error")), element("pre", String(reason)));
    panel.append(title, text, ways, details);
    document.body.append(panel);
    for (const other of document.body.children) if (other !== panel) other.inert = true;
    again.focus();
}

// Of what goes wrong on the page only what came through its own files is the app's: browser extensions fail here, too. A
// promise that is broken off is another matter: browsers break off many, such as that of a full screen that is not given.
const HOME = new URL("./", import.meta.url).href;
const isTrap = (error) => error instanceof WebAssembly.RuntimeError;
const isOurs = (error) => error instanceof Error && String(error.stack).includes(HOME);
addEventListener("error", ({ error }) => {
    if (isTrap(error) || isOurs(error)) stop(error.stack ?? error);
});
addEventListener("unhandledrejection", ({ reason }) => {
    if (isTrap(reason)) stop(reason.stack ?? reason);
});

// The page opens again without a network. A version that has come meanwhile waits until somebody asks for it: the app
// offers that (src/edge/update.rs). Only over https and on this machine itself do browsers allow any of it.
async function keepForLater() {
    const registration = await navigator.serviceWorker.register(own.createScriptURL("./worker.js"));
    const tell = () => registration.waiting && navigator.serviceWorker.controller && dispatchEvent(new Event("sextant-newer"));
    addEventListener("sextant-ask", tell);
    addEventListener("sextant-take", () => registration.waiting?.postMessage("take"));
    registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", tell));
    tell();
    let isReloading = false;
    const had = navigator.serviceWorker.controller;
    navigator.serviceWorker.addEventListener("controllerchange", () => {
        if (had && !isReloading) {
            isReloading = true;
            location.reload();
        }
    });
}
if (!isFramed && "serviceWorker" in navigator) {
    // After the page itself, whose files come first.
    const later = () => setTimeout(() => keepForLater().catch(() => {}), 4_000);
    document.readyState === "complete" ? later() : addEventListener("load", later);
}
