// Earlier versions of a plan: kept by themselves and by name, looked at without a change, brought back and that taken back;
// and all plans with them as one file, out and in again.
import { readFileSync, writeFileSync } from "node:fs";
import { fromTemplate, goTo, keptPlans, start, stored } from "../support/plans.mjs";
import { expectCell, figures, put } from "../support/sheet.mjs";
import { axe, expect, looks, open, test } from "../support/test.mjs";
import { words } from "../support/words.mjs";

const dialog = (page, w) => page.getByRole("dialog", { name: w("store.versions") });
const list = (page, w) => page.getByRole("banner").getByRole("button", { name: w("store.versions"), exact: true });
const row = (page, w, name) => dialog(page, w).getByRole("listitem").filter({ hasText: name });
const planTexts = async (page) => Object.fromEntries(Object.entries(await stored(page)).filter(([key]) => key.startsWith("stp1:plan:")));

for (const look of looks) {
  test.describe(look.name, () => {
    test.use(look.use);

    test("a version gets a name, is looked at, brought back, and that is taken back", async ({ page }) => {
      const { locale } = look.use;
      const w = words(locale);
      const year = w("sheet.year");
      const [root, south] = locale === "zh-CN" ? ["电商事业部", "华南大区"] : ["E-commerce division", "South region"];
      await start(page, "ecommerce-percent", locale);
      await put(page, root, year, locale === "zh-CN" ? "1300" : "13,000");
      const early = await figures(page);
      await list(page, w).click();
      await expect(dialog(page, w)).toContainText(w("store.automatic"));
      await dialog(page, w).getByRole("textbox", { name: w("store.version_name") }).fill("v1 老板");
      await dialog(page, w).getByRole("button", { name: w("store.save_version") }).click();
      await expect(row(page, w, "v1 老板")).toContainText(w("store.same"));
      await axe(page);
      await page.keyboard.press("Escape");
      await put(page, south, year, locale === "zh-CN" ? "400" : "4,000");
      const late = await figures(page);
      expect(late).not.toEqual(early);

      // Looking changes nothing.
      const before = await stored(page);
      await list(page, w).click();
      await expect(row(page, w, "v1 老板")).toContainText(w("store.altered", { count: 1 }).replace(/^\d+ /, ""));
      await row(page, w, "v1 老板").getByRole("button", { name: new RegExp(`^${w("store.look")}`) }).click();
      const banner = page.getByRole("region").filter({ hasText: w("store.earlier_text") });
      await expect(banner).toContainText("v1 老板");
      await expect.poll(() => figures(page)).toEqual(early);
      await axe(page);
      await expect.poll(() => stored(page)).toEqual(before);
      await page.reload();
      await expect.poll(() => figures(page), "a reload comes back to the plan as it is").toEqual(late);
      await expect.poll(() => stored(page)).toEqual(before);

      await list(page, w).click();
      await row(page, w, "v1 老板").getByRole("button", { name: new RegExp(`^${w("store.restore")}`) }).click();
      await expect.poll(() => figures(page)).toEqual(early);
      await page.locator(".notice").getByRole("button", { name: w("shell.undo") }).click();
      await expect.poll(() => figures(page)).toEqual(late);
      await list(page, w).click();
      await expect(dialog(page, w)).toContainText(w("store.before_restore"));

      await row(page, w, "v1 老板").getByRole("button", { name: new RegExp(`^${w("store.name_it")}`) }).click();
      await row(page, w, "v1 老板").getByRole("textbox").fill("v2");
      await page.keyboard.press("Enter");
      await expect(row(page, w, "v2")).toBeVisible();
      await row(page, w, "v2").getByRole("button", { name: new RegExp(`^${w("start.remove")}`) }).click();
      await expect(row(page, w, "v2")).toHaveCount(0);
      await page.keyboard.press("Escape");
      await page.locator(".notice").getByRole("button", { name: w("shell.undo") }).click();
      await list(page, w).click();
      await expect(row(page, w, "v2")).toBeVisible();
    });
  });
}

test("7.5 test 9: what a backup replaces comes back with the same bytes", async ({ page }) => {
  const w = words();
  await start(page, "ecommerce-percent");
  await put(page, "电商事业部", "全年", "1300");
  await goTo(page, w("shell.page_start"));
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: w("store.backup_all") }).click()]);
  const path = await file.path();
  await goTo(page, w("shell.page_organisation"));
  await put(page, "华南大区", "全年", "400");
  await expect.poll(async () => JSON.stringify(await keptPlans(page)).includes("400000000")).toBe(true);
  const [mine] = Object.values(await keptPlans(page)).map((it) => it.plan);
  await goTo(page, w("shell.page_start"));
  await page.locator("input[type=file]").setInputFiles(path);
  const restore = page.getByRole("dialog", { name: w("store.backup_title") });
  await expect(restore).toContainText(w("store.standing_older"));
  await restore.getByRole("checkbox").check();
  await restore.getByRole("button", { name: w("store.backup_restore", { count: 1 }) }).click();
  await expect(page.locator(".notice")).toContainText(w("store.restored_all", { count: 1 }));
  expect(Object.values(await keptPlans(page))[0].plan).not.toEqual(mine);
  await goTo(page, w("shell.page_organisation"));
  await expectCell(page, "电商事业部", "全年", "1,300.00");
  await list(page, w).click();
  await row(page, w, w("store.before_replace")).getByRole("button", { name: new RegExp(`^${w("store.restore")}`) }).click();
  await expectCell(page, "华南大区", "全年", `${w("sheet.typed")} 400.00`);
  expect(JSON.stringify(Object.values(await keptPlans(page))[0].plan)).toBe(JSON.stringify(mine));
});

