// Links: the whole plan behind the `#`, looked at before anything is written, and what a broken one says.
import { keptPlans, stored as all } from "../support/plans.mjs";
import { axe, expect, looks, open, test } from "../support/test.mjs";

const title = (page) => page.locator(".bar__title");
const banner = (page) => page.locator(".banner");
const template = (page, id) => page.locator(`[data-template=${id}]`);
const stored = async (page) => Object.entries(await all(page));

async function start(page, id) {
  await open(page, "#/start");
  await template(page, id).click();
  await expect(page).toHaveURL(/#\/organisation$/);
}

async function share(page) {
  await page.locator(".bar .button--primary").click();
  return page.getByRole("dialog").locator("textarea").inputValue();
}

/** A link to a plan that this page does not have. */
async function link(newContext) {
  const context = await newContext();
  const page = await context.newPage();
  await start(page, "saas");
  return share(page);
}

for (const look of looks) {
  test.describe(look.name, () => {
    test.use(look.use);

    test("sending, the preview and a broken link have no accessibility fault", async ({ page, newContext }) => {
      const link = await share((await start(page, "education"), page));
      await axe(page);
      await page.keyboard.press("Escape");
      await page.goto(link);
      await expect(banner(page)).toBeVisible();
      await axe(page);
      await page.goto(link.slice(0, -40));
      await expect(banner(page)).toHaveCount(2);
      await axe(page);
    });
  });
}

test("the link is copied, and says how long it is and who can read it", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await start(page, "education");
  const link = await share(page);
  expect(link).toMatch(/\/some\/folder\/#p1c\.[0-9a-z]+\.[\w-]+\.[0-9a-z]{7}$/);
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText(`${link.length.toLocaleString("en")} 个字符`);
  await expect(dialog).toContainText("不能收回");
  await dialog.getByRole("button", { name: "复制链接" }).click();
  await expect(dialog).toContainText("已复制");
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(link);
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await expect(page.locator(".bar .button--primary")).toBeFocused();
});

test("where the page may not copy, the link is selected", async ({ page }) => {
  await page.addInitScript(() => Object.defineProperty(Navigator.prototype, "clipboard", { value: undefined }));
  await start(page, "education");
  const link = await share(page);
  await page.getByRole("button", { name: "复制链接" }).click();
  await expect(page.getByRole("dialog")).toContainText("请按 Ctrl+C");
  const selected = await page.evaluate(() => {
    const field = document.activeElement;
    return field.value.slice(field.selectionStart, field.selectionEnd);
  });
  expect(selected).toBe(link);
});

test("an opened link writes nothing until a copy is saved", async ({ page, newContext }) => {
  const sent = await link(newContext);
  await start(page, "education");
  const mine = await title(page).inputValue();
  const before = await stored(page);
  await page.goto(sent); // in the same tab, without a reload
  await expect(banner(page)).toContainText("来自链接的计划 · 2027 年新增付费客户目标");
  await expect(page).toHaveURL(/#\/organisation$/);
  await expect.poll(() => stored(page)).toEqual(before);
  await page.reload();
  await expect(banner(page)).toContainText("只读预览");
  await expect.poll(() => stored(page)).toEqual(before);
  await expect(title(page)).not.toBeEditable();

  await banner(page).getByRole("button", { name: "关闭" }).click();
  await expect(title(page)).toHaveValue(mine);
  await expect.poll(() => stored(page)).toEqual(before);

  await page.goto(sent);
  await banner(page).getByRole("button", { name: "另存为副本" }).click();
  await expect(banner(page)).toHaveCount(0);
  await expect(page.locator(".notice")).toContainText("已保存在这台机器上");
  await page.reload();
  await expect(title(page)).toHaveValue("2027 年新增付费客户目标");
  expect(Object.keys(await keptPlans(page))).toHaveLength(2);
  expect((await stored(page)).map(([, value]) => value)).toContain(before.find(([key]) => key.startsWith("stp1:plan:"))[1]);
});

test("a link in a fresh browser is a preview, and closing it leads to the first screen", async ({ page, newContext }) => {
  await page.goto(await link(newContext));
  await expect(banner(page)).toBeVisible();
  const keys = (await stored(page)).map(([key]) => key);
  expect(keys.filter((key) => key !== "stp1:prefs")).toEqual([]);
  await banner(page).getByRole("button", { name: "关闭" }).click();
  await expect(page).toHaveURL(/#\/start$/);
  await expect(template(page, "saas")).toBeVisible();
});

test("saving one's own link as a copy gives it another title", async ({ page }) => {
  await start(page, "education");
  const link = await share(page);
  await page.keyboard.press("Escape");
  await page.goto(link);
  await banner(page).getByRole("button", { name: "另存为副本" }).click();
  await expect(title(page)).toHaveValue(/ 副本$/);
});

const broken = [
  ["cut at half", (it) => it.slice(0, it.length / 2), /链接不完整：收到 [\d,]+ \/ [\d,]+ 个字符/],
  ["altered", (it) => it.slice(0, 200) + (it[200] === "A" ? "B" : "A") + it.slice(201), "被改动过"],
  ["newer", (it) => it.replace("#p1c.", "#p2c."), "更新的版本"],
];
for (const [what, breakIt, sentence] of broken) {
  test(`a link that is ${what} says so, and the local plan stays`, async ({ page, newContext }) => {
    const sent = await link(newContext);
    await start(page, "education");
    const mine = await title(page).inputValue();
    const before = await stored(page);
    for (const open of [() => page.goto(breakIt(sent)), () => page.goto("about:blank").then(() => page.goto(breakIt(sent)))]) {
      await open();
      await expect(banner(page)).toContainText(sentence);
      await expect(title(page)).toHaveValue(mine);
      await expect.poll(() => stored(page)).toEqual(before);
    }
    // The way out: the whole message, pasted.
    await page.getByLabel("重新粘贴链接").fill(`看看今年的目标：${sent}，谢谢！`);
    await page.getByRole("button", { name: "打开", exact: true }).click();
    await expect(banner(page)).toContainText("只读预览");
    await expect(banner(page)).toHaveCount(1);
  });
}

test("a broken link in a fresh browser shows the first screen and the reason", async ({ page, newContext }) => {
  const sent = await link(newContext);
  await page.goto(sent.slice(0, -100));
  await expect(banner(page)).toContainText("链接不完整");
  await expect(template(page, "saas")).toBeVisible();
});

test("the first screen takes a whole message", async ({ page, newContext }) => {
  const sent = await link(newContext);
  await open(page);
  const box = page.getByLabel("打开链接");
  await box.fill("你好");
  await page.getByRole("button", { name: "打开", exact: true }).click();
  await expect(page.locator(".link-form")).toContainText("没有计划链接");
  await expect(box).toHaveAttribute("aria-invalid", "true");
  await expect(box).toHaveValue("你好");
  await box.fill(`张三：\n> 看看 ${sent}。`);
  await page.getByRole("button", { name: "打开", exact: true }).click();
  await expect(banner(page)).toContainText("只读预览");
});

test("7.5 test 24: a host that forbids to change the address shows the preview all the same", async ({ page, newContext }) => {
  const sent = await link(newContext);
  await page.addInitScript(() => {
    History.prototype.replaceState = () => {
      throw new DOMException("too many calls", "SecurityError");
    };
  });
  await page.goto(sent);
  await expect(banner(page)).toContainText("只读预览");
  await banner(page).getByRole("button", { name: "另存为副本" }).click();
  await expect(banner(page)).toHaveCount(0);
});

test("without storage a link is still shown, and taken into the tab", async ({ page, newContext }) => {
  const sent = await link(newContext);
  await page.addInitScript(() => {
    for (const name of ["localStorage", "sessionStorage"]) {
      Object.defineProperty(window, name, {
        get() {
          throw new DOMException("The operation is insecure.", "SecurityError");
        },
      });
    }
  });
  await page.goto(sent);
  await expect(banner(page)).toContainText("只读预览");
  await banner(page).getByRole("button", { name: "另存为副本" }).click();
  await expect(banner(page)).toContainText("只在这个标签页里");
});

test("a link whose # a mail gateway escaped is shown all the same", async ({ page, newContext, baseURL }) => {
  const sent = await link(newContext);
  const index = await (await page.request.get(baseURL)).text();
  await page.route(/%23/, (route) => route.fulfill({ contentType: "text/html", body: index })); // a host's 404.html
  await page.goto(sent.replace("#", "%23"));
  await expect(banner(page)).toContainText("只读预览");
  await expect(page).toHaveURL(`${baseURL}#/organisation`);
});
