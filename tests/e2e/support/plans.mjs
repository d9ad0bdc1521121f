// Plans: making one from a worked example, sending it, and what lies in storage.
import { expect, open } from "./test.mjs";
import { words } from "./words.mjs";

/** Opens the page and makes a plan from the worked example, by one click. `id` is the example's name in the words. */
export async function start(page, id, locale = "zh-CN") {
  await open(page);
  await fromTemplate(page, id, locale);
}

export async function fromTemplate(page, id, locale = "zh-CN") {
  const w = words(locale);
  const example = id.replaceAll("-", "_");
  await page.getByRole("main").getByRole("button", { name: w(`start.${example}_name`) }).click();
  await expect(page.getByRole("treegrid")).toBeVisible();
}

/** Goes to a page by its name at the side, and waits until it is there: what is still the page before has lists of the same names. */
export async function goTo(page, name) {
  const link = page.getByRole("navigation").getByRole("link", { name: new RegExp(`^${name}(?! ×)`) });
  await link.click();
  await expect(link).toHaveAttribute("aria-current", "page");
}

/** Copies the link of the plan in the way a user does, and returns what then is on the clipboard. */
export async function copyLink(page, locale = "zh-CN") {
  const w = words(locale);
  await page.getByRole("banner").getByRole("button", { name: w("shell.share") }).click();
  const dialog = page.getByRole("dialog", { name: w("share.title") });
  await dialog.getByRole("button", { name: w("share.copy") }).click();
  await expect(dialog.getByRole("status")).toHaveText(w("share.copied"));
  const link = await page.evaluate(() => navigator.clipboard.readText());
  await dialog.getByRole("button", { name: w("share.close") }).click();
  await expect(dialog).toBeHidden();
  return link;
}

/** Everything in local storage, key by key, but for the note of a start, which is gone once the page has lived a while. */
export const stored = async (page) => {
  const { "stp1:starts": _, ...all } = await page.evaluate(() => Object.fromEntries(Object.entries({ ...localStorage }).sort()));
  return all;
};

/** What the texts of a plan say: `{rev, saved, plan}`, or nothing where they are not whole. */
export function opened(text) {
  const [, rev, saved, body] = /^stp2 [0-9a-f]{8} (\d+) \d+ (\d+)\n([^]*)$/.exec(text) ?? [];
  return body && { rev: Number(rev), saved: Number(saved), plan: JSON.parse(body) };
}

/** The plans that are kept, by name, each in its latest version. */
export async function keptPlans(page) {
  const plans = {};
  for (const [key, text] of Object.entries(await stored(page))) {
    const [, id] = /^stp1:plan:([0-9a-f]{16})/.exec(key) ?? [];
    const version = id && opened(text);
    if (version && !(version.rev < plans[id]?.rev)) plans[id] = version;
  }
  return plans;
}

/** Takes all the room that local storage has; `localStorage.removeItem("filler")` gives it back. */
export const fillStorage = (page) =>
  page.evaluate(() => {
    let filler = "";
    for (let chunk = 1 << 20; 1 <= chunk; chunk >>= 1) {
      for (;;) {
        try {
          localStorage.setItem("filler", filler + "x".repeat(chunk));
          filler += "x".repeat(chunk);
        } catch {
          break;
        }
      }
    }
  });
