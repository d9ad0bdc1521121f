// What every journey starts from: `import { test, expect, axe, looks } from "../support/test.mjs";`
//
// `test` fails any journey during which the console showed anything at all, an exception was not caught, or the page asked
// another host for anything. A journey about such a fault names it first:
//     test.use({ allowed: /quota|storage/ });
// `newContext(options)` opens a second browser profile, watched in the same way.
import { AxeBuilder } from "@axe-core/playwright";
import { test as base, expect } from "@playwright/test";
import { slow } from "./slow.mjs";
import { watch } from "./watch.mjs";

const quiet = (problems, allowed) =>
  expect(problems.filter((it) => !allowed.test(it)), "a quiet console and no foreign request").toEqual([]);

export const test = base.extend({
  allowed: [/(?!)/, { option: true }], // as it stands it matches nothing

  context: async ({ context, baseURL, allowed }, use) => {
    const problems = watch(context, baseURL);
    await slow(context);
    await use(context);
    quiet(problems, allowed);
  },

  newContext: async ({ browser, baseURL, allowed }, use) => {
    const opened = [];
    await use(async (options) => {
      const context = await browser.newContext(options); // what `use` says holds here too, unless `options` differ
      opened.push({ context, problems: watch(context, baseURL) });
      await slow(context);
      return context;
    });
    for (const { context } of opened) await context.close();
    quiet(opened.flatMap((it) => it.problems), allowed);
  },
});

export { expect };

// The four faces of every page; `for (const look of looks) test.describe(look.name, () => { test.use(look.use); … })`
export const looks = ["zh-CN", "en-US"].flatMap((locale) =>
  ["light", "dark"].map((colorScheme) => ({ name: `${locale}, ${colorScheme}`, use: { locale, colorScheme } })),
);

// Opens the page and waits until the app has replaced the skeleton. `hash` is a route or a link: "#/split".
export async function open(page, hash = "") {
  await page.goto(`./${hash}`);
  await expect(page.locator("#skeleton")).toHaveCount(0);
}

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

// No violation anywhere on the page, or under `selector`.
export async function axe(page, selector) {
  // The page has no frames. To put frames together the other mode opens a page of its own, which takes longer than axe.
  const builder = new AxeBuilder({ page }).options({ resultTypes: ["violations"] }).withTags(RULES).setLegacyMode();
  if (selector) builder.include(selector);
  const { violations } = await builder.analyze();
  const found = violations.flatMap((it) =>
    it.nodes.map((node) => `${it.id} (${it.impact}): ${it.help}, at ${node.target.join(" ")}\n  ${node.failureSummary}`),
  );
  expect(found, "accessibility").toEqual([]);
}
