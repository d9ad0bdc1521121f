// The palette, the keys and a meeting: what can be done is found by a few letters, in either language, without a mouse.
import { readFileSync } from "node:fs";
import { start } from "../support/plans.mjs";
import { choose, expectCell, expectKeys, grid, row } from "../support/sheet.mjs";
import { axe, expect, test } from "../support/test.mjs";
import { words } from "../support/words.mjs";

const w = words();
const palette = (page, said = w) => page.getByRole("dialog", { name: said("command.palette") });
const options = (page) => palette(page).getByRole("option");

/** Opens the palette, types, and takes the first that is found. */
async function command(page, typed) {
  await page.keyboard.press("Control+k");
  await expect(palette(page).getByRole("combobox")).toBeFocused();
  await page.keyboard.type(typed);
  await page.keyboard.press("Enter");
}

test("what can be done is found in Chinese, in English and by pinyin", async ({ page }) => {
  await start(page, "ecommerce-percent");
  await choose(page, "资深一", "全年");
  for (const typed of ["锁定", "lock", "sd/js"]) {
    await page.keyboard.press("Control+k");
    await palette(page).getByRole("combobox").fill(typed);
    await expect(options(page).first()).toContainText(w("sheet.lock"));
    await axe(page);
    await page.keyboard.press("Escape");
    await expect(palette(page)).toBeHidden();
  }
  await expectKeys(page);
  await command(page, "锁定");
  await expectCell(page, "资深一", "全年", `${w("sheet.locked")} 150.00`);
  await command(page, "undo");
  await expectCell(page, "资深一", "全年", "150.00");
  await command(page, "months");
  await expect(grid(page).getByRole("columnheader", { name: "1月", exact: true })).toBeVisible();
});

test("people and pages are found by their names, and nothing is said to be nothing", async ({ page }) => {
  await start(page, "ecommerce-percent");
  await command(page, "zss");
  const panel = page.getByRole("complementary", { name: w("inspector.title") });
  await expect(panel.getByRole("heading").first()).toContainText("资深三");
  await command(page, "calendar");
  await expect(page.getByRole("heading", { level: 1 })).toContainText(w("shell.page_calendar"));
  await page.keyboard.press("Control+k");
  await palette(page).getByRole("combobox").fill("qqqq");
  await expect(options(page)).toHaveCount(0);
  await expect(palette(page).getByRole("status")).toContainText("qqqq");
  await palette(page).getByRole("combobox").fill("");
  await page.keyboard.press("ArrowUp");
  await expect(options(page).last()).toHaveAttribute("aria-selected", "true");
  await expect(options(page).last()).toBeInViewport();
  await page.keyboard.press("ArrowDown");
  await expect(options(page).first()).toHaveAttribute("aria-selected", "true");
});

test("U71: every picture of the page, and the plan as a workbook or a table, is saved by its name", async ({ page }) => {
  const saved = async (typed) => {
    const coming = page.waitForEvent("download");
    await command(page, typed);
    const file = await coming;
    return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
  };
  await start(page, "ecommerce-percent");
  await expect(page.getByRole("figure").getByRole("img").first()).toBeVisible();
  for (const [typed, ending, begins] of [
    [w("chart.save_as", { name: w("chart.year"), kind: "PNG" }), "png", "\x89PNG"],
    [words("en-US")("chart.save_as", { name: words("en-US")("chart.year"), kind: "SVG" }), "svg", "<svg"],
    [w("chart.save_as", { name: w("chart.carrier"), kind: "CSV" }), "csv", ""],
    ["excel", "xlsx", "PK"],
    [words("en-US")("command.save_table"), "csv", ""],
    [w("command.save_fill"), "xlsx", "PK"],
  ]) {
    const { name, bytes } = await saved(typed);
    expect(name, typed).toMatch(new RegExp(`\\.${ending}$`));
    expect(bytes.length, typed).toBeGreaterThan(200);
    expect(bytes.toString("latin1").startsWith(begins), typed).toBe(true);
  }
  // Another picture of the sheet is shown by its name, and then saved by it; one that does not hang cannot be.
  const heat = w("chart.save_as", { name: w("chart.heat"), kind: "SVG" });
  await page.keyboard.press("Control+k");
  await palette(page).getByRole("combobox").fill(heat);
  await expect(options(page).filter({ hasText: heat })).toHaveCount(0);
  await page.keyboard.press("Escape");
  await command(page, w("command.show_picture", { name: w("chart.heat") }));
  await expect(page.getByRole("button", { name: w("chart.heat"), exact: true })).toBeFocused();
  await expect(page.getByRole("figure").getByRole("img").first()).toBeVisible();
  expect((await saved(heat)).name).toContain(w("chart.heat"));
});

test("a hand faster than the page: the palette that was just left opens again", async ({ page }) => {
  await start(page, "ecommerce-percent");
  const open = async () => {
    await page.keyboard.press("Control+k");
    await expect(palette(page).getByRole("combobox")).toBeFocused();
  };
  // Left by a key and by a choice; the page is told of the closing after the next key has come, or before it.
  for (let time = 0; time < 8; time++) {
    for (const leave of ["Escape", "Enter"]) {
      await open();
      await page.keyboard.type("全年");
      await Promise.all([page.keyboard.press(leave), page.keyboard.press("Control+k")]);
      await expect(palette(page).getByRole("combobox")).toHaveValue("");
      await page.keyboard.press("Escape");
      await expect(palette(page)).toBeHidden();
    }
  }
});

test("the keys are listed on one sheet, by one key", async ({ page }) => {
  await start(page, "ecommerce-percent");
  await choose(page, "资深一", "全年");
  await page.keyboard.press("?");
  const sheet = page.getByRole("dialog", { name: w("command.shortcuts") });
  await expect(sheet).toBeVisible();
  await expect(sheet).toContainText("Ctrl+K");
  await axe(page);
  await page.keyboard.press("Escape");
  await expect(sheet).toBeHidden();
});

test("a meeting: one key, large figures, people without names, and back", async ({ page }) => {
  await start(page, "ecommerce-percent");
  await choose(page, "资深一", "全年");
  await page.keyboard.press("F9");
  await expect(page.getByRole("navigation")).toBeHidden();
  await expect(row(page, "资深一")).toBeVisible();
  await command(page, "hide names");
  await expect(row(page, "资深一")).toHaveCount(0);
  await expect(row(page, "华东大区")).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("F9");
  await expect(page.getByRole("navigation")).toBeVisible();
  await command(page, "隐藏人名");
  await expect(row(page, "资深一")).toBeVisible();
});

test("the palette speaks the language in force", async ({ page }) => {
  await start(page, "ecommerce-percent");
  await command(page, "English");
  const en = words("en-US");
  await page.getByRole("banner").getByRole("button", { name: en("command.palette") }).click();
  await expect(palette(page, en)).toBeVisible();
  await expect(palette(page, en).getByRole("option").filter({ hasText: en("command.meeting") })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("banner").getByRole("button", { name: en("command.palette") }).click();
  await palette(page, en).getByRole("option", { name: `${en("shell.page_product")} ${en("command.kind_page")}`, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(en("sheet.title_product"));
});
