// Numbers as people type them. What cannot be a number here is said beside the cell, nothing changes, and Escape gives
// the cell back.
import { goTo, start, stored } from "../support/plans.mjs";
import { cell, choose, expectCell, expectKeys, expectRow, field, figures, keys, problem, put, row, status, type } from "../support/sheet.mjs";
import { expect, open, test } from "../support/test.mjs";
import { words } from "../support/words.mjs";

const w = words("zh-CN");
const unit = (page) => page.getByRole("combobox", { name: w("sheet.unit") });
const undo = (page) => page.getByRole("banner").getByRole("button", { name: w("shell.undo") });

// A plan in the unit that was chosen, however large its target gets.
async function startIn(page, scale, example = "ecommerce-percent") {
  await start(page, example);
  await unit(page).selectOption(scale);
}

// The target is written and shown; how many zeros follow the point depends on the other figures of the sheet.
async function expectTotal(page, name, column, text, value) {
  await put(page, name, column, text);
  const shown = async () => Number((await (await cell(page, name, column)).innerText()).replaceAll(",", ""));
  await expect.poll(shown, `${text} typed into the target`).toBe(value);
  await expect(status(page)).toContainText("✓");
}

test("amounts are read in every form in which people write them, and a comma is never a decimal point", async ({ page }) => {
  await startIn(page, "元");
  for (const [text, value] of [
    ["1.2亿", 120_000_000],
    ["１２００万", 12_000_000],
    ["12,000,000", 12_000_000],
    ["475,962", 475_962],
    ["475962.38", 475_962.38],
    ["1400,0000", 14_000_000],
    ["￥1,350,000.00", 1_350_000],
    ["　1300万元　", 13_000_000],
    ["0", 0],
    ["1200w", 12_000_000],
  ]) {
    await expectTotal(page, "电商事业部", "全年", text, value);
  }
});

test("a bare number is in the sheet's unit; a unit or a currency of its own wins", async ({ page }) => {
  await startIn(page, "万元");
  for (const [text, value] of [
    ["1400", 1_400],
    ["1500万", 1_500],
    ["¥12,000,000", 1_200],
    ["475,962", 475_962],
    ["1.2亿", 12_000],
  ]) {
    await expectTotal(page, "电商事业部", "全年", text, value);
  }
  await page.getByRole("button", { name: w("sheet.to_the_unit"), exact: true }).click();
  await expectTotal(page, "电商事业部", "全年", "1200.000001", 1200.000001); // to the last fen
});

test("what cannot be taken is said beside the cell, nothing changes, and Escape gives the cell back", async ({ page }) => {
  await startIn(page, "万元");
  const before = await figures(page);
  const kept = await stored(page);
  const refused = [
    ["abc", w("error.not_a_number", { given: "abc" })],
    ["12个", w("error.not_a_number", { given: "12个" })],
    ["-5", w("error.negative", { given: "-50,000 元" })],
    ["(500)", w("error.negative", { given: "-5,000,000 元" })],
    ["（500）", w("error.negative", { given: "-5,000,000 元" })],
    ["1000000000000000000", w("error.too_large_text", { given: "1000000000000000000" })],
    ["100000000000亿", w("error.too_large_text", { given: "100000000000亿" })],
    ["9".repeat(400), w("error.too_large_text", { given: "9".repeat(40) })],
    ["一百万", w("error.chinese_numeral", { given: "一百万" })],
    ["1.234,5", w("error.ambiguous", { given: "1.234,5" })],
    ["12.3456789", w("error.too_precise", { given: "12.3456789", allowed: 6 })],
    ["130%", w("error.not_a_share", { given: "130" })],
    ["5000", w("error.above", { most: "3,150,000 元", by: "46,850,000 元" })],
  ];
  const at = await cell(page, "资深一", "全年");
  for (const [text, sentence] of refused) {
    await test.step(text.slice(0, 40), async () => {
      await type(page, "资深一", "全年", text);
      await expect(problem(page)).toHaveText(sentence);
      await expect(field(page)).toBeFocused();
      await expect(field(page)).toHaveAttribute("aria-invalid", "true");
      await expect(field(page)).toHaveValue(text);
      await page.keyboard.press("Escape");
      await expect(problem(page)).toHaveCount(0);
      await expectKeys(page);
      await expect.poll(() => figures(page)).toEqual(before);
    });
  }
  await expect.poll(() => stored(page)).toEqual(kept);
  await expect(undo(page)).toBeDisabled();
});

test("a number that is refused is put right where it stands; left by mouse, it is given up and said", async ({ page }) => {
  await startIn(page, "万元");
  const before = await figures(page);
  await type(page, "资深一", "全年", "16O");
  const at = await cell(page, "资深一", "全年");
  await expect(problem(page)).toBeVisible();
  await field(page).fill("160");
  await expect(problem(page)).toHaveCount(0);
  await page.keyboard.press("Enter");
  await expectCell(page, "资深一", "全年", `${w("sheet.typed")} 160.00`);
  await page.keyboard.press("Control+z");
  await expect.poll(() => figures(page)).toEqual(before);

  await type(page, "资深一", "全年", "-1");
  await (await cell(page, "华南大区", "Q2")).click();
  await expect(page.locator(".notice").getByRole("status")).toHaveText(w("error.negative", { given: "-10,000 元" }));
  await expect(field(page)).toHaveCount(0);
  await expect.poll(() => figures(page)).toEqual(before);
});

