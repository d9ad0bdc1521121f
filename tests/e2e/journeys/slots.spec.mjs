// What lies in storage is harmed, cut or of an older form: the version before is opened, nothing is thrown away, and that is
// said.
import { readFileSync } from "node:fs";
import { goTo, keptPlans, start, stored } from "../support/plans.mjs";
import { expectCell, figures, put } from "../support/sheet.mjs";
import { axe, expect, open, test } from "../support/test.mjs";
import { words } from "../support/words.mjs";

const w = words();
const plans = (page) => page.locator(".plan");
const planKeys = async (page) => Object.keys(await stored(page)).filter((key) => key.startsWith("stp1:plan:"));
const setAll = (page, texts) => page.evaluate((texts) => Object.entries(texts).forEach(([key, text]) => localStorage.setItem(key, text)), texts);
const wipeJournal = (page) => page.evaluate(() => new Promise((resolve) => Object.assign(indexedDB.deleteDatabase("stp"), { onsuccess: resolve })));

test("7.5 test 11: one slot cut, the other opens and says so, and the cut one can be taken out; both cut, the list has both", async ({ page }) => {
  await start(page, "ecommerce-percent");
  await put(page, "电商事业部", "全年", "1300");
  await put(page, "华南大区", "全年", "400");
  await expect.poll(async () => (await planKeys(page)).length).toBe(2);
  await goTo(page, w("shell.page_start"));
  await page.getByRole("main").getByRole("button", { name: w("start.saas_name") }).click();
  await expect(page.getByRole("treegrid")).toBeVisible();
  const before = await stored(page);
  const [id] = Object.entries(await keptPlans(page)).find(([, it]) => it.plan.title.includes("电商"));
  const keys = [`stp1:plan:${id}:a`, `stp1:plan:${id}:b`];
  const revOf = (key) => Number(before[key].split(" ")[2]);
  const [older, newer] = revOf(keys[0]) < revOf(keys[1]) ? keys : [...keys].reverse();
  const half = (key) => before[key].slice(0, before[key].length / 2);

  await setAll(page, { [newer]: half(newer) });
  await wipeJournal(page);
  await page.reload();
  await goTo(page, w("shell.page_start"));
  await page.getByRole("button", { name: /电商团队目标$/ }).first().click();
  await expectCell(page, "电商事业部", "全年", "1,300.00");
  const banner = page.getByRole("region", { name: w("store.harmed_title") });
  await expect(banner).toBeVisible();
  await axe(page);
  const [file] = await Promise.all([page.waitForEvent("download"), banner.getByRole("button", { name: w("store.save_harmed") }).click()]);
  expect(readFileSync(await file.path(), "utf8")).toBe(half(newer));
  // Work goes on; what could not be read is still there after many saves.
  for (const amount of ["1310", "1320", "1330"]) await put(page, "电商事业部", "全年", amount);
  await expect.poll(async () => Object.values(await stored(page)).includes(half(newer))).toBe(true);
  await page.reload();
  await expectCell(page, "电商事业部", "全年", "1,330.00");
  await page.getByRole("button", { name: w("store.versions"), exact: true }).click();
  const dialog = page.getByRole("dialog", { name: w("store.versions") });
  await expect(dialog).toContainText(w("store.harmed_copies", { count: 1 }));
  await page.keyboard.press("Escape");

  await setAll(page, { [newer]: half(newer), [older]: half(older) });
  await wipeJournal(page);
  await page.reload();
  await goTo(page, w("shell.page_start"));
  const damaged = plans(page).filter({ hasText: w("start.damaged") });
  await expect(damaged).toContainText(w("store.harmed"));
  await axe(page);
  const files = [];
  page.on("download", (it) => files.push(it));
  await damaged.getByRole("button", { name: new RegExp(w("start.save_stored")) }).click();
  await expect.poll(() => files.length).toBe(2);
  expect(readFileSync(await files[0].path(), "utf8").startsWith("stp2 ")).toBe(true);
  await plans(page).filter({ hasText: "付费客户" }).locator(".plan__open").click();
  await expect(page.getByRole("treegrid"), "other plans open as ever").toBeVisible();
});

test("7.5 test 18: plans of the form before and of every format are read, move to slots, and nothing of them is lost", async ({ page }) => {
  await open(page);
  const golden = ["plan-v1.json", "plan-v2.json", "plan-v3.json"].map((name) => readFileSync(new URL(`../../golden/${name}`, import.meta.url), "utf8"));
  const texts = Object.fromEntries(golden.map((json, at) => [`stp1:plan:000000000000000${at + 1}`, `{"saved":${at + 5},"plan":${json}}`]));
  await setAll(page, texts);
  await page.reload();
  await expect(plans(page)).toHaveCount(3);
  await plans(page).last().locator(".plan__open").click();
  await page.getByRole("banner").getByRole("textbox", { name: w("shell.title") }).fill("搬家");
  await page.keyboard.press("Enter");
  await expect.poll(async () => (await keptPlans(page))["0000000000000001"]?.plan.title).toBe("搬家");
  const after = await stored(page);
  for (const key of Object.keys(texts)) expect(after[key], "until both slots are written").toBe(texts[key]);
  // The text of the older format is one of the earlier versions, as it was.
  const [snapshot] = Object.keys(after).filter((key) => key.startsWith("stp1:snap:0000000000000001:"));
  expect(after[snapshot].endsWith(golden[0].trim())).toBe(true);
  await page.reload();
  await expect(page.getByRole("banner").getByRole("textbox", { name: w("shell.title") })).toHaveValue("搬家");
  await page.getByRole("button", { name: w("store.versions"), exact: true }).click();
  await expect(page.getByRole("dialog", { name: w("store.versions") })).toContainText(w("store.before_migration"));
});
