// Two people with one plan: each changes it on a machine of their own, the link goes back, and both changes are in one plan,
// in one step, once whoever has it has said what is to be of what both have changed. U70, U74.
import { readFileSync } from "node:fs";
import { copyLink, goTo, start, stored } from "../support/plans.mjs";
import { expectCell, figures, grid, put, status } from "../support/sheet.mjs";
import { axe, expect, looks, open, test } from "../support/test.mjs";
import { words } from "../support/words.mjs";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

const preview = (page, w) => page.getByRole("region", { name: w("share.preview") });
const dialog = (page, w) => page.getByRole("dialog", { name: w("merge.title") });
const choice = (page, w, which) => dialog(page, w).getByRole("radio", { name: new RegExp(`^${w(`merge.${which}`)}`) });

async function take(page, link, w) {
  await page.goto(link);
  await preview(page, w).getByRole("button", { name: w("share.take") }).click();
  await expect(preview(page, w)).toHaveCount(0);
}

async function compare(page, link, w) {
  await page.goto(link);
  await preview(page, w).getByRole("button", { name: w("merge.open") }).click();
  await expect(dialog(page, w)).toBeVisible();
}

const undo = (page, w) => page.getByRole("banner").getByRole("button", { name: w("shell.undo"), exact: true });
const conflicts = (w, count) => w("merge.conflicts", { count });

/** What both make of one plan: mine on `page`, and the link of theirs. */
async function two(page, newContext, locale = "zh-CN") {
  const w = words(locale);
  const isChinese = locale === "zh-CN";
  const names = isChinese ? ["电商事业部", "华南大区"] : ["E-commerce division", "South region"];
  const [root, south] = names;
  const year = w("sheet.year");
  await start(page, "ecommerce-percent", locale);
  const link = await copyLink(page, locale);
  const other = await (await newContext()).newPage();
  await take(other, link, w);
  await put(other, root, year, isChinese ? "1300" : "13,000");
  await put(other, south, year, isChinese ? "400" : "4,000");
  await put(page, south, year, isChinese ? "350" : "3,500");
  return { other, names, year, w, theirs: await copyLink(other, locale) };
}

for (const look of looks) {
  test.describe(look.name, () => {
    test.use(look.use);

    test("both have changed a plan: what differs is listed, what both changed is asked for, and one step does it", async ({ page, newContext }) => {
      const { names, year, w, theirs } = await two(page, newContext, look.use.locale);
      const [root, south] = names;
      const isChinese = look.use.locale === "zh-CN";
      const says = (amount) => (isChinese ? `${w("sheet.typed")} ${amount[0]}` : `${w("sheet.typed")} ${amount[1]}`);
      const mine = await figures(page);
      await compare(page, theirs, w);
      const before = await stored(page);
      await expect(dialog(page, w)).toContainText(w("merge.both"));
      await expect(dialog(page, w).getByRole("heading", { name: conflicts(w, 1) })).toBeVisible();
      await expect(dialog(page, w).getByRole("heading", { name: w("merge.clean", { count: 1 }) })).toBeVisible();
      await expect(choice(page, w, "keep_mine")).toBeChecked();
      await axe(page);
      await page.setViewportSize({ width: 390, height: 844 });
      expect(await page.evaluate(() => document.scrollingElement.scrollWidth)).toBeLessThanOrEqual(390);
      await page.setViewportSize({ width: 1440, height: 900 });
      // By the keyboard alone.
      await choice(page, w, "keep_mine").focus();
      await page.keyboard.press("ArrowDown");
      await expect(choice(page, w, "take_theirs")).toBeChecked();
      expect(await stored(page), "nothing is written by looking").toEqual(before);
      await dialog(page, w).getByRole("button", { name: w("merge.do_merge") }).press("Enter");
      await expect(dialog(page, w)).toHaveCount(0);
      await expectCell(page, south, year, says(["400.00", "4,000.00"]));
      await expectCell(page, root, year, isChinese ? "1,300.00" : "13,000.00");
      await expect(status(page)).toHaveText(/精确到|exact to/);
      // One step back, and it is mine as it was.
      await undo(page, w).click();
      await expect.poll(() => figures(page)).toEqual(mine);
      // What was given back can be merged again.
      await compare(page, theirs, w);
      await expect(dialog(page, w).getByRole("heading", { name: conflicts(w, 1) })).toBeVisible();
      await dialog(page, w).getByRole("button", { name: w("merge.do_merge") }).click();
      await expectCell(page, root, year, isChinese ? "1,300.00" : "13,000.00");
      const merged = await figures(page);
      await page.reload();
      await expect.poll(() => figures(page)).toEqual(merged);
      await compare(page, theirs, w);
      await expect(dialog(page, w)).toContainText(w("merge.older"));
    });
  });
}

