// Two trees against each other, neither of them time: customers by product, the organisation by channel, and so on.
import { copyLink, fromTemplate, goTo, keptPlans, start } from "../support/plans.mjs";
import { cell, columns, expectCell, grid, put, status } from "../support/sheet.mjs";
import { axe, expect, test } from "../support/test.mjs";
import { words } from "../support/words.mjs";

const rail = (page, w) => page.getByRole("navigation", { name: w("shell.pages") });
const amount = (text) => Number(text.replace(/[^\d.]/g, ""));

for (const locale of ["zh-CN", "en-US"]) {
  test.describe(locale, () => {
    test.use({ locale, permissions: ["clipboard-read", "clipboard-write"] });

    test("S0-19: where customers stand in their life, by product line, each cell with a goal of its own", async ({ page, browser }) => {
      const w = words(locale);
      const zh = locale === "zh-CN";
      const [line, fresh, repeated] = zh ? ["美妆", "新客户开发", "老客户复购"] : ["Beauty", "New customers", "Repeat purchases"];
      const all = zh ? "全部客户" : "All customers";
      await start(page, "ecommerce-percent", locale);
      await goTo(page, w("shell.page_product_customer"));
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(w("shell.page_product_customer"));
      await expect.poll(() => columns(page)).toContain(fresh);
      const of = async (column) => amount(await (await cell(page, line, column)).textContent());
      const whole = await of(all);
      // In ten thousands, or in thousands.
      const [one, other] = zh ? ["140.00", "150.00"] : ["1,400.00", "1,500.00"];
      await put(page, line, fresh, one);
      await expectCell(page, line, fresh, `${w("sheet.typed")} ${one}`);
      await put(page, line, repeated, other);
      await expectCell(page, line, fresh, `${w("sheet.typed")} ${one}`);
      await expect.poll(() => of(all)).toBe(whole);
      await expect(status(page)).toContainText("✓");
      await page.getByRole("banner").getByRole("button", { name: w("shell.undo") }).click();
      await expect(await cell(page, line, repeated)).not.toContainText(w("sheet.typed"));
      await page.getByRole("banner").getByRole("button", { name: w("shell.redo") }).click();
      await expectCell(page, line, repeated, `${w("sheet.typed")} ${other}`);
      await page.reload();
      await expectCell(page, line, repeated, `${w("sheet.typed")} ${other}`);
      // A colleague sees the same.
      const link = await copyLink(page, locale);
      const colleague = await (await browser.newContext({ locale })).newPage();
      await colleague.goto(link);
      await expect(grid(colleague)).toBeVisible();
      await goTo(colleague, w("shell.page_product_customer"));
      await expectCell(colleague, line, fresh, `${w("sheet.typed")} ${one}`);
      await colleague.context().close();
      await axe(page);
    });
  });
}

test("every two trees that are divided have a page, in the rail and in the palette, and no others", async ({ page }) => {
  const w = words();
  const pairs = ["organisation_customer", "organisation_channel", "product_customer", "product_channel", "customer_channel"];
  await start(page, "ecommerce-percent");
  for (const pair of pairs) {
    const name = w(`shell.page_${pair}`);
    await goTo(page, name);
    await expect(page).toHaveURL(new RegExp(`#/${pair.replace("_", "-")}$`));
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
    await expect(grid(page)).toBeVisible();
  }
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog", { name: w("command.palette") });
  await palette.getByRole("combobox").fill("Customers × channels");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/#\/customer-channel$/);

  // Its customers are not divided: no page is offered, and the address of one shows what the other tree has.
  await goTo(page, w("shell.page_start"));
  await fromTemplate(page, "ecommerce-amount");
  await expect(rail(page, w).getByRole("link", { name: w("shell.page_organisation_channel") })).toBeVisible();
  await expect(rail(page, w).getByRole("link", { name: w("shell.page_customer_channel") })).toHaveCount(0);
  await page.evaluate(() => (location.hash = "#/customer-channel"));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(w("shell.page_customer_channel"));
  await expectCell(page, "全部客户", "全部场景", "1,200");
});

test("a table of more cells than are worked out says so, and every other page stays as it is", async ({ page }) => {
  const w = words();
  const many = (many, name) => {
    const ids = Array.from({ length: many }, (_, at) => at + 1);
    return { root: 0, next: many + 1, nodes: { 0: { name: "", children: ids }, ...Object.fromEntries(ids.map((id) => [id, { name: `${name}${id}` }])) } };
  };
  await start(page, "ecommerce-percent");
  const [{ plan }] = Object.values(await keptPlans(page));
  plan.trees.organisation = many(2_500, "人");
  plan.trees.customer = many(1_700, "客户");
  for (const key of ["cells", "capacity", "funnel"]) delete plan[key];
  await goTo(page, w("shell.page_start"));
  const file = { name: "大.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(plan)) };
  await page.locator("input[type=file]").setInputFiles(file);
  await expect(page).toHaveURL(/#\/organisation$/);
  await goTo(page, w("shell.page_organisation_customer"));
  const said = { rows: w("sheet.organisation"), columns: w("sheet.customer"), cells: "4,254,201", most: "4,000,000" };
  await expect(page.getByRole("main").getByRole("status").filter({ hasText: w("finding.table_too_large", said) })).toBeVisible();
  await expect(grid(page)).toHaveCount(0);
  await goTo(page, w("shell.page_organisation"));
  await expect(grid(page)).toBeVisible();
  await expect(status(page)).toContainText("✓");
});
