// The workers that draw for a page: how many still answer, and a kernel that comes only when it is let go.
import { expect } from "./test.mjs";

const ANSWERS_WITHIN = 1000;

/** A worker that was ended before its script had come stays in the browser's list and never answers: it is none. */
async function answers(worker) {
  const silence = new Promise((resolve) => setTimeout(resolve, ANSWERS_WITHIN, false));
  return Promise.race([worker.evaluate(() => true).catch(() => false), silence]);
}

/** Nothing draws beside the page any more. */
export async function expectNoWorkers(page) {
  const alive = async () => (await Promise.all(page.workers().map(answers))).filter(Boolean).length;
  await expect.poll(alive).toBe(0);
}

/**
 * Holds back what the workers draw with, so that nothing is done before `letGo` is called. `asked` waits until one asks for
 * it: what is drawn is what the page goes on to show by then, and stays so until somebody stops it.
 */
export async function holdKernel(page) {
  let letGo;
  let hasAsked;
  const held = new Promise((resolve) => {
    letGo = resolve;
  });
  const asked = new Promise((resolve) => {
    hasAsked = resolve;
  });
  await page.route(/chance[^/]*\.wasm$/, async (route) => {
    hasAsked();
    await held;
    // Whoever asked may have been ended meanwhile.
    await route.continue().catch(() => {});
  });
  return { letGo, asked };
}
