// What is said of a place in the panel beside the sheet: what of it is kept, what bounds a single cell, what is known of a
// node, and how much more than it has it may hand out.
import { copyLink, start } from "../support/plans.mjs";
import { choose, expectCell, figures, put, row, status } from "../support/sheet.mjs";
import { axe, expect, test } from "../support/test.mjs";
import { words } from "../support/words.mjs";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

const w = words();
const panel = (page) => page.getByRole("complementary", { name: w("inspector.title") });
const field = (page, key) => panel(page).getByLabel(w(key), { exact: false }).first();

async function fill(page, key, text) {
  await field(page, key).fill(text);
  // Not by a key: a new line is a line in a field of lines.
  await field(page, key).blur();
}

const undo = (page) => page.getByRole("banner").getByRole("button", { name: w("shell.undo") }).click();

test("N13: a share that is kept follows its whole, and survives reload and undo", async ({ page }) => {
  await start(page, "ecommerce-percent");
  await choose(page, "华东大区", "全年");
  await field(page, "inspector.field_lock").selectOption("Share");
  await expectCell(page, "华东大区", "全年", `${w("sheet.locked")} 540.00`);
  await put(page, "电商事业部", "全年", "2000");
  await expectCell(page, "华东大区", "全年", `${w("sheet.locked")} 900.00`);
  await page.reload();
  await expectCell(page, "华东大区", "全年", `${w("sheet.locked")} 900.00`);
  await choose(page, "华东大区", "全年");
  await expect(field(page, "inspector.field_lock")).toHaveValue("Share");
  await field(page, "inspector.field_lock").selectOption("Amount");
  await put(page, "电商事业部", "全年", "1000");
  await expectCell(page, "华东大区", "全年", `${w("sheet.locked")} 900.00`);
  await undo(page);
  await undo(page);
  await expect(field(page, "inspector.field_lock")).toHaveValue("Share");
  await expect(status(page)).toContainText("✓");
});

test("S0-15: a cell has a most of its own, and a row a season of its own", async ({ page, newContext }) => {
  await start(page, "ecommerce-percent");
  await choose(page, "华南大区", "Q1");
  await panel(page).getByText(w("inspector.cell")).click();
  await fill(page, "inspector.field_cap", "150");
  await expectCell(page, "华南大区", "Q1", "150.00");
  await expectCell(page, "华南大区", "全年", "420.00");
  await expectCell(page, "电商事业部", "Q1", "480.00");
  await axe(page);
  await fill(page, "inspector.field_cap", "many");
  await expect(panel(page).getByRole("alert").filter({ hasText: "many" })).toBeVisible();
  await expectCell(page, "华南大区", "Q1", "150.00");
  await fill(page, "inspector.field_cap", "");
  await expectCell(page, "华南大区", "Q1", "168.00");
  // A season that is sold late in the year moves the others' early.
  await fill(page, "inspector.field_cell_percent", "10%");
  await expectCell(page, "电商事业部", "Q1", "480.00");
  await expectCell(page, "华南大区", "全年", "420.00");
  await expect(status(page)).toContainText("✓");
  const before = await figures(page);
  const other = await (await newContext()).newPage();
  await other.goto(await copyLink(page));
  await expect.poll(() => figures(other)).toEqual(before);
});

test("U42: last year and the year before it count as much as is said", async ({ page }) => {
  await start(page, "ecommerce-percent");
  const figures = { 华东大区: ["400", "2025 100万"], 华南大区: ["400", "2025 300万"], 私域与新渠道: ["200", "2025: 100万"] };
  for (const [name, [last, past]] of Object.entries(figures)) {
    await choose(page, name, "全年");
    await panel(page).getByText(w("inspector.known")).click();
    await fill(page, "inspector.field_last_year", last);
    await fill(page, "inspector.field_past", past);
  }
  await choose(page, "电商事业部", "全年");
  await panel(page).getByRole("combobox").first().selectOption("History");
  await fill(page, "inspector.field_mix", "去年 50\n2025 50");
  // Half of 40, 40 and 20 percent, and half of 20, 60 and 20.
  await expectCell(page, "华东大区", "全年", "360.00");
  await expectCell(page, "华南大区", "全年", "600.00");
  await expectCell(page, "私域与新渠道", "全年", "240.00");
  await page.reload();
  await choose(page, "电商事业部", "全年");
  await expect(field(page, "inspector.field_mix")).toHaveValue("去年 50\n2025 50");
});

test("U19: more than there is is handed out within the tolerance, and said", async ({ page }) => {
  await start(page, "ecommerce-percent");
  await choose(page, "电商事业部", "全年");
  await fill(page, "inspector.field_tolerance", "10%");
  await choose(page, "华南大区", "全年");
  await fill(page, "inspector.field_percent", "40");
  await expectCell(page, "电商事业部", "全年", "1,200.00");
  await expectCell(page, "华东大区", "全年", "540.00");
  await expectCell(page, "华南大区", "全年", "480.00");
  await expect(page.getByRole("main")).toContainText("多分 60");
  // In a row of its own, which with the others makes the whole, and is to be read only.
  await expectCell(page, w("sheet.over"), "全年", "-60.00");
  await expectCell(page, w("sheet.over"), "Q1", "-24.00");
  await choose(page, w("sheet.over"), "全年");
  await page.keyboard.type("5");
  await page.keyboard.press("Enter");
  await expectCell(page, w("sheet.over"), "全年", "-60.00");
  await axe(page);
  await expect(status(page)).toContainText("✓");
  await undo(page);
  await expectCell(page, "华南大区", "全年", "420.00");
  await expect(row(page, w("sheet.over"))).toHaveCount(0);
});

test("S2-12: who is to bring far more than they can is named", async ({ page }) => {
  await start(page, "ecommerce-percent");
  await choose(page, "资深一", "全年");
  await panel(page).getByText(w("inspector.known")).click();
  await fill(page, "inspector.field_capacity", "110");
  await expect(page.getByRole("main")).toContainText("超出挑战区间");
  await fill(page, "inspector.field_capacity", "130");
  await expect(page.getByRole("main")).not.toContainText("超出挑战区间");
});

test("beside a number stand what was submitted, what was before, and how much of the capacity it asks for", async ({ page }) => {
  await start(page, "ecommerce-percent");
  await choose(page, "资深四", "全年");
  const beside = panel(page).locator(".beside");
  await expect(beside).toContainText(`${w("sheet.last_year")}+3.8%212`);
  await panel(page).getByText(w("inspector.known")).click();
  await fill(page, "inspector.field_capacity", "440");
  await expect(beside).toContainText(w("inspector.used", { percent: "50.0%" }));
  await fill(page, "inspector.field_submitted", "200");
  await expect(beside).toContainText(`${w("inspector.gap")}-9.1%-20`);
  await axe(page);
  await undo(page);
  await expect(beside).not.toContainText(w("inspector.gap"));
  await choose(page, "资深四", "Q1");
  await expect(beside).toHaveCount(0);
});
