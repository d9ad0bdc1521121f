// How a sheet is looked at: who is looked for, in which order, what has changed, and what the cells show beside amounts.
import { goTo, start } from "../support/plans.mjs";
import { choose, expectCell, figures, grid, put, type } from "../support/sheet.mjs";
import { axe, expect, looks, test } from "../support/test.mjs";
import { words } from "../support/words.mjs";

const w = words();
const bar = (page) => page.getByRole("search", { name: w("sheet.search_bar") });
const query = (page) => bar(page).getByRole("searchbox");
const choice = (page, key) => page.getByLabel(w(key), { exact: true });
const names = async (page) => (await figures(page)).map(([name]) => name.split(" ")[0]);

test("U71: a row is found by a part of its name, by its tag and by the first letters of pinyin", async ({ page }) => {
  await start(page, "ecommerce-percent");
  const all = await names(page);
  await query(page).fill("hndq");
  await expect(bar(page).getByRole("status")).toContainText(`${all.length - 1}`);
  await expect.poll(() => names(page)).toEqual(["电商事业部", "华南大区", "资深四", "资深五"]);
  await query(page).fill("资深四");
  await expect.poll(() => names(page)).toEqual(["电商事业部", "华南大区", "资深四"]);
  // Whoever is found is edited like anybody else.
  await put(page, "资深四", "全年", "200");
  await expectCell(page, "资深四", "全年", `${w("sheet.typed")} 200`);
  await query(page).fill("nobody");
  await expect.poll(() => names(page)).toEqual(["电商事业部"]);
  await query(page).press("Escape");
  await expect(query(page)).toHaveValue("");
  await expect.poll(() => names(page)).toEqual(all);
});

test("siblings stand by what is shown of them, and by name, and stay so until they are put in order again", async ({ page }) => {
  await start(page, "ecommerce-percent");
  const regions = async () => (await names(page)).filter((it) => it.endsWith("大区"));
  const before = await regions();
  await choice(page, "sheet.order").selectOption(w("sheet.order_smallest"));
  await expect.poll(regions).not.toEqual(before);
  const amounts = async () => {
    const rows = await figures(page);
    return rows.filter(([name]) => name.includes("大区")).map((it) => Number(it[2].replace(/[^\d.]/g, "")));
  };
  const rising = await amounts();
  expect(rising).toEqual([...rising].sort((one, other) => one - other));
  const standing = await regions();
  await put(page, standing[0], "全年", "500");
  await expect.poll(() => regions()).toEqual(standing);
  await choice(page, "sheet.order").selectOption(w("sheet.order_name"));
  await expect.poll(regions).toEqual([...before].sort(new Intl.Collator("zh-u-co-pinyin").compare));
  await choice(page, "sheet.order").selectOption(w("sheet.order_plan"));
  await expect.poll(regions).toEqual(before);
});

test("only what changed since the plan was opened is shown, and by how much", async ({ page }) => {
  await start(page, "ecommerce-percent");
  const changed = bar(page).getByRole("button", { name: w("sheet.only_changed") });
  await changed.click();
  await expect.poll(() => names(page)).toEqual(["电商事业部"]);
  await changed.click();
  await put(page, "华南大区", "全年", "400");
  await changed.click();
  await expect.poll(() => names(page)).toContain("华南大区");
  await choice(page, "sheet.show").selectOption(w("sheet.show_change"));
  await expectCell(page, "华南大区", "全年", `${w("sheet.typed")} -20.00`);
  await expectCell(page, "电商事业部", "全年", "–");
  await page.getByRole("banner").getByRole("button", { name: w("shell.undo") }).click();
  await expect.poll(() => names(page)).toEqual(["电商事业部"]);
  await changed.click();
  await expectCell(page, "华南大区", "全年", "–");
});

test("U20: shares of all, use of capacity and amounts per head are shown, and typed", async ({ page }) => {
  await start(page, "ecommerce-percent");
  const show = choice(page, "sheet.show");
  await show.selectOption(w("sheet.show_of_total"));
  await expectCell(page, "华南大区", "全年", "35.0%");
  await put(page, "华南大区", "全年", "30%");
  await expectCell(page, "华南大区", "全年", `${w("sheet.typed")} 30.0%`);
  await show.selectOption(w("sheet.show_per_head"));
  // 360 of a region of two.
  await expectCell(page, "华南大区", "全年", `${w("sheet.typed")} 180.00`);
  await put(page, "华南大区", "全年", "200");
  await show.selectOption(w("sheet.show_amount"));
  await expectCell(page, "华南大区", "全年", `${w("sheet.typed")} 400.00`);
  await show.selectOption(w("sheet.show_capacity"));
  // Of the 300 that the people there can bring, 209.52 are asked for.
  await expectCell(page, "资深四", "全年", "69.8%");
  await choose(page, "资深四", "全年");
  await page.getByRole("complementary").getByText(w("inspector.known")).click();
  const capacity = page.getByRole("complementary", { name: w("inspector.title") }).getByLabel(w("inspector.field_capacity"), { exact: false }).first();
  await capacity.fill("400");
  await capacity.blur();
  await put(page, "资深四", "全年", "50%");
  await expectCell(page, "资深四", "全年", `${w("sheet.typed")} 50.0%`);
  await show.selectOption(w("sheet.show_amount"));
  await expectCell(page, "资深四", "全年", `${w("sheet.typed")} 200.00`);
  // Of products nobody knows what they are able to bring.
  await goTo(page, w("shell.page_product"));
  await show.selectOption(w("sheet.show_capacity"));
  await expectCell(page, "服饰", "全年", "–");
  await type(page, "服饰", "全年", "90");
  await expect(page.locator(".sheet__frame").getByRole("alert")).toHaveText(w("sheet.no_capacity"));
});

for (const look of looks) {
  test.describe(look.name, () => {
    test.use(look.use);

    test("a tint by deviation says with a mark who has less than usual", async ({ page }) => {
      const { locale } = look.use;
      const l = words(locale);
      await start(page, "ecommerce-percent", locale);
      const first = grid(page).getByRole("row").nth(2).getByRole("gridcell").nth(3);
      await first.click();
      await page.keyboard.type("60");
      await page.keyboard.press("Enter");
      await page.getByLabel(l("sheet.tint"), { exact: true }).selectOption(l("sheet.tint_deviation"));
      await expect(first).toHaveAttribute("data-heat", "-4");
      const mark = await first.evaluate((it) => getComputedStyle(it, "::before").content);
      expect(mark).toContain("▼");
      await expect(grid(page).locator('[data-heat^="-"]').first()).toBeVisible();
      await axe(page);
      await page.getByLabel(l("sheet.tint"), { exact: true }).selectOption(l("sheet.tint_nothing"));
      await expect(grid(page).locator("[data-heat]")).toHaveCount(0);
    });
  });
}
