// From a pasted table to a plan that others can open, as one who works with it goes. What the dialog says of each odd
// cell is in import.spec.
import { readFileSync } from "node:fs";
import { copyLink, goTo, start, keptPlans } from "../support/plans.mjs";
import { choose, expectCell, expectKeys, expectRow, figures, grid, put, row, status, tree } from "../support/sheet.mjs";
import { expect, open, test } from "../support/test.mjs";
import { words } from "../support/words.mjs";

const SALES_PEOPLE = readFileSync(new URL("../../cases/adventureworks/sales_people.csv", import.meta.url), "utf8");

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

const dialog = (page, locale) => page.getByRole("dialog", { name: words(locale)("table.title") });
const text = (page, locale) => dialog(page, locale).getByRole("textbox", { name: words(locale)("table.text") });

// As a user pastes. `fill` would be typing, which takes Chromium minutes where the lines are many.
async function paste(page, table, locale) {
  await page.getByRole("main").getByRole("button", { name: words(locale)("start.table") }).click();
  await page.evaluate((it) => navigator.clipboard.writeText(it), table);
  await text(page, locale).focus();
  await page.keyboard.press("Control+v");
}

const create = (page, locale) => dialog(page, locale).getByRole("button", { name: words(locale)("table.create") });

for (const locale of ["zh-CN", "en-US"]) {
  test.describe(locale, () => {
    test.use({ locale });

    test("the sales people, pasted, divide 40,000,000 by last year to the very figures of the worked example", async ({ page }) => {
      const w = words(locale);
      await start(page, "territories", locale);
      const example = await figures(page);
      await goTo(page, w("shell.page_start"));
      await paste(page, SALES_PEOPLE, locale);
      const box = dialog(page, locale);
      await expect(box.getByRole("status")).toContainText(locale === "zh-CN" ? /17 人.*territory.*10 个.*group.*3 个/ : /17.*10.*territory.*3.*group/);
      await box.getByRole("combobox", { name: w("table.unit"), exact: true }).selectOption(w("table.usd"));
      await box.getByRole("textbox", { name: w("table.target") }).fill(locale === "zh-CN" ? "4000万" : "40m");
      await create(page, locale).click();
      await expect(box).toBeHidden();
      const root = w("sheet.all_organisation");
      await expect(row(page, root)).toHaveCount(1);
      await expect.poll(() => figures(page)).toEqual([[root, ...example[0].slice(1)], ...example.slice(1)]);
      const level = async (number) => (await tree(page)).filter((it) => it.startsWith(`${number} `)).length;
      expect([await level(2), await level(3)]).toEqual([3 + 3, 10]); // three groups, three people of no territory
      await expect(page.getByRole("region", { name: w("finding.title") })).toContainText("274");
      await expect(status(page)).toContainText("✓");

      await page.reload();
      await expect.poll(() => figures(page)).toEqual([[root, ...example[0].slice(1)], ...example.slice(1)]);
    });
  });
}

test("a table takes the place of the organisation in one step; the target, the quarters and the products stay", async ({ page }) => {
  const w = words();
  await start(page, "ecommerce-percent");
  await choose(page, "资深一", "全年");
  await page.keyboard.press("l");
  const before = await figures(page);
  await goTo(page, w("shell.page_start"));
  await paste(page, "大区\t姓名\t去年（万元）\n华东\t甲\t300\n华东\t乙\t100\n华南\t丙\t100\n");
  await dialog(page).getByRole("button", { name: w("table.replace") }).click();
  await expect(dialog(page)).toBeHidden();
  await expectRow(page, "电商事业部", ["电商事业部", "100.0%", "1,200", "480", "300", "360", "60", "500"]);
  await expectRow(page, "甲", ["甲", "75.0%", "720", "288", "180", "216", "36", "300"]);
  await expect(page.getByRole("contentinfo")).not.toContainText("个锁定");
  await goTo(page, w("shell.page_product"));
  await expectCell(page, "服饰", "全年", "480");
  await expect(status(page)).toContainText("✓");
  await goTo(page, w("shell.page_organisation"));
  await page.keyboard.press("Control+z");
  await expect.poll(() => figures(page)).toEqual(before);
});

