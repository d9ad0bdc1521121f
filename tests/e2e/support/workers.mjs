// The workers that draw for a page: how many it has not ended, and workers that get to work only when they are let go.
//
// Counted is what the page makes and ends, in the page: what a browser tells of its workers comes late, and of one that was
// ended before its script had come it tells nothing any more.
import { expect } from "./test.mjs";

/** From the next page that is opened on. */
export async function watchWorkers(page) {
  await page.addInitScript(() => {
    const alive = new Set();
    let held = null;
    window.drawers = {
      alive: () => alive.size,
      waiting: () => held.filter(({ worker }) => alive.has(worker)).length,
      hold: () => (held = []),
      letGo() {
        const all = held;
        held = null;
        for (const { worker, message } of all) if (alive.has(worker)) worker.postMessage(...message);
      },
    };
    window.Worker = class extends Worker {
      constructor(...given) {
        super(...given);
        alive.add(this);
      }

      postMessage(...message) {
        if (held) held.push({ worker: this, message });
        else super.postMessage(...message);
      }

      terminate() {
        alive.delete(this);
        super.terminate();
      }
    };
  });
}

/** Nothing draws beside the page any more. */
export async function expectNoWorkers(page) {
  await expect.poll(() => page.evaluate(() => window.drawers.alive())).toBe(0);
}

/**
 * Holds back what the page asks of its workers from now on, so that nothing of it is done before `letGo` is called. `asked`
 * waits until one has something to do that the page has not given up.
 */
export async function holdWorkers(page) {
  await page.evaluate(() => window.drawers.hold());
  return {
    letGo: () => page.evaluate(() => window.drawers.letGo()),
    asked: () => page.waitForFunction(() => 0 < window.drawers.waiting()),
  };
}
