// Keeping, as one who works with figures sees it: whatever happens to storage or to a link, no figure is lost, and no
// figure of one plan gets into another. What each refusal says is in keeping.spec and links.spec.
import { readFileSync } from "node:fs";
import { copyLink, fillStorage, fromTemplate, goTo, keptPlans, start, stored } from "../support/plans.mjs";
import { cell, choose, expectCell, figures, grid, put, status } from "../support/sheet.mjs";
import { expect, open, test } from "../support/test.mjs";
import { words } from "../support/words.mjs";

const w = words("zh-CN");
const banner = (page) => page.getByRole("banner");
const title = (page, locale) => banner(page).getByRole("textbox", { name: words(locale)("shell.title") });
const plan = (page, name) => page.getByRole("listitem").filter({ has: page.getByRole("button", { name, exact: true }) });
const plansOnly = (all) => Object.fromEntries(Object.entries(all).filter(([key]) => key.startsWith("stp1:plan:")));

for (const locale of ["zh-CN", "en-US"]) {
  test.describe(locale, () => {
    test.use({ locale });

    test("several plans: each is renamed, copied, deleted and brought back with its figures, also after a reload", async ({ page }) => {
      const w = words(locale);
      const root = locale === "zh-CN" ? "教育事业部" : "Education division";
      const year = w("sheet.year");
      await start(page, "saas", locale);
      await goTo(page, w("shell.page_start"));
      await fromTemplate(page, "education", locale);
      const mine = await title(page, locale).inputValue();
      const before = await figures(page);

      await goTo(page, w("shell.page_start"));
      await page.getByRole("button", { name: w("start.of_plan", { action: w("start.duplicate"), title: mine }) }).click();
      const copy = w("start.copy_of", { title: mine });
      await plan(page, copy).getByRole("button", { name: copy, exact: true }).click();
      await expect(title(page, locale)).toHaveValue(copy);
      await expect.poll(() => figures(page)).toEqual(before);
      await put(page, root, year, locale === "zh-CN" ? "2000" : "20,000");
      await title(page, locale).fill("B");
      await title(page, locale).press("Enter");
      const changed = await figures(page);
      expect(changed).not.toEqual(before);

      await page.reload();
      await expect(title(page, locale)).toHaveValue("B");
      await expect.poll(() => figures(page)).toEqual(changed);
      await goTo(page, w("shell.page_start"));
      await page.getByRole("button", { name: mine, exact: true }).click();
      await expect.poll(() => figures(page)).toEqual(before);

      await goTo(page, w("shell.page_start"));
      await page.getByRole("button", { name: w("start.of_plan", { action: w("start.remove"), title: mine }) }).click();
      await expect(plan(page, mine)).toHaveCount(0);
      await page.getByRole("status").filter({ hasText: w("start.deleted", { title: mine }) }).waitFor();
      await page.getByRole("button", { name: w("shell.undo"), exact: true }).last().click();
      await plan(page, mine).getByRole("button", { name: mine, exact: true }).click();
      await expect.poll(() => figures(page)).toEqual(before);

      await goTo(page, w("shell.page_start"));
      await page.getByRole("button", { name: w("start.of_plan", { action: w("start.remove"), title: mine }) }).click();
      await page.reload();
      await expect(plan(page, "B")).toHaveCount(1);
      await expect(plan(page, mine)).toHaveCount(0);
      expect(Object.keys(await keptPlans(page))).toHaveLength(2);
    });
  });
}