test("names are text and nothing else: in the sheet, in the link, and for whoever opens it", async ({ page, newContext }) => {
  const w = words();
  await open(page);
  const names = [
    '=HYPERLINK("http://evil.example","x")',
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "@SUM(1+9)*cmd|' /C calc'!A0",
    "+86 张三",
    "javascript:alert(1)",
    "__proto__",
    "Zoë 👩🏽 Müller",
  ];
  const opened = [];
  const heed = (it) => it.on("dialog", (dialog) => (opened.push(dialog.message()), dialog.dismiss()));
  heed(page);
  await paste(page, `姓名\t权重\n${names.map((name, at) => `${name.includes('"') ? `"${name.replaceAll('"', '""')}"` : name}\t${at + 1}`).join("\n")}\n`);
  await expect(dialog(page).getByRole("listitem").filter({ hasText: "像公式" })).toHaveCount(3);
  await dialog(page).getByRole("textbox", { name: w("table.target") }).fill("36万");
  await create(page).click();
  await expect(grid(page)).toBeVisible();
  const shown = async (it) => (await tree(it)).slice(1);
  await expect.poll(() => shown(page)).toEqual(names.map((name) => `2 ${name}`));
  const other = await (await newContext()).newPage();
  heed(other);
  await other.goto(await copyLink(page));
  await expect.poll(() => shown(other)).toEqual(names.map((name) => `2 ${name}`));
  expect(await other.evaluate(() => document.querySelectorAll("main img, main script").length)).toBe(0);
  expect(opened).toEqual([]);
});

test("five thousand people: the sheet stays usable from end to end, the sums hold, and it is kept", async ({ page }) => {
  const w = words();
  await open(page);
  const rows = Array.from({ length: 5_000 }, (_, at) => `大区${at % 20}\t店员${at}\t${(at % 97) + 1}`);
  await paste(page, `大区\t姓名\t权重\n${rows.join("\n")}\n`);
  await expect(dialog(page).getByRole("status")).toContainText(w("table.people", { n: 5_000 }));
  await dialog(page).getByRole("textbox", { name: w("table.target") }).fill("12亿");
  await create(page).click();
  await expect(grid(page)).toHaveAttribute("aria-rowcount", String(1 + 1 + 20 + 5_000));
  await choose(page, w("sheet.all_organisation"), "全年");
  await page.keyboard.press("Control+End");
  await expectKeys(page);
  await expect(row(page, "店员4999")).toBeInViewport();
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("l");
  await expect(page.getByRole("contentinfo")).toContainText(w("shell.locked", { count: 1 }));
  await expect(status(page)).toContainText("✓");
  await page.keyboard.press("Control+Home");
  await expect(row(page, w("sheet.all_organisation"))).toBeInViewport();
  await page.getByRole("banner").getByRole("button", { name: w("shell.share") }).click();
  await expect(page.getByRole("dialog", { name: w("share.title") })).toContainText(new RegExp(`${w("share.red")}|${w("share.too_large")}`));
  await page.keyboard.press("Escape");
  await page.reload();
  await expect(grid(page)).toHaveAttribute("aria-rowcount", String(1 + 1 + 20 + 5_000));
  await expect(page.getByRole("contentinfo")).toContainText(w("shell.locked", { count: 1 }));
  expect(Object.keys(await keptPlans(page))).toHaveLength(1);
});

test.describe("without the network", () => {
  test.use({ allowed: /Failed to fetch|ERR_FAILED|TypeError/ });

  test("the dialog says that it is not here, and opens once it can be had", async ({ page }) => {
    const w = words();
    const part = "**/split_import*";
    await page.route(part, (route) => route.abort());
    await open(page);
    const ask = page.getByRole("main").getByRole("button", { name: w("start.table") });
    await ask.click();
    await expect(page.locator(".notice")).toContainText(w("shell.part_not_here"));
    await expect(dialog(page)).toHaveCount(0);
    await page.unroute(part);
    await ask.click();
    await expect(text(page)).toBeVisible();
  });
});