test("a plan that went on is taken as it is, and a merger goes back to whom it came from", async ({ page, newContext }) => {
  const { other, names, w, theirs } = await two(page, newContext);
  await compare(page, theirs, w);
  await dialog(page, w).getByRole("button", { name: w("merge.do_merge") }).click();
  await expectCell(page, names[0], "全年", "1,300.00");
  // Theirs is an ancestor of what comes back: nothing is to be decided.
  const back = await copyLink(page);
  await compare(other, back, w);
  await expect(dialog(other, w)).toContainText(w("merge.newer"));
  await expect(dialog(other, w).getByRole("radio")).toHaveCount(0);
  await dialog(other, w).getByRole("button", { name: w("merge.do_merge") }).click();
  await expect.poll(() => figures(other)).toEqual(await figures(page));
  await compare(other, back, w);
  await expect(dialog(other, w)).toContainText(w("merge.same"));
  await expect(dialog(other, w).getByRole("button", { name: w("merge.do_merge") })).toBeDisabled();
});

test("7.5 test 25: a backup on another machine knows from where both went on", async ({ page, newContext }, info) => {
  const { names, w, theirs } = await two(page, newContext);
  await goTo(page, w("shell.page_start"));
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: w("store.backup_all") }).click()]);
  const path = info.outputPath("backup.json");
  await file.saveAs(path);
  const machine = await (await newContext()).newPage();
  await open(machine);
  await machine.locator("input[type=file]").setInputFiles(path);
  await machine.getByRole("dialog", { name: w("store.backup_title") }).getByRole("button", { name: w("store.backup_restore", { count: 1 }) }).click();
  await machine.locator(".plan").getByRole("button").first().click();
  await expectCell(machine, names[1], "全年", `${w("sheet.typed")} 350.00`);
  await compare(machine, theirs, w);
  await expect(dialog(machine, w)).toContainText(w("merge.both"));
  await expect(dialog(machine, w).getByRole("heading", { name: conflicts(w, 1) })).toBeVisible();
  await dialog(machine, w).getByRole("button", { name: w("merge.do_merge") }).click();
  await expectCell(machine, names[0], "全年", "1,300.00");
});

test("7.5 test 9: mine is replaced, and undo gives the same bytes back", async ({ page, newContext }) => {
  const { w, theirs } = await two(page, newContext);
  const plan = async () => {
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      (async () => {
        await page.getByRole("banner").getByRole("button", { name: w("shell.share") }).click();
        const share = page.getByRole("dialog", { name: w("share.title") });
        await share.getByRole("button", { name: w("share.way_file"), exact: true }).click();
        await share.getByRole("button", { name: w("share.save_file") }).click();
        await page.keyboard.press("Escape");
      })(),
    ]);
    return readFileSync(await file.path(), "utf8").replace(/\s*"ancestors": \[[^\]]*\],/, "");
  };
  const mine = await plan();
  await compare(page, theirs, w);
  await dialog(page, w).getByRole("button", { name: w("merge.replace") }).click();
  await expectCell(page, "电商事业部", "全年", "1,300.00");
  await page.locator(".notice").getByRole("button", { name: w("shell.undo") }).click();
  await expectCell(page, "电商事业部", "全年", "1,200.00");
  expect(await plan()).toBe(mine);
});

test("a plan with no version in common is compared, and every difference is a choice", async ({ page, newContext }) => {
  await start(page, "education");
  const w = words();
  const link = await copyLink(page);
  const other = await (await newContext()).newPage();
  await start(other, "ecommerce-percent");
  await compare(other, link, w);
  await expect(dialog(other, w)).toContainText(w("merge.stranger"));
  const count = await dialog(other, w).getByRole("radio", { name: new RegExp(`^${w("merge.keep_mine")}`) }).count();
  expect(count).toBeGreaterThan(0);
  await expect(dialog(other, w).getByRole("button", { name: w("merge.do_merge") })).toBeDisabled();
  await dialog(other, w).getByRole("button", { name: w("merge.all_theirs") }).click();
  await dialog(other, w).getByRole("button", { name: w("merge.do_merge") }).click();
  await expect(dialog(other, w)).toHaveCount(0);
  await expect(status(other)).toHaveText(/精确到/);
});

test("a file that comes back is looked at first, and merged as a link is", async ({ page, newContext }) => {
  const { other, w, names } = await two(page, newContext);
  await other.getByRole("banner").getByRole("button", { name: w("shell.share") }).click();
  const share = other.getByRole("dialog", { name: w("share.title") });
  await share.getByRole("button", { name: w("share.way_file"), exact: true }).click();
  const [file] = await Promise.all([other.waitForEvent("download"), share.getByRole("button", { name: w("share.save_file") }).click()]);
  const buffer = readFileSync(await file.path());
  await goTo(page, w("shell.page_start"));
  await page.locator("input[type=file]").first().setInputFiles({ name: "回来.json", mimeType: "application/json", buffer });
  await expect(grid(page)).toBeVisible();
  await preview(page, w).getByRole("button", { name: w("merge.open") }).click();
  await expect(dialog(page, w)).toContainText(w("merge.both"));
  await dialog(page, w).getByRole("button", { name: w("merge.do_merge") }).click();
  await expectCell(page, names[0], "全年", "1,300.00");
});
