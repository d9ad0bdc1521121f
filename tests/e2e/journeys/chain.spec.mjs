// Three dimensions at once, as one who takes the plan into a spreadsheet goes: a file, and every sum of it on the page.
import { readFileSync } from "node:fs";
import { goTo, start } from "../support/plans.mjs";
import { expectCell } from "../support/sheet.mjs";
import { expect, open, test } from "../support/test.mjs";
import { words } from "../support/words.mjs";

async function exported(page, w) {
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: w("chain.export") }).click();
  const file = await download;
  const text = readFileSync(await file.path(), "utf8");
  const cells = (line) => [...line.matchAll(/"((?:[^"]|"")*)"/g)].map((it) => it[1].replaceAll('""', '"'));
  const [heads, ...rows] = text.trimEnd().split("\r\n").map(cells);
  return { name: file.suggestedFilename(), text, heads, rows };
}

// What the rows come to by the name in one of the columns, the last of its path, in fen.
function sums(rows, column) {
  const sums = new Map();
  for (const row of rows) {
    const name = row[column].split(" / ").at(-1);
    sums.set(name, (sums.get(name) ?? 0) + Number(row[3].replace(".", "")));
  }
  return sums;
}

for (const locale of ["zh-CN", "en-US"]) {
  test.describe(locale, () => {
    test.use({ locale });

    test("people, months and products as one file, which adds up to what the sheets say", async ({ page }) => {
      const w = words(locale);
      const chinese = locale === "zh-CN";
      await start(page, "ecommerce-percent", locale);
      await goTo(page, w("shell.page_mix"));
      const { name, text, heads, rows } = await exported(page, w);
      expect(name).toMatch(/\.csv$/);
      expect(text.startsWith("\ufeff")).toBe(true);
      expect(heads.slice(0, 3)).toEqual(chinese ? ["组织", "月份", "产品"] : ["Organisation", "Month", "Products"]);
      const [people, months, products] = [0, 1, 2].map((column) => sums(rows, column));
      expect(months.size).toBe(12);
      expect(rows).toHaveLength(people.size * 12 * products.size);
      expect([...months.values()].reduce((sum, it) => sum + it)).toBe(1_200_000_000);
      const count = rows.length.toLocaleString("en-US");
      await expect(page.getByRole("status").filter({ hasText: count }).first()).toBeVisible();

      await page.getByRole("button", { name: w("sheet.to_the_unit") }).click();
      const shown = (fen) => (fen / 100).toLocaleString("en-US", { minimumFractionDigits: 2 });
      await page.getByRole("combobox", { name: w("sheet.unit") }).selectOption("0");
      const all = chinese ? "全部产品" : "All products";
      for (const [person, fen] of people) await expectCell(page, person, all, shown(fen));
      const root = chinese ? "电商事业部" : "E-commerce division";
      for (const [product, fen] of products) await expectCell(page, root, product, shown(fen));
    });
  });
}

test("more rows than a spreadsheet holds are not written, and the page says how many there would be", async ({ page }) => {
  const w = words();
  const plan = JSON.parse(readFileSync(new URL("../../golden/plan-v1.json", import.meta.url), "utf8"));
  const flat = (many, name) => ({
    root: 0,
    next: many + 1,
    nodes: Object.fromEntries(
      Array.from({ length: many + 1 }, (_, id) => [
        id,
        id === 0 ? { name: "", children: Array.from({ length: many }, (_, child) => child + 1) } : { name: `${name}${id}` },
      ]),
    ),
  });
  plan.trees.organisation = flat(2_000, "人");
  plan.trees.product = flat(50, "产品");
  delete plan.cells;
  await open(page);
  const file = { name: "大.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(plan)) };
  await page.locator("input[type=file]").setInputFiles(file);
  await expect(page).toHaveURL(/#\/organisation$/);
  await goTo(page, w("shell.page_mix"));
  await page.getByRole("button", { name: w("chain.export") }).click();
  const said = w("chain.too_many", { cells: "1,200,000", most: "1,000,000" });
  await expect(page.getByRole("status").filter({ hasText: said })).toBeVisible();
});