test("7.5 test 20: a table that is looked at and left changes no byte; one that comes in leaves a version from before", async ({ page }) => {
  const w = words();
  await start(page, "ecommerce-percent");
  await put(page, "电商事业部", "全年", "1300");
  await expect.poll(async () => JSON.stringify(await keptPlans(page)).includes("1300000000")).toBe(true);
  const before = await stored(page);
  const table = "大区\t姓名\t去年（万元）\n华东\t甲\t300\n华东\t乙\t100\n";
  const dialog = page.getByRole("dialog", { name: w("table.title") });
  const look = async () => {
    await goTo(page, w("shell.page_start"));
    await page.getByRole("main").getByRole("button", { name: w("start.table"), exact: false }).click();
    await dialog.getByRole("textbox").first().fill(table);
    await expect(dialog.getByRole("button", { name: w("table.replace") })).toBeEnabled();
  };
  await look();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect.poll(() => stored(page)).toEqual(before);
  await goTo(page, w("shell.page_organisation"));
  await expectCell(page, "电商事业部", "全年", "1,300.00");
  await look();
  await dialog.getByRole("button", { name: w("table.replace") }).click();
  await expect(dialog).toBeHidden();
  await list(page, w).click();
  await expect(row(page, w, w("store.before_import"))).toBeVisible();
});

for (const locale of ["zh-CN", "en-US"]) {
  test.describe(locale, () => {
    test.use({ locale });

    test("7.5 test 25: all plans go out as one file, everything is wiped, and they come back equal", async ({ page }, info) => {
      const w = words(locale);
      await start(page, "ecommerce-percent", locale);
      for (const example of ["saas", "education"]) {
        await goTo(page, w("shell.page_start"));
        await fromTemplate(page, example, locale);
      }
      await list(page, w).click();
      await dialog(page, w).getByRole("textbox", { name: w("store.version_name") }).fill("立项版");
      await dialog(page, w).getByRole("button", { name: w("store.save_version") }).click();
      await expect(row(page, w, "立项版")).toBeVisible();
      await page.keyboard.press("Escape");
      await goTo(page, w("shell.page_start"));
      const before = await keptPlans(page);
      const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: w("store.backup_all") }).click()]);
      const path = info.outputPath("backup.json");
      writeFileSync(path, readFileSync(await file.path()));
      // The app leaves first, so that it writes nothing after the wipe.
      await page.route("**/blank.html", (route) => route.fulfill({ contentType: "text/html", body: "" }));
      await page.goto("./blank.html");
      await page.evaluate(async () => {
        localStorage.clear();
        sessionStorage.clear();
        await new Promise((resolve) => Object.assign(indexedDB.deleteDatabase("stp"), { onsuccess: resolve }));
      });
      await open(page);
      await expect(page.locator(".plan")).toHaveCount(0);
      await page.locator("input[type=file]").setInputFiles(path);
      const restore = page.getByRole("dialog", { name: w("store.backup_title") });
      await expect(restore.getByRole("listitem")).toHaveCount(3);
      await expect(restore.getByText(w("store.standing_new"))).toHaveCount(3);
      await axe(page);
      expect(await planTexts(page), "nothing is written while one looks").toEqual({});
      await restore.getByRole("button", { name: w("store.backup_restore", { count: 3 }) }).click();
      await expect(page.locator(".plan")).toHaveCount(3);
      const plans = (all) => Object.fromEntries(Object.entries(all).sort().map(([id, it]) => [id, it.plan]));
      expect(plans(await keptPlans(page))).toEqual(plans(before));
      expect(Object.values(await stored(page)).filter((it) => it.includes("立项版"))).toHaveLength(1);
      // The same once more changes nothing.
      await page.locator("input[type=file]").setInputFiles(path);
      await expect(restore.getByText(w("store.standing_same"))).toHaveCount(3);
      await expect(restore.getByRole("button", { name: w("store.backup_restore", { count: 0 }) })).toBeDisabled();
      await page.keyboard.press("Escape");
      expect(plans(await keptPlans(page))).toEqual(plans(before));
      // A file that is no whole backup says so.
      writeFileSync(path, readFileSync(path, "utf8").slice(0, 5_000));
      await page.locator("input[type=file]").setInputFiles(path);
      await expect(page.getByRole("alert")).toContainText(w("store.not_a_backup"));
    });
  });
}
