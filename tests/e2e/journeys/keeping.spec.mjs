// Keeping plans on this machine: every edit is there after a reload, and nothing that goes wrong loses one.
import { fillStorage, keptPlans, stored as all } from "../support/plans.mjs";
import { axe, expect, looks, open, test } from "../support/test.mjs";

const title = (page) => page.locator(".bar__title");
const banner = (page) => page.locator(".banner");
const plans = (page) => page.locator(".plan");
const template = (page, id) => page.locator(`[data-template=${id}]`);
const stored = async (page) => Object.entries(await all(page)).filter(([key]) => key.startsWith("stp1:plan:"));
const kept = async (page) => Object.values(await keptPlans(page));

async function start(page, id = "ecommerce-percent") {
  await open(page, "#/start");
  await template(page, id).click();
  await expect(page).toHaveURL(/#\/organisation$/);
}

async function rename(page, text) {
  await title(page).fill(text);
  await title(page).press("Enter");
}

for (const look of looks) {
  test.describe(look.name, () => {
    test.use(look.use);

    test("the first screen has no accessibility fault, with and without plans", async ({ page }) => {
      await open(page);
      await axe(page);
      await start(page);
      await page.goto("./#/start");
      await expect(plans(page)).toHaveCount(1);
      await axe(page);
    });
  });
}

test("every template is one click, by its id", async ({ page }) => {
  for (const id of ["ecommerce-percent", "ecommerce-amount", "education", "enrolment", "saas", "territories"]) {
    await start(page, id);
  }
  await page.goto("./#/start");
  await expect.poll(() => kept(page)).toHaveLength(6);
  await expect(plans(page)).toHaveCount(5);
  await page.getByRole("button", { name: "全部 6 个计划" }).click();
  await expect(plans(page)).toHaveCount(6);
});

test("a blank plan asks for its target first", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: "空白计划" }).click();
  await expect(page).toHaveURL(/#\/goal$/);
  await expect(title(page)).toHaveValue("未命名计划");
});

test("an edit is there after a reload, in the same place", async ({ page }) => {
  await start(page);
  await page.goto("./#/product");
  await rename(page, "改过的计划");
  await page.reload();
  await expect(title(page)).toHaveValue("改过的计划");
  await expect(page).toHaveURL(/#\/product$/);
  await expect(page.locator(".bar__saved")).toContainText(/\d\d:\d\d/);
});

test("a new tab opens what was open last", async ({ page, context }) => {
  await start(page);
  await rename(page, "上次打开的");
  const other = await context.newPage();
  await open(other);
  await expect(title(other)).toHaveValue("上次打开的");
});

test("plans are renamed, duplicated, deleted, and come back", async ({ page }) => {
  await start(page);
  await start(page, "saas");
  await page.goto("./#/start");
  const row = plans(page).filter({ hasText: "电商" });
  await row.getByRole("button", { name: "重命名" }).click();
  await page.getByLabel("新名称").fill("不要的名字");
  await page.getByLabel("新名称").press("Escape");
  await expect(row.locator(".plan__open")).toHaveText("2027 年度电商团队目标");
  await expect(row.getByRole("button", { name: "重命名" })).toBeFocused();
  await row.getByRole("button", { name: "重命名" }).click();
  await page.getByLabel("新名称").fill("电商新名");
  await page.getByLabel("新名称").press("Enter");
  await expect(row.locator(".plan__open")).toHaveText("电商新名");
  await expect(row.getByRole("button", { name: "重命名" })).toBeFocused();

  await row.getByRole("button", { name: "复制" }).click();
  await expect(plans(page).first().locator(".plan__open")).toHaveText("电商新名 副本");
  const before = await stored(page);
  await expect.poll(() => kept(page)).toHaveLength(3);

  // The open one goes too, and comes back.
  await plans(page).filter({ hasText: "付费客户" }).getByRole("button", { name: "删除" }).click();
  await expect(plans(page)).toHaveCount(2);
  await expect(title(page)).toHaveCount(0);
  await page.locator(".notice").getByRole("button", { name: "撤销" }).click();
  await expect(plans(page)).toHaveCount(3);
  await expect(title(page)).toHaveValue("2027 年新增付费客户目标");
  await expect.poll(() => stored(page)).toEqual(before);
});

test("what cannot be read is listed, kept, and can be saved as it is", async ({ page }) => {
  await open(page);
  const values = { "0000000000000001": '{"saved":5,"plan":{"schema":1,"ti', "0000000000000002": '{"saved":6,"plan":{"schema":9}}' };
  await page.evaluate((values) => {
    for (const [id, value] of Object.entries(values)) localStorage.setItem(`stp1:plan:${id}`, value);
  }, values);
  await page.reload();
  await expect(plans(page)).toHaveCount(2);
  await expect(plans(page).nth(0)).toContainText("第 9 版");
  await expect(plans(page).nth(1)).toContainText("存储的内容与写入时不一致");
  const download = page.waitForEvent("download");
  await plans(page).nth(1).getByRole("button", { name: "存为文件" }).click();
  expect((await download).suggestedFilename()).toBe("sextant-0000000000000001.json");
  await axe(page);
  await plans(page).nth(0).getByRole("button", { name: "删除" }).click();
  await page.locator(".notice").getByRole("button", { name: "撤销" }).click();
  expect(Object.fromEntries(await stored(page))).toEqual(
    Object.fromEntries(Object.entries(values).map(([id, value]) => [`stp1:plan:${id}`, value])),
  );
});

test("without storage the plans live in the tab, and that is said", async ({ page }) => {
  await page.addInitScript(() => {
    for (const name of ["localStorage", "sessionStorage"]) {
      Object.defineProperty(window, name, {
        get() {
          throw new DOMException("The operation is insecure.", "SecurityError");
        },
      });
    }
  });
  await start(page);
  await expect(banner(page)).toContainText("浏览器不让这个页面保存数据");
  await expect(page.locator(".bar__saved")).toContainText("未能保存");
  await rename(page, "只在这里");
  await page.goto("./#/start");
  await template(page, "saas").click();
  await page.goto("./#/start");
  await expect(plans(page)).toHaveCount(2);
  await plans(page).filter({ hasText: "只在这里" }).locator(".plan__open").click();
  await expect(title(page)).toHaveValue("只在这里");
  await axe(page);
  const download = page.waitForEvent("download");
  await banner(page).getByRole("button", { name: "存为文件" }).click();
  expect((await download).suggestedFilename()).toBe("只在这里.json");
});

test("a storage that refuses every write says the same", async ({ page }) => {
  await page.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException("denied", "SecurityError");
    };
  });
  await start(page);
  await expect(banner(page)).toContainText("浏览器不让这个页面保存数据");
});