test("keys go on from cell to cell: a digit opens the cell, Enter goes down, Tab to the right, Escape changes nothing", async ({
  page,
}) => {
  await startIn(page, "万元");
  await choose(page, "资深四", "Q1");
  await page.keyboard.type("90");
  await expect(field(page)).toHaveValue("90");
  await page.keyboard.press("Enter");
  await expectCell(page, "资深四", "Q1", `${w("sheet.typed")} 90.00`);
  await expect(await cell(page, "资深五", "Q1")).toHaveAttribute("aria-selected", "true");
  await page.keyboard.type("77.5");
  await page.keyboard.press("Tab");
  await expectCell(page, "资深五", "Q1", `${w("sheet.typed")} 77.50`);
  await expect(await cell(page, "资深五", "Q2")).toHaveAttribute("aria-selected", "true");
  await page.keyboard.type("123");
  await page.keyboard.press("Escape");
  await expectKeys(page);
  await expect(await cell(page, "资深五", "Q2")).not.toContainText("123");
  await page.keyboard.press("Shift+Tab"); // out of the grid: Tab is a trap only while a cell is typed in
  await expect(keys(page)).not.toBeFocused();
  await choose(page, "资深五", "Q1");
  await page.keyboard.press("Delete");
  await expect(await cell(page, "资深五", "Q1")).not.toContainText(w("sheet.typed"));
  await expect(status(page)).toContainText("✓");
});

test("a share of 0 is nothing, one of 100 is all, one of 130 is none at all", async ({ page }) => {
  await startIn(page, "万元");
  await page.getByLabel(w("sheet.show"), { exact: true }).selectOption(w("sheet.show_share"));
  const before = await figures(page);
  expect(before[0]).toEqual(["电商事业部", "100.0%", "100.0%", "40.0%", "25.0%", "30.0%", "5.0%", "968.00"]);

  await put(page, "资深四", "占上级", "0");
  await expectRow(page, "资深四", ["资深四 资深", "0.0%", `${w("sheet.typed")} 0.0%`, "–", "–", "–", "–", "212.00"]);
  await expectRow(page, "资深五", ["资深五 资深", "100.0%", "100.0%", "40.0%", "25.0%", "30.0%", "5.0%", "176.00"]);
  await put(page, "资深四", "占上级", "100%");
  await expect(await cell(page, "资深四", "占上级")).toHaveText("100.0%");
  await expect(await cell(page, "资深五", "占上级")).toHaveText("0.0%");
  await put(page, "资深四", "占上级", "６０％");
  await expect(await cell(page, "资深五", "占上级")).toHaveText("40.0%");
  await expect(status(page)).toContainText("✓");
  for (let step = 0; step < 3; step += 1) await undo(page).click();
  await expect.poll(() => figures(page)).toEqual(before);

  for (const [column, text] of [["占上级", "130"], ["Q1", "130"], ["Q1", "-1"], ["Q1", "100.01%"]]) {
    await type(page, "资深四", column, text);
    const given = text.replace("%", "");
    await expect(problem(page)).toHaveText(w("error.not_a_share", { given }));
    await page.keyboard.press("Escape");
    await expectKeys(page);
  }
  await expect.poll(() => figures(page)).toEqual(before);
  await expect(undo(page)).toBeDisabled();
});

test("against last year a percentage is typed, and where there is no last year the page says so", async ({ page }) => {
  await startIn(page, "万元");
  await page.getByLabel(w("sheet.show"), { exact: true }).selectOption(w("sheet.show_growth"));
  await expectCell(page, "资深一", "全年", "+17.2%");
  await put(page, "资深一", "全年", "25");
  await expectCell(page, "资深一", "全年", `${w("sheet.typed")} +25.0%`);
  await type(page, "资深一", "Q1", "10");
  await expect(problem(page)).toHaveText(w("sheet.no_last_year"));
  await page.keyboard.press("Escape");
  await page.getByLabel(w("sheet.show"), { exact: true }).selectOption(w("sheet.show_amount"));
  await expectCell(page, "资深一", "全年", `${w("sheet.typed")} 160.00`);
});

