// One plan in several tabs: one writes, the others look on; whoever takes over takes every edit along. With locks, and
// without them on plain http.
import config from "../playwright.config.mjs";
import { keptPlans, opened, start, stored } from "../support/plans.mjs";
import { choose, expectCell, field, put } from "../support/sheet.mjs";
import { axe, expect, test } from "../support/test.mjs";
import { words } from "../support/words.mjs";

// A host that is this machine, and that no browser takes for it: what comes from there by http is not secure.
const { launchOptions } = config.use;
test.use({ launchOptions: { ...launchOptions, args: [...launchOptions.args, "--host-resolver-rules=MAP planner.test 127.0.0.1"] } });

const w = words();
const reader = (page) => page.getByRole("region", { name: w("store.reader_title") });
const edit = (page) => reader(page).getByRole("button", { name: w("store.edit_here") });
const title = (page) => page.getByRole("banner").getByRole("textbox", { name: w("shell.title") });

async function second(context, url) {
  const other = await context.newPage();
  await other.goto(url);
  await expect(other.getByRole("treegrid")).toBeVisible();
  return other;
}

/** What holds with locks and without them. */
async function handOver(page, context, url) {
  await put(page, "电商事业部", "全年", "1300");
  const other = await second(context, url);
  await expect(reader(other)).toBeVisible();
  await expect(title(other)).not.toBeEditable();
  await expect(reader(page)).toHaveCount(0);
  await expectCell(other, "电商事业部", "全年", "1,300.00");
  // It follows what is done in the other.
  await put(page, "华南大区", "全年", "400");
  await expectCell(other, "华南大区", "全年", `${w("sheet.typed")} 400.00`);
  // Nothing that is done here changes anything.
  await choose(other, "华东大区", "全年");
  await other.keyboard.type("5");
  if (await field(other).count()) await other.keyboard.press("Enter");
  await other.keyboard.press("Delete");
  await expectCell(other, "华南大区", "全年", `${w("sheet.typed")} 400.00`);
  await other.keyboard.press("Escape");

  await edit(other).click();
  await expect(reader(other)).toHaveCount(0);
  await expect(reader(page)).toBeVisible();
  await put(other, "华东大区", "全年", "500");
  await expectCell(page, "华东大区", "全年", `${w("sheet.typed")} 500.00`);
  await expectCell(other, "华南大区", "全年", `${w("sheet.typed")} 400.00`);
  // And back.
  await edit(page).click();
  await expect(reader(page)).toHaveCount(0);
  await put(page, "华南大区", "全年", "410");
  await expectCell(other, "华南大区", "全年", `${w("sheet.typed")} 410.00`);
  await expectCell(page, "华东大区", "全年", `${w("sheet.typed")} 500.00`);
  expect(Object.keys(await keptPlans(page))).toHaveLength(1);
  return other;
}

test("7.5 test 14: of two tabs one writes, and taking over keeps every edit of both", async ({ page, context, baseURL }) => {
  await start(page, "ecommerce-percent");
  const other = await handOver(page, context, baseURL);
  await axe(other);
  // Once the tab that writes is closed, the other one may.
  await page.close();
  await expect(reader(other)).toHaveCount(0);
  await put(other, "华南大区", "全年", "420");
  await expectCell(other, "华南大区", "全年", `${w("sheet.typed")} 420.00`);
  await expect.poll(async () => Object.values(await keptPlans(other)).length).toBe(1);
});

test("7.5 test 14: two hundred edits in two tabs that take over from one another are two hundred edits", async ({ page, context, baseURL }) => {
  test.setTimeout(180_000);
  await start(page, "ecommerce-percent");
  const other = await second(context, baseURL);
  await expect(reader(other)).toBeVisible();
  const count = async (writer) => {
    const next = String(Number(await title(writer).inputValue()) + 1);
    await title(writer).fill(next);
    await title(writer).press("Enter");
  };
  await title(page).fill("0");
  await title(page).press("Enter");
  for (let round = 0; round < 10; round += 1) {
    const [writer, looker] = round % 2 ? [other, page] : [page, other];
    for (let times = 0; times < 20; times += 1) await count(writer);
    await edit(looker).click();
    await expect(reader(looker)).toHaveCount(0);
    await expect(title(looker)).toHaveValue(String(20 * (round + 1)));
  }
  expect(Object.values(await keptPlans(page)).map((it) => it.plan.title)).toEqual(["200"]);
});