test("when storage is full the edit stays, and is kept once there is room", async ({ page }) => {
  await start(page);
  const before = await stored(page);
  await fillStorage(page);
  await rename(page, "装不下的标题".repeat(5));
  await expect(banner(page)).toContainText("存储已满");
  expect(await stored(page), "the last version that fitted is still there").toEqual(before);
  await page.evaluate(() => localStorage.removeItem("filler"));
  await banner(page).getByRole("button", { name: "再试一次" }).click();
  await expect(banner(page)).toHaveCount(0);
  await page.reload();
  await expect(title(page)).toHaveValue("装不下的标题".repeat(5));
});

test("a plan that another tab deleted stays here", async ({ page, context }) => {
  await start(page);
  const other = await context.newPage();
  await open(other, "#/start");
  await plans(other).first().getByRole("button", { name: "删除" }).click();
  await expect(banner(page)).toContainText("另一个标签页里被删除");
  await banner(page).getByRole("button", { name: "这边另存为副本" }).click();
  await expect.poll(() => kept(page)).toHaveLength(1);
});

test("a plan goes out as a file and comes in again", async ({ page }) => {
  await start(page);
  await page.locator(".bar").getByRole("button", { name: "分享链接" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "文件", exact: true }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("dialog").getByRole("button", { name: "存为文件", exact: true }).click();
  const path = await (await download).path();
  await page.keyboard.press("Escape");
  await page.goto("./#/start");
  await page.locator("input[type=file]").setInputFiles(path);
  await expect(page).toHaveURL(/#\/organisation$/);
  // Of which version it is made is all that is told apart.
  const [one, two] = (await kept(page)).map(({ plan: { ancestors: _, ...rest } }) => rest);
  expect(one).toEqual(two);
});

const file = (name, text) => ({ name, mimeType: "application/json", buffer: Buffer.from(text) });

for (const [what, name, text, sentence] of [
  ["no JSON", "日记.json", "今天\n没有数据", "从第 1 行第 1 列起不是 JSON"],
  ["no plan", "设置.json", '{"theme":"dark"}', "没有格式编号"],
  ["a plan of a newer format", "新.json", '{"schema":7}', "第 7 版，这里只认得到第 6 版"],
  ["a plan with a hole", "洞.json", '{"schema":1,"title":"x"}', "missing field"],
]) {
  test(`a file that is ${what} says so, and nothing changes`, async ({ page }) => {
    await start(page);
    const before = await stored(page);
    await page.goto("./#/start");
    await page.locator("input[type=file]").setInputFiles(file(name, text));
    await expect(banner(page)).toContainText(`打不开文件“${name}”`);
    await expect(banner(page)).toContainText(sentence);
    await axe(page);
    await expect.poll(() => stored(page)).toEqual(before);
    await banner(page).getByRole("button", { name: "关闭" }).click();
    await expect(banner(page)).toHaveCount(0);
  });
}

test("a file that had to be mended says what was", async ({ page }) => {
  await start(page);
  const [{ plan }] = await kept(page);
  plan.goal.target = -5;
  plan.title = "长".repeat(200);
  await page.goto("./#/start");
  await page.locator("input[type=file]").setInputFiles(file("旧.json", JSON.stringify(plan)));
  await expect(banner(page)).toContainText("打开时修正了 2 处");
  await expect(banner(page)).toContainText("金额 -0.05 小于零");
});

test("a file is opened wherever it is dropped", async ({ page }) => {
  await start(page);
  const [{ plan: mine }] = await kept(page);
  const plan = { ...mine, title: "掉下来的计划" };
  const drop = async (name, text) => {
    const transfer = await page.evaluateHandle(([name, text]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text], name));
      return transfer;
    }, [name, text]);
    await page.dispatchEvent(".sheet, main", "dragover", { dataTransfer: transfer });
    await expect(page.locator(".veil")).toBeVisible();
    await page.dispatchEvent(".sheet, main", "drop", { dataTransfer: transfer });
    await expect(page.locator(".veil")).toHaveCount(0);
  };
  await drop("计划.json", JSON.stringify(plan));
  await expect(title(page)).toHaveValue("掉下来的计划");
});
