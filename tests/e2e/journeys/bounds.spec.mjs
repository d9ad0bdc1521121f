// What a node takes at least and at most, what its parts are scored by, and what a typed number moves: entered in the
// panel and in the sheet, as one who divides a target does.
import { start } from "../support/plans.mjs";
import { choose, expectCell, put, row, status } from "../support/sheet.mjs";
import { axe, expect, test } from "../support/test.mjs";
import { words } from "../support/words.mjs";

const w = words();
const panel = (page) => page.getByRole("complementary", { name: w("inspector.title") });
const labelled = (page, key, args) => panel(page).getByLabel(w(key, args), { exact: false });

async function fill(page, key, text, args) {
  await labelled(page, key, args).first().fill(text);
  await labelled(page, key, args).first().press("Tab");
}

test("U3: a cap holds a person back, the others make room, and it survives reload and undo", async ({ page }) => {
  await start(page, "ecommerce-percent");
  await choose(page, "资深一", "全年");
  await panel(page).getByText(w("inspector.bounds")).click();
  await fill(page, "inspector.field_cap", "100");
  await expectCell(page, "资深一", "全年", "100.00");
  await expectCell(page, "资深二", "全年", "130.30");
  await expectCell(page, "直播团队", "全年", "315.00");
  await expect(status(page)).toContainText("✓");
  await axe(page);
  await page.reload();
  await expectCell(page, "资深一", "全年", "100.00");
  await choose(page, "资深一", "全年");
  await fill(page, "inspector.field_floor", "120");
  await expect(page.getByRole("main")).toContainText(/最少|下限|至少/);
  await page.getByRole("banner").getByRole("button", { name: w("shell.undo") }).click();
  await expectCell(page, "资深一", "全年", "100.00");
});

test("an increment rounds a person to whole tens of thousands", async ({ page }) => {
  await start(page, "ecommerce-percent");
  await choose(page, "资深一", "全年");
  await panel(page).getByText(w("inspector.bounds")).click();
  await fill(page, "inspector.field_cap", "99.5");
  await fill(page, "inspector.field_increment", "1");
  await expectCell(page, "资深一", "全年", "99.00");
  await expectCell(page, "直播团队", "全年", "315.00");
  await expect(status(page)).toContainText("✓");
});

test("S2-10: regions share by factors with weights, and by what each scores", async ({ page }) => {
  await start(page, "ecommerce-percent");
  await choose(page, "电商事业部", "全年");
  await panel(page).getByRole("combobox").first().selectOption("Score");
  await fill(page, "inspector.field_factors", "潜力 60\n业绩：40");
  for (const [name, potential, results] of [["华东大区", "3", "1"], ["华南大区", "2", "1"], ["私域与新渠道", "1", "2"]]) {
    await choose(page, name, "全年");
    await fill(page, "inspector.field_score", potential, { factor: "潜力" });
    await fill(page, "inspector.field_score", results, { factor: "业绩" });
  }
  // 0.6 x 3/6 + 0.4 x 1/4 = 40 %, 30 %, and 0.6 x 1/6 + 0.4 x 2/4 = 30 %.
  await expectCell(page, "华东大区", "全年", "480.00");
  await expectCell(page, "华南大区", "全年", "360.00");
  await expectCell(page, "私域与新渠道", "全年", "360.00");
  await expect(status(page)).toContainText("✓");
  await choose(page, "电商事业部", "全年");
  await fill(page, "inspector.field_factors", "潜力 很多");
  await expect(panel(page).getByRole("alert").filter({ hasText: "很多" })).toBeVisible();
  await expectCell(page, "华东大区", "全年", "480.00");
});

test("a typed number moves the siblings or the wholes above it, as chosen before it is typed", async ({ page }) => {
  await start(page, "ecommerce-amount");
  await put(page, "直播组", "全年", "600");
  await expectCell(page, "电商团队", "全年", "1,200.00");
  await page.getByRole("group", { name: w("sheet.above"), exact: true }).getByRole("button", { name: w("sheet.above_roll") }).click();
  await put(page, "直播组", "全年", "700");
  await expectCell(page, "电商团队", "全年", "1,300.00");
  await expectCell(page, "直播组", "全年", `${w("sheet.typed")} 700.00`);
  await expect(row(page, "内容组")).toBeVisible();
  await expect(status(page)).toContainText("✓");
});