test("S0-01 · a target that nobody has given a reason for is warned of, until one reason is written", async ({ page }) => {
  await start(page, "ecommerce-percent");
  await goTo(page, w("shell.page_goal"));
  const warning = page.getByRole("status").filter({ hasText: w("finding.no_basis") });
  await expect(warning).toHaveCount(0);
  for (const reason of ["strategy", "market"]) await page.getByRole("textbox", { name: w(`goal.${reason}`) }).fill("");
  await page.getByRole("textbox", { name: w("goal.capability") }).fill("");
  await page.getByRole("textbox", { name: w("goal.capability") }).blur();
  await expect(warning).toBeVisible();
  await expect(page.getByRole("region", { name: w("finding.title") })).toContainText(w("finding.no_basis"));
  await expect(page.getByRole("navigation").getByRole("link", { name: w("shell.page_goal") })).toContainText(w("shell.state_warn"));
  await page.reload();
  await expect(warning).toBeVisible();
  await page.getByRole("textbox", { name: w("goal.market") }).fill("行业线索转化率 8%");
  await page.getByRole("textbox", { name: w("goal.market") }).blur();
  await expect(warning).toHaveCount(0);
  await expect(page.getByRole("navigation").getByRole("link", { name: w("shell.page_goal") })).toContainText(w("shell.state_good"));
});

test("the goal: growth makes the target, an emptied target divides nothing, and what is refused stays with its reason", async ({
  page,
}) => {
  await startIn(page, "万元");
  await goTo(page, w("shell.page_goal"));
  const target = page.getByRole("textbox", { name: `${w("goal.target")} (万元)` });
  const growth = page.getByRole("textbox", { name: w("goal.growth") });
  const fill = async (box, text) => {
    await box.fill(text);
    await box.press("Enter");
    await box.blur();
  };
  const beside = (box) => box.locator("xpath=..").getByRole("alert");

  await expect(growth).toHaveValue("23.97");
  await fill(growth, "30");
  await expect(target).toHaveValue("1,258.4");
  await fill(growth, "12.5%");
  await expect(target).toHaveValue("1,089");
  await fill(growth, "-10");
  await expect(target).toHaveValue("871.2");
  await fill(target, "1.2亿");
  await expect(target).toHaveValue("12,000");
  await expect(growth).toHaveValue("1,139.67");
  await fill(target, "１２００");
  await expect(target).toHaveValue("1,200");

  for (const [box, text, sentence] of [
    [target, "abc", w("error.not_a_number", { given: "abc" })],
    [target, "-5", w("error.negative", { given: "-50,000 元" })],
    [target, "100000000000亿", w("error.too_large_text", { given: "100000000000亿" })],
    [growth, "abc", w("error.not_a_number", { given: "abc" })],
    [growth, "-101", w("error.negative", { given: "-96,800 元" })],
  ]) {
    const other = box === target ? growth : target;
    const shown = await other.inputValue();
    await fill(box, text);
    await expect(beside(box)).toHaveText(sentence);
    await expect(box).toHaveAttribute("aria-invalid", "true");
    await expect(box).toHaveValue(text);
    expect(await other.inputValue()).toBe(shown);
  }
  await fill(target, "1200");
  await expect(beside(target)).toBeEmpty();
  await fill(growth, "25");
  await expect(beside(growth)).toBeEmpty();

  await fill(target, "");
  await expect(beside(target)).toHaveText(w("goal.target_blank"));
  await goTo(page, w("shell.page_organisation"));
  await expectRow(page, "电商事业部", ["电商事业部", "–", "0", "0", "0", "0", "0", "968"]);
  await expect(page.getByRole("region", { name: w("finding.title") })).toContainText(w("finding.no_target"));
  await page.keyboard.press("Control+z");
  await expectCell(page, "电商事业部", "全年", "1,210.00");
});

test("where there is no last year, growth cannot make a target, and says so", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: w("start.blank") }).click();
  await expect(page.getByRole("heading", { level: 1, name: w("goal.page") })).toBeVisible();
  const growth = page.getByRole("textbox", { name: w("goal.growth") });
  await growth.fill("30");
  await growth.blur();
  await expect(page.getByRole("alert").filter({ hasText: w("goal.growth_needs_last_year") })).toBeVisible();
  const target = page.getByRole("textbox", { name: `${w("goal.target")} (元)` });
  await target.fill("1200万");
  await target.press("Tab");
  await expect(page.getByRole("textbox", { name: `${w("goal.target")} (万元)` })).toHaveValue("1,200");
});

test("in English k, m and bn are units, and 万 is understood too", async ({ page }) => {
  await page.addInitScript(() => localStorage.setItem("stp1:prefs", '{"english":true}'));
  await start(page, "ecommerce-percent", "en-US");
  await page.getByRole("combobox", { name: "Unit" }).selectOption("thousand CNY");
  for (const [text, value] of [
    ["1.4m", 1_400],
    ["14,000k", 14_000],
    ["0.01bn", 10_000],
    ["1200万", 12_000],
    ["9,500", 9_500],
  ]) {
    await expectTotal(page, "E-commerce division", "Year", text, value);
  }
  await type(page, "E-commerce division", "Year", "1.2e6");
  await expect(problem(page)).toContainText("“1.2e6”");
  await page.keyboard.press("Escape");
  await expect(row(page, "East region")).toHaveCount(1);
});
