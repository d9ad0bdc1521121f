// What the engine has to say about a plan: one goes from it to the place, and settles it in one step that can be undone.
import { goTo, start } from "../support/plans.mjs";
import { choose, expectCell, expectKeys, status } from "../support/sheet.mjs";
import { axe, expect, test } from "../support/test.mjs";
import { words } from "../support/words.mjs";

const w = words();
const panel = (page) => page.getByRole("complementary", { name: w("inspector.title") });
const findings = (page) => page.getByRole("region", { name: w("finding.title") });
const finding = (page, text) => findings(page).getByRole("listitem").filter({ hasText: text });

async function fill(page, key, text) {
  const field = panel(page).getByLabel(w(key), { exact: false }).first();
  await field.fill(text);
  await field.blur();
}

test("U20: percentages off 100 are scaled by one click, and back by another", async ({ page }) => {
  await start(page, "ecommerce-percent");
  await choose(page, "华南大区", "全年");
  await fill(page, "inspector.field_percent", "60");
  const off = finding(page, "125%");
  await expect(off).toBeVisible();
  await expect(off.getByRole("button", { name: w("finding.remedy_tolerance", { percent: "25" }) })).toBeVisible();
  await axe(page);
  await off.getByRole("button", { name: w("finding.remedy_percent") }).click();
  await expect(off).toHaveCount(0);
  await choose(page, "华南大区", "全年");
  await expect(panel(page).getByLabel(w("inspector.field_percent"), { exact: false }).first()).toHaveValue("48");
  await expect(status(page)).toContainText("✓");
  await page.getByRole("banner").getByRole("button", { name: w("shell.undo") }).click();
  await expect(finding(page, "125%")).toBeVisible();
});

test("N13: from a finding to its place, and a cap that cannot be kept is raised, by keys alone", async ({ page }) => {
  await start(page, "ecommerce-percent");
  await choose(page, "私域与新渠道", "全年");
  await panel(page).getByText(w("inspector.bounds")).click();
  await fill(page, "inspector.field_cap", "100");
  await choose(page, "资深六", "全年");
  await panel(page).getByText(w("inspector.bounds")).click();
  await fill(page, "inspector.field_floor", "150");
  const broken = findings(page).getByRole("listitem").first();
  await expect(broken).toContainText("私域与新渠道");
  // Folded away, it is shown again.
  await choose(page, "私域与新渠道", "全年");
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowLeft");
  const way = findings(page).getByRole("listitem").filter({ hasText: "资深六" }).last();
  await way.getByRole("button", { name: w("finding.go_to") }).press("Enter");
  await expect(panel(page).getByRole("heading").first()).toContainText("资深六");
  await expectKeys(page);
  const raise = findings(page).getByRole("button", { name: w("finding.remedy_cap", { amount: "1,500,000 元" }) });
  await raise.first().press("Enter");
  await expectCell(page, "私域与新渠道", "全年", "150.00");
  await expect(findings(page).getByText(w("finding.error"))).toHaveCount(0);
  await expect(status(page)).toContainText("✓");
});

test("from another page's sheet one comes to the sheet of the finding", async ({ page }) => {
  await start(page, "ecommerce-percent");
  await choose(page, "华南大区", "全年");
  await fill(page, "inspector.field_percent", "60");
  await goTo(page, w("shell.page_product"));
  await finding(page, "125%").getByRole("button", { name: w("finding.go_to") }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(w("sheet.title_organisation"));
  await expect(panel(page).getByRole("heading").first()).toContainText("电商事业部");
});
