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

export async function goTo(page, name) {
  await page.getByRole("navigation").getByRole("link", { name: new RegExp(`^${name}`) }).click();
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

/** Everything in local storage, key by key. */
export const stored = (page) => page.evaluate(() => Object.fromEntries(Object.entries({ ...localStorage }).sort()));