test("7.5 test 13: without storage everything can be done but keeping: edits, undo, and a link that carries the figures away", async ({
  page,
  context,
  newContext,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.addInitScript(() => {
    for (const name of ["localStorage", "sessionStorage"]) {
      const get = () => {
        throw new DOMException("The operation is insecure.", "SecurityError");
      };
      Object.defineProperty(window, name, { get });
    }
  });
  await start(page, "ecommerce-percent");
  await expect(page.getByRole("alert")).toContainText(w("error.store_title"));
  await expect(banner(page)).toContainText(w("shell.not_saved"));
  await put(page, "电商事业部", "全年", "1400");
  await put(page, "资深一", "全年", "180");
  await page.keyboard.press("Control+z");
  await expectCell(page, "资深一", "全年", "175.00");
  await expect(status(page)).toContainText("✓");
  const here = await figures(page);
  const other = await (await newContext()).newPage();
  await other.goto(await copyLink(page));
  await expect.poll(() => figures(other)).toEqual(here);

  let asked = 0;
  page.on("dialog", (dialog) => {
    asked += dialog.type() === "beforeunload" ? 1 : 0;
    dialog.dismiss();
  });
  await page.close({ runBeforeUnload: true });
  await expect.poll(() => asked, "leaving is asked about, for the plan would be gone").toBe(1);
});

test("7.5 test 12: when storage is full every further figure stays in the tab, the kept version stays too, and both become one", async ({ page }) => {
  await start(page, "ecommerce-percent");
  await put(page, "电商事业部", "全年", "1300");
  await fillStorage(page);
  // Automatic versions make room first.
  await put(page, "电商事业部", "Q1", "590");
  await expect.poll(async () => JSON.stringify(await keptPlans(page)).includes("590000000")).toBe(true);
  await fillStorage(page);
  const kept = plansOnly(await stored(page));
  await put(page, "电商事业部", "Q1", "600");
  await put(page, "资深一", "全年", "180");
  await choose(page, "资深二", "全年");
  await page.keyboard.press("l");
  await expect(page.getByRole("alert").filter({ hasText: w("error.store_title") })).toContainText("存储已满");
  await expect(banner(page)).toContainText(w("shell.not_saved"));
  const here = await figures(page);
  expect(plansOnly(await stored(page)), "the last versions that fitted").toEqual(kept);
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("region", { name: w("error.store_title") }).getByRole("button", { name: w("share.save_file") }).click(),
  ]);
  expect(JSON.parse(readFileSync(await file.path(), "utf8")).title).toBe(await title(page, "zh-CN").inputValue());
  // Or as a link.
  await page.getByRole("region", { name: w("error.store_title") }).getByRole("button", { name: w("shell.share") }).click();
  const share = page.getByRole("dialog", { name: w("share.title") });
  await expect(share.getByRole("textbox", { name: w("share.link") })).toHaveValue(/#p1c\./);
  await page.keyboard.press("Escape");
  await expect(share).toBeHidden();

  await goTo(page, w("shell.page_start"));
  await expect(page.getByText(w("start.never"))).toBeVisible();
  await goTo(page, w("shell.page_organisation"));
  await expect.poll(() => figures(page)).toEqual(here);
  await page.evaluate(() => localStorage.removeItem("filler"));
  // By itself, within ten seconds.
  await expect(page.getByRole("alert").filter({ hasText: w("error.store_title") })).toHaveCount(0, { timeout: 12_000 });
  await page.reload();
  await expect.poll(() => figures(page)).toEqual(here);
  expect(Object.keys(await keptPlans(page))).toHaveLength(1);
});

test("one link after the other in the same tab: each is shown, neither is written, and one's own plan is behind both", async ({
  page,
  newContext,
}) => {
  const sender = await newContext({ permissions: ["clipboard-read", "clipboard-write"] });
  const sending = await sender.newPage();
  const sent = [];
  await open(sending);
  for (const example of ["saas", "territories"]) {
    await goTo(sending, w("shell.page_start"));
    await fromTemplate(sending, example);
    sent.push({ link: await copyLink(sending), figures: await figures(sending) });
  }
  await start(page, "ecommerce-percent");
  await put(page, "电商事业部", "全年", "1400");
  const mine = await figures(page);
  const before = await stored(page);
  for (const { link, figures: theirs } of [...sent, sent[0]]) {
    await page.goto(link);
    await expect(page.getByRole("region", { name: w("share.preview"), exact: true })).toBeVisible();
    await expect.poll(() => figures(page)).toEqual(theirs);
    await expect.poll(() => stored(page)).toEqual(before);
  }
  // Nothing that is done in a preview changes it, nor what lies behind it.
  await choose(page, "销售部", "全年");
  for (const key of ["5", "Enter", "Delete", "l", "Control+z"]) await page.keyboard.press(key);
  if (await grid(page).getByRole("textbox").count()) await page.keyboard.press("Escape");
  await expect.poll(() => figures(page)).toEqual(sent[0].figures);
  await expect.poll(() => stored(page)).toEqual(before);

  await page.getByRole("button", { name: w("share.close"), exact: true }).first().click();
  await expect.poll(() => figures(page)).toEqual(mine);
  await expect.poll(() => stored(page)).toEqual(before);
  await put(page, "电商事业部", "全年", "1500");
  await expect(await cell(page, "电商事业部", "全年")).toHaveText("1,500.00");
});

test("a link glued into a chat message opens, pasted into the box or into the address", async ({ page, newContext }) => {
  const sender = await (await newContext({ permissions: ["clipboard-read", "clipboard-write"] })).newPage();
  await start(sender, "education");
  const link = await copyLink(sender);
  const theirs = await figures(sender);
  await open(page);
  await page.getByRole("textbox", { name: w("start.link") }).fill(`【销售群】老王：这是明年的目标${link}请查收，周五前确认！`);
  await page.getByRole("button", { name: w("start.link_open"), exact: true }).click();
  await expect.poll(() => figures(page)).toEqual(theirs);
  await page.goto(`${link}请查收，周五前确认！`);
  await expect.poll(() => figures(page)).toEqual(theirs);
  await page.goto(link.replace("#", "?from=singlemessage&isappinstalled=0#"));
  await expect.poll(() => figures(page)).toEqual(theirs);
  expect(plansOnly(await stored(page))).toEqual({});
});
