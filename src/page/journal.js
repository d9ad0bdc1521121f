// The journal: a second copy of every save, in IndexedDB. Local storage answers at once and is written to the disk later, in
// Chromium up to forty seconds later; what is written here outlives even a browser that is killed the moment after.
//
// It knows texts by their names and nothing of what is in them; src/edge/store/journal.rs does. Reading begins with the
// page, while the app is still on its way. Who never kept a plan leaves no database behind.
const sextant = (globalThis.sextant ??= {});
const NAME = "stp";
const STORE = "journal";

const done = (request) =>
    new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
    });

let opening;
function opened() {
    opening ??= (async () => {
        const request = indexedDB.open(NAME, 1);
        request.onupgradeneeded = () => request.result.createObjectStore(STORE);
        const database = await done(request);
        // Whoever wants to delete it or make it newer need not wait for this tab.
        database.onversionchange = () => database.close();
        database.onclose = () => (opening = undefined);
        return database;
    })();
    opening.catch(() => (opening = undefined));
    return opening;
}

async function readAll() {
    const all = await indexedDB.databases?.();
    if (all && !all.some((it) => it.name === NAME)) return [];
    const store = (await opened()).transaction(STORE).objectStore(STORE);
    const [names, texts] = await Promise.all([done(store.getAllKeys()), done(store.getAll())]);
    return names.flatMap((name, at) => [name, texts[at]]);
}

// A browser that gives no database, or none in time, gives no journal: then nothing is written to it either, so that what
// it may hold is still there at the next start.
const PATIENCE = 2_000;
const reading = Promise.race([readAll(), new Promise((_, reject) => setTimeout(reject, PATIENCE))]);
reading.catch(() => {});

/** Names and texts by turns, as they were when the page began. */
sextant.journalRead = () => reading;

/** Puts a text in the place of the one of that name; without a text, takes it away. */
sextant.journalWrite = async (name, text) => {
    try {
        await reading;
        const transaction = (await opened()).transaction(STORE, "readwrite");
        const store = transaction.objectStore(STORE);
        text === undefined ? store.delete(name) : store.put(text, name);
        transaction.commit?.();
    } catch {
        // Local storage has it.
    }
};
