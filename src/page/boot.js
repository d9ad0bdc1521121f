// What happens before the app and around it, without which it could not be helped: a policy for what becomes markup, a page
// that refuses to lie in somebody else's frame, a panel for when the app has stopped, and the service worker.
//
// It knows nothing of plans but where they lie (src/edge/store.rs): it hands them out as they are kept, and writes nothing.

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

// A panic leaves an app that answers clicks and does nothing right. So it is covered, and what is kept can be taken out.
const kept = () => Object.keys(localStorage).filter((key) => key.startsWith("stp1:plan:"));

function save(key) {
    const bytes = new Blob([localStorage.getItem(key)], { type: "application/json" });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(bytes);
    link.download = `${key.replaceAll(":", "-")}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

let stopped = false;
function stop(reason) {
    if (stopped) return;
    stopped = true;
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
    const ways = element("p", "", again);
    let keys = [];
    try {
        keys = kept();
    } catch {
        // Storage is off: there is nothing to take out.
    }
    if (keys.length) {
        ways.append(button(say(`下载已存的计划（${keys.length}）`, `Download the kept plans (${keys.length})`), () => keys.forEach(save)));
    }
    const details = element("details", "", element("summary", say("错误信息", "The error")), element("pre", String(reason)));
    panel.append(title, text, ways, details);
    document.body.append(panel);
    for (const other of document.body.children) if (other !== panel) other.inert = true;
    again.focus();
}
addEventListener("error", (event) => {
    if (event.error instanceof WebAssembly.RuntimeError) stop(event.error.stack ?? event.error);
});
addEventListener("unhandledrejection", (event) => {
    if (event.reason instanceof WebAssembly.RuntimeError) stop(event.reason.stack ?? event.reason);
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
