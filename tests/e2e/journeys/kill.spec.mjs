// The browser is killed, as a power cut or a frozen machine does: local storage may lose what is younger than forty seconds,
// the journal in IndexedDB loses nothing.
import { pause, profile } from "../support/browser.mjs";
import { goTo, start } from "../support/plans.mjs";
import { expectCell, put } from "../support/sheet.mjs";
import { expect, test } from "../support/test.mjs";
import { words } from "../support/words.mjs";

const w = words();

for (const seconds of [0, 1, 30]) {
  test(`7.5 test 10: an edit is there after the browser was killed ${seconds} s later`, async ({ baseURL }, info) => {
    test.setTimeout(120_000);
    const own = profile(info.project.use);
    try {
      const first = await own.start();
      const there = Object.assign(first.page, { goto: ((goto) => (url) => goto(new URL(url, baseURL).href))(first.page.goto.bind(first.page)) });
      await start(there, "ecommerce-percent");
      // The first writes of a session are lost more easily than later ones: let some be old.
      await pause(7_000);
      await put(there, "电商事业部", "全年", "1300");
      await put(there, "华南大区", "全年", "400");
      await pause(seconds * 1_000);
      await first.kill();

      const second = await own.start();
      await second.page.goto(baseURL);
      await expectCell(second.page, "华南大区", "全年", `${w("sheet.typed")} 400.00`);
      await expectCell(second.page, "电商事业部", "全年", "1,300.00");
      const lost = await second.page.getByRole("region", { name: w("store.healed_title") }).count();
      info.annotations.push({ type: "local storage", description: lost ? "had lost the edit" : "had kept the edit" });
      console.log(`killed after ${seconds} s: local storage ${lost ? "had lost the edit, the journal had it" : "had it"}`);
      await second.kill();
      // What was recovered lies where it belongs: the next start knows it without the journal's help.
      const third = await own.start();
      await third.page.goto(baseURL);
      await expectCell(third.page, "华南大区", "全年", `${w("sheet.typed")} 400.00`);
      await third.kill();
    } finally {
      own.end();
    }
  });
}

test("a version that was kept a moment before the browser was killed is there, and one that was deleted is not", async ({ baseURL }, info) => {
  test.setTimeout(120_000);
  const own = profile(info.project.use);
  try {
    const first = await own.start();
    const { page } = first;
    const there = Object.assign(page, { goto: ((goto) => (url) => goto(new URL(url, baseURL).href))(page.goto.bind(page)) });
    const versions = (page) => page.getByRole("dialog", { name: w("store.versions") });
    const list = (page) => page.getByRole("banner").getByRole("button", { name: w("store.versions"), exact: true }).click();
    const keep = async (name) => {
      await versions(there).getByRole("textbox", { name: w("store.version_name") }).fill(name);
      await versions(there).getByRole("button", { name: w("store.save_version") }).click();
      await expect(versions(there).getByRole("listitem").filter({ hasText: name })).toBeVisible();
    };
    await start(there, "ecommerce-percent");
    // The first writes of a session are lost more easily than later ones: let some be old.
    await pause(7_000);
    await put(there, "电商事业部", "全年", "1300");
    await list(there);
    await keep("要删的");
    await keep("给老板的");
    const row = versions(there).getByRole("listitem").filter({ hasText: "要删的" });
    await row.getByRole("button", { name: new RegExp(w("start.remove")) }).click();
    await expect(row).toHaveCount(0);
    await first.kill();

    const second = await own.start();
    await second.page.goto(baseURL);
    await expectCell(second.page, "电商事业部", "全年", "1,300.00");
    await list(second.page);
    await expect(versions(second.page).getByRole("listitem").filter({ hasText: "给老板的" })).toContainText(w("store.same"));
    await expect(versions(second.page).getByRole("listitem").filter({ hasText: "要删的" })).toHaveCount(0);
    await second.kill();
  } finally {
    own.end();
  }
});

test("what the journal knows later is put back, and that is said with the time that it makes up for", async ({ page }) => {
  await start(page, "ecommerce-percent");
  await put(page, "电商事业部", "全年", "1300");
  const before = await page.evaluate(() => ({ ...localStorage }));
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 2_100)));
  await put(page, "华南大区", "全年", "400");
  await expect.poll(() => page.evaluate(() => JSON.stringify({ ...localStorage }).includes("40000000"))).toBe(true);
  // As after a kill: local storage is what it was two seconds ago.
  await page.evaluate((before) => {
    addEventListener("pagehide", () => {
      localStorage.clear();
      for (const [key, text] of Object.entries(before)) localStorage.setItem(key, text);
    });
  }, before);
  await page.reload();
  const banner = page.getByRole("region", { name: w("store.healed_title") });
  await expect(banner).toContainText(/恢复最近 \d+ 秒的修改/);
  await expectCell(page, "华南大区", "全年", `${w("sheet.typed")} 400.00`);
  await banner.getByRole("button", { name: w("store.understood") }).click();
  await expect(banner).toHaveCount(0);
  await page.reload();
  await expectCell(page, "华南大区", "全年", `${w("sheet.typed")} 400.00`);
  await expect(banner).toHaveCount(0);
});

test("a deleted plan does not come back from the journal", async ({ page }) => {
  await start(page, "saas");
  await goTo(page, w("shell.page_start"));
  await page.getByRole("listitem").getByRole("button", { name: new RegExp(w("start.remove")) }).first().click();
  await expect(page.locator(".plan")).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole("main").getByRole("button", { name: w("start.saas_name") })).toBeVisible();
  await expect(page.locator(".plan")).toHaveCount(0);
});
