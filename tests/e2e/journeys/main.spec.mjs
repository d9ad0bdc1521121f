// The journey for which the product was made, word by word.
import { copyLink, goTo, start, stored } from "../support/plans.mjs";
import { choose, cell, expectKeys, expectRow, figures, grid, put, row, status } from "../support/sheet.mjs";
import { expect, test } from "../support/test.mjs";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

const banner = (page) => page.getByRole("banner");

test("open a template, change the total, lock a person, edit a quarter, undo, reload, copy the link, open it elsewhere, save a copy", async ({
  page,
  newContext,
}) => {
  await test.step("open a template", async () => {
    await start(page, "ecommerce-percent");
    await expectRow(page, "电商事业部", ["电商事业部", "100.0%", "1,200.00", "480.00", "300.00", "360.00", "60.00", "968.00"]);
    await expectRow(page, "资深一", ["资深一 资深", "47.6%", "150.00", "60.00", "37.50", "45.00", "7.50", "128.00"]);
    await expect(status(page)).toHaveText(/✓ 全部 \d+ 个合计精确到分/);
  });

  await test.step("change the total: everybody follows by their share", async () => {
    await put(page, "电商事业部", "全年", "1400");
    await expectRow(page, "电商事业部", ["电商事业部", "100.0%", "1,400.00", "560.00", "350.00", "420.00", "70.00", "968.00"]);
    await expectRow(page, "华东大区", ["华东大区", "45.0%", "630.00", "252.00", "157.50", "189.00", "31.50", "408.00"]);
    await expectRow(page, "资深一", ["资深一 资深", "47.6%", "175.00", "70.00", "43.75", "52.50", "8.75", "128.00"]);
  });

  await test.step("lock a person: from now on the others carry every change of the total", async () => {
    await choose(page, "资深一", "全年");
    await page.keyboard.press("l");
    await expectRow(page, "资深一", ["资深一 资深", "47.6%", "已锁定 175.00", "70.00", "43.75", "52.50", "8.75", "128.00"]);
    await expect(page.getByRole("contentinfo")).toContainText("1 个锁定");

    await put(page, "电商事业部", "全年", "1540");
    await expect(await cell(page, "资深一", "全年")).toHaveText("已锁定175.00");
    await expect(await cell(page, "直播团队", "全年")).toHaveText("404.25");
    await expect(status(page)).toContainText("✓ 全部");

    await page.keyboard.press("Control+z");
    await expect(await cell(page, "电商事业部", "全年")).toHaveText("1,400.00");
    await expect(await cell(page, "资深一", "全年")).toHaveText("已锁定175.00");
  });

  const before = await figures(page);

  await test.step("edit a quarter: the other quarters make room, the locked person stays", async () => {
    await put(page, "电商事业部", "Q1", "600");
    await expectRow(page, "电商事业部", ["电商事业部", "100.0%", "1,400.00", "手工输入 600.00", "333.33", "400.00", "66.67", "968.00"]);
    await expect(await cell(page, "资深一", "全年")).toHaveText("已锁定175.00");
    await expect(await cell(page, "资深一", "Q1")).toHaveText("75.00");
    await expect(status(page)).toContainText("✓ 全部");
  });

  await test.step("undo", async () => {
    await page.keyboard.press("Control+z");
    await expect.poll(() => figures(page)).toEqual(before);
    await page.keyboard.press("Control+y");
    await expect(await cell(page, "电商事业部", "Q1")).toHaveText("•手工输入600.00");
    await banner(page).getByRole("button", { name: "撤销" }).click();
    await expect.poll(() => figures(page)).toEqual(before);
  });

  await test.step("reload", async () => {
    await page.reload();
    await expect(page.locator("#skeleton")).toHaveCount(0);
    await expect.poll(() => figures(page)).toEqual(before);
    await expect(banner(page).getByRole("textbox", { name: "计划名称" })).toHaveValue(/年度电商团队目标$/);
  });

  const link = await test.step("copy the link", () => copyLink(page));
  expect(link).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/some\/folder\/#p1[cdr]\./);
  expect(link.length, "a link that passes through every chat").toBeLessThanOrEqual(2000);

  const other = await (await newContext()).newPage();
  await test.step("open it in another browser: the same numbers, and nothing is written", async () => {
    await other.goto(link);
    await expect(other.getByRole("region", { name: "来自链接的计划" })).toContainText("只读预览");
    await expect.poll(() => figures(other)).toEqual(before);
    await expect(status(other)).toHaveText(await status(page).innerText());
    expect(Object.keys(await stored(other)).filter((it) => it.includes("plan"))).toEqual([]);

    await choose(other, "电商事业部", "全年");
    await other.keyboard.press("l");
    await expect.poll(() => figures(other)).toEqual(before);
  });

  await test.step("save a copy: it is one's own, and the sender's stays the sender's", async () => {
    await other.getByRole("button", { name: "另存为副本" }).click();
    await expect(other.getByRole("region", { name: "来自链接的计划" })).toHaveCount(0);
    await expect(banner(other)).toContainText("已保存在本机");
    await put(other, "电商事业部", "全年", "1600");
    await expect(await cell(other, "资深一", "全年")).toHaveText("已锁定175.00");
    await other.reload();
    await expect(await cell(other, "电商事业部", "全年")).toHaveText("1,600.00");

    await page.reload();
    await expect.poll(() => figures(page)).toEqual(before);
  });
});

test("N32: a colleague whose browser speaks English opens the same plan, in thousands", async ({ page, newContext }) => {
  await start(page, "ecommerce-percent");
  const link = await copyLink(page);
  const other = await (await newContext({ locale: "en-US" })).newPage();
  await other.goto(link);
  await expect(other.getByRole("region", { name: "A plan from a link" })).toBeVisible();
  await expectRow(other, "电商事业部", ["电商事业部", "100.0%", "12,000.0", "4,800.0", "3,000.0", "3,600.0", "600.0", "9,680.0"]);
  await expect(row(other, "资深一")).toHaveCount(1);
  await expect(other.locator("html")).toHaveAttribute("lang", "en");
});

test("the whole journey's edits are a way back: undone one by one, the plan is the template again", async ({ page }) => {
  await start(page, "ecommerce-percent");
  const template = await figures(page);
  await put(page, "电商事业部", "全年", "1400");
  await put(page, "资深二", "全年", "120");
  await choose(page, "资深一", "全年");
  await page.keyboard.press("l");
  await put(page, "华南大区", "Q3", "130", { key: "Tab" });
  await put(page, "华南大区", "去年", "390");
  const end = await figures(page);
  expect(end).not.toEqual(template);
  const undo = banner(page).getByRole("button", { name: "撤销" });
  for (let step = 0; step < 5; step += 1) await undo.click();
  await expect(undo).toBeDisabled();
  await expect.poll(() => figures(page)).toEqual(template);
  const redo = banner(page).getByRole("button", { name: "重做" });
  for (let step = 0; step < 5; step += 1) await redo.click();
  await expect(redo).toBeDisabled();
  await expect.poll(() => figures(page)).toEqual(end);
  await grid(page).focus();
  await expectKeys(page);
  await goTo(page, "目标与依据");
  await expect(page.getByRole("textbox", { name: "年度目标 (万元)" })).toHaveValue("1,400");
});
