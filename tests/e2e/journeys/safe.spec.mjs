// A plan that stops the page does not stop it for ever: after two starts that came to nothing the third opens no plan. And
// when the app stops, its last save can be taken out without it.
import { readFileSync } from "node:fs";
import { goTo, keptPlans, start, stored } from "../support/plans.mjs";
import { expectCell, put } from "../support/sheet.mjs";
import { axe, expect, looks, open, test } from "../support/test.mjs";
import { words } from "../support/words.mjs";

const w = words();
const safe = (page) => page.getByRole("region", { name: w("store.safe_title") });
const plans = (page) => page.locator(".plan");

test.describe("a page that is killed", () => {
  test.use({ allowed: /Page crashed|Target crashed|crash/ });

  test("7.5 test 17: the third start after two that came to nothing is safe mode", async ({ page, context, baseURL }) => {
    await start(page, "ecommerce-percent");
    await page.goto("about:blank");
    for (const time of [1, 2]) {
      const tab = await context.newPage();
      await tab.goto(baseURL);
      await expect(tab.getByRole("treegrid"), `start ${time} opens the plan`).toBeVisible();
      const session = await context.newCDPSession(tab);
      const crash = tab.waitForEvent("crash");
      // It is never answered.
      session.send("Page.crash").catch(() => {});
      await crash;
      // What began less than five seconds ago in another tab may still be starting.
      await page.waitForTimeout(5_000);
    }
    const tab = await context.newPage();
    await tab.goto(baseURL);
    await expect(safe(tab)).toBeVisible();
    await expect(tab.getByRole("treegrid")).toHaveCount(0);
    await expect(plans(tab)).toHaveCount(1);
    await axe(tab);
    const [file] = await Promise.all([tab.waitForEvent("download"), plans(tab).getByRole("button", { name: new RegExp(w("start.save_stored")) }).click()]);
    expect(readFileSync(await file.path(), "utf8")).toContain("2027 年度电商团队目标");
    await safe(tab).getByRole("button", { name: w("store.leave_safe") }).click();
    await expect(tab.getByRole("treegrid")).toBeVisible();
    await tab.waitForTimeout(5_500);
    await tab.reload();
    await expect(tab.getByRole("treegrid"), "it lived: all is as usual").toBeVisible();
  });
});

test("starts that were left alive count for nothing, however soon", async ({ page }) => {
  await start(page, "saas");
  for (let times = 0; times < 4; times += 1) {
    await page.reload();
    await expect(page.getByRole("treegrid")).toBeVisible();
  }
  await expect(safe(page)).toHaveCount(0);
});

for (const look of looks) {
  test.describe(look.name, () => {
    test.use(look.use);

    test("safe mode by hand: no plan is opened until somebody opens one", async ({ page }) => {
      const w = words(look.use.locale);
      await start(page, "saas", look.use.locale);
      await page.goto("./?safe=1");
      const region = page.getByRole("region", { name: w("store.safe_title") });
      await expect(region).toBeVisible();
      await axe(page);
      await plans(page).locator(".plan__open").click();
      await expect(page.getByRole("treegrid")).toBeVisible();
      await expect(region).toHaveCount(0);
    });
  });
}

test.describe("after the app has stopped", () => {
  test.use({ allowed: /broken on purpose|RuntimeError|unreachable|Error/ });

  test("7.5 test 16: an exception in the app shows the panel, nothing is saved after it, and the download is the last save", async ({ page }) => {
    await start(page, "ecommerce-percent");
    await put(page, "华南大区", "全年", "400");
    // In the middle of the app, as a fault of the browser or of its own would be: whoever asks what time it is stops.
    await page.evaluate(() => {
      Date.prototype.getHours = () => {
        throw new Error("broken on purpose");
      };
    });
    const title = page.getByRole("banner").getByRole("textbox", { name: w("shell.title") });
    await title.fill("最后一次");
    await title.press("Enter");
    const panel = page.getByRole("alertdialog", { name: "页面出错，已停止" });
    await expect(panel).toBeVisible();
    await expect(panel).toContainText("broken on purpose");
    const before = await stored(page);
    const [{ plan }] = Object.values(await keptPlans(page));
    expect(plan.title).toBe("最后一次");
    // Whatever the app still does, it writes nothing.
    await page.evaluate(() => {
      document.querySelector(".bar__title").value = "不该存上";
      document.querySelector(".bar__title").dispatchEvent(new Event("change", { bubbles: true }));
      dispatchEvent(new Event("pagehide"));
    });
    await page.waitForTimeout(300);
    const after = await stored(page);
    for (const [key, text] of Object.entries(before)) if (key.startsWith("stp1:plan:")) expect(after[key]).toBe(text);
    const [file] = await Promise.all([page.waitForEvent("download"), panel.getByRole("button", { name: "下载已存的计划（1）" }).click()]);
    expect(JSON.parse(readFileSync(await file.path(), "utf8"))).toEqual(plan);
    await expect(panel.getByRole("button", { name: "复制错误信息" })).toBeVisible();
    await panel.getByRole("button", { name: "以安全模式打开" }).click();
    await expect(safe(page)).toBeVisible();
    await safe(page).getByRole("button", { name: w("store.leave_safe") }).click();
    await expectCell(page, "华南大区", "全年", `${w("sheet.typed")} 400.00`);
    // What the panel handed out is a plan file like any other.
    await goTo(page, w("shell.page_start"));
    await page.locator("input[type=file]").setInputFiles(await file.path());
    await expectCell(page, "华南大区", "全年", `${w("sheet.typed")} 400.00`);
  });
});

test("what fails on the page and is not the app's own stops nothing", async ({ page }) => {
  test.info().annotations.push({ type: "why", description: "extensions of the browser fail here, too" });
  await open(page);
  await page.evaluate(() => {
    dispatchEvent(new ErrorEvent("error", { error: Object.assign(new Error("elsewhere"), { stack: "Error: elsewhere\n at chrome-extension://x/y.js:1:1" }) }));
    dispatchEvent(new ErrorEvent("error", { message: "ResizeObserver loop completed with undelivered notifications." }));
  });
  await page.waitForTimeout(200);
  await expect(page.getByRole("alertdialog")).toHaveCount(0);
});
