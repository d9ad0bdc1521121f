// The service worker: keeps the files of one version of the page, so that it opens without a network. `tools/pack.mjs` writes
// which files those are, and which version.
//
// Files are named by their content and come from the kept ones. The page itself comes from the network where that answers
// soon, so that a new version is seen at once, and from here where it does not. Plans are not its business: no request
// carries any.
const VERSION = "@version@";
const FILES = ["@files@"];
const PATIENCE = 3_000;

self.addEventListener("install", (event) => {
    // Past the browser's own cache for what is not named by its content.
    const fresh = (file) => new Request(file, { cache: /-[0-9a-f]{8,16}\./.test(file) ? "default" : "reload" });
    event.waitUntil(caches.open(VERSION).then((kept) => kept.addAll(FILES.map(fresh))));
});

self.addEventListener("activate", (event) => {
    const others = async () => {
        const names = await caches.keys();
        await Promise.all(names.filter((it) => it.startsWith("sextant-") && it !== VERSION).map((it) => caches.delete(it)));
    };
    event.waitUntil(others());
});

self.addEventListener("message", (event) => {
    if (event.data === "take") self.skipWaiting();
});

async function page(request) {
    const kept = async () => (await caches.open(VERSION)).match("./");
    const soon = new Promise((resolve) => setTimeout(resolve, PATIENCE));
    try {
        const answer = await Promise.race([fetch(request), soon]);
        if (answer?.ok) return answer;
        return (await kept()) ?? answer ?? fetch(request);
    } catch {
        return (await kept()) ?? Response.error();
    }
}

self.addEventListener("fetch", (event) => {
    const { request } = event;
    if (request.method !== "GET" || new URL(request.url).origin !== location.origin) return;
    if (request.mode === "navigate") {
        event.respondWith(page(request));
    } else {
        const kept = async () => (await (await caches.open(VERSION)).match(request)) ?? fetch(request);
        event.respondWith(kept());
    }
});