test("7.5 test 15: a tab that meets a newer format stops writing and offers to reload", async ({ page, context, baseURL }) => {
  await start(page, "ecommerce-percent");
  await put(page, "电商事业部", "全年", "1300");
  const other = await context.newPage();
  await other.route("**/blank.html", (route) => route.fulfill({ contentType: "text/html", body: "" }));
  await other.goto(new URL("blank.html", baseURL).href);
  const newer = await other.evaluate(() => {
    // As a later version of the page writes: one more, in a format that this one does not know.
    const key = Object.keys(localStorage).find((it) => /^stp1:plan:.*:a$/.test(it));
    const table = Array.from({ length: 256 }, (_, at) => {
      let sum = at;
      for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
      return sum;
    });
    const sealed = `999 99 ${Date.now()}\n{"schema":99}`;
    let sum = -1;
    for (const byte of new TextEncoder().encode(sealed)) sum = table[(sum ^ byte) & 255] ^ (sum >>> 8);
    const text = `stp2 ${(~sum >>> 0).toString(16).padStart(8, "0")} ${sealed}`;
    localStorage.setItem(key, text);
    return { key, text };
  });
  const banner = page.getByRole("region", { name: w("share.elsewhere") });
  await expect(banner).toContainText(w("store.newer_elsewhere"));
  await expect(title(page)).not.toBeEditable();
  await axe(page);
  await page.keyboard.press("Control+z");
  await page.waitForTimeout(500);
  expect((await stored(page))[newer.key], "it is still what the newer page wrote").toBe(newer.text);
  await Promise.all([page.waitForEvent("load"), banner.getByRole("button", { name: w("store.reload") }).click()]);
  await expect(page.locator(".plan")).toContainText("第 99 版");
  expect((await stored(page))[newer.key]).toBe(newer.text);
});

test.describe("7.5 test 23: on plain http", () => {
  test.use({ allowed: /planner\.test/ });

  test("one tab writes by a lease, and it is said once what the address lacks", async ({ page, context, baseURL }) => {
    test.setTimeout(120_000);
    const url = baseURL.replace("127.0.0.1", "planner.test");
    await page.goto(url);
    expect(await page.evaluate(() => [isSecureContext, "locks" in navigator])).toEqual([false, false]);
    const lacks = page.getByRole("region", { name: w("store.insecure_title") });
    await expect(lacks).toBeVisible();
    await axe(page);
    await lacks.getByRole("button", { name: w("store.understood") }).click();
    await page.reload();
    await page.getByRole("main").getByRole("button", { name: w("start.ecommerce_percent_name") }).click();
    await expect(page.getByRole("treegrid")).toBeVisible();
    await expect(lacks).toHaveCount(0);
    await page.getByRole("banner").getByRole("button", { name: w("shell.share") }).click();
    const share = page.getByRole("dialog", { name: w("share.title") });
    await share.getByRole("button", { name: w("share.copy") }).click();
    await expect(share.getByRole("status").filter({ hasText: w("share.by_hand") })).toBeVisible();
    expect(await page.evaluate(() => String(getSelection()) || document.activeElement.value?.slice(document.activeElement.selectionStart))).toContain("#p1");
    await page.keyboard.press("Escape");
    const other = await handOver(page, context, url);
    // A tab that is gone without a word has had its lease for six seconds more.
    await page.evaluate(() => dispatchEvent(new Event("pagehide")));
    await page.close();
    await expect(reader(other)).toHaveCount(0, { timeout: 12_000 });
    await put(other, "华南大区", "全年", "420");
    await expectCell(other, "华南大区", "全年", `${w("sheet.typed")} 420.00`);
    expect(opened(Object.entries(await stored(other)).find(([key]) => key.endsWith(":a"))[1])).toBeTruthy();
  });
});
