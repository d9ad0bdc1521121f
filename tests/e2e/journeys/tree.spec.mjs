// The tree of the rows, by keyboard alone: nothing here needs a mouse, and the keys never fall out of the grid.
import { start, goTo } from "../support/plans.mjs";
import { cell, choose, expectCell, expectKeys, field, figures, grid, keys, row, status, tree } from "../support/sheet.mjs";
import { expect, test } from "../support/test.mjs";
import { words } from "../support/words.mjs";

const w = words("zh-CN");

// Goes into the grid by Tab, from wherever the focus is.
async function enter(page) {
  for (let presses = 0; presses < 60; presses += 1) {
    if (await keys(page).evaluate((it) => it === document.activeElement)) return expectKeys(page);
    await page.keyboard.press("Tab");
  }
  throw new Error("Tab does not reach the grid");
}

const press = async (page, ...keys) => {
  for (const key of keys) await page.keyboard.press(key);
};

const active = (page) => grid(page).getByRole("gridcell", { selected: true });

// Presses the button of the toolbar, which acts on the chosen row, by Tab and Enter; the grid keeps its chosen cell.
async function tool(page, name) {
  const button = page.getByRole("toolbar").getByRole("button", { name, exact: true });
  for (let presses = 0; presses < 20; presses += 1) {
    await page.keyboard.press("Shift+Tab");
    if (await button.evaluate((it) => it === document.activeElement)) return page.keyboard.press("Enter");
  }
  throw new Error(`Shift+Tab does not reach ${name}`);
}

test("arrows, Home, End and pages move by cells, and stop at the edges", async ({ page }) => {
  await start(page, "ecommerce-percent");
  await enter(page);
  await press(page, "Control+Home");
  await expect(active(page)).toHaveText(/电商事业部/);
  await press(page, "ArrowUp", "ArrowUp", "ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown", "ArrowRight");
  await expect(active(page)).toHaveText("47.6%");
  await press(page, "ArrowRight", "ArrowRight");
  await expect(await cell(page, "资深一", "Q1")).toHaveAttribute("aria-selected", "true");
  await expect(page.getByRole("complementary").getByRole("heading", { level: 2 })).toHaveText("资深一 · Q1 旺季");
  await press(page, "End", "ArrowRight");
  await expect(active(page)).toHaveText("128.00");
  await press(page, "Control+End");
  await expect(await cell(page, "资深六", "去年")).toHaveAttribute("aria-selected", "true");
  await press(page, "ArrowDown", "PageUp", "PageUp", "Home");
  await expect(active(page)).toHaveText(/电商事业部/);
  await expectKeys(page);
});

test("left and right fold and unfold in the column of names, the space bar too, and what is folded still counts", async ({ page }) => {
  await start(page, "ecommerce-percent");
  const all = await tree(page);
  const before = await figures(page);
  await enter(page);
  await press(page, "Control+Home", "ArrowDown");
  await expect(row(page, "华东大区")).toHaveAttribute("aria-expanded", "true");
  await press(page, "ArrowLeft");
  await expect(row(page, "华东大区")).toHaveAttribute("aria-expanded", "false");
  await expect(row(page, "直播团队")).toHaveCount(0);
  await expect(grid(page)).toHaveAttribute("aria-rowcount", String(all.length + 1 - 7));
  await expect(status(page)).toContainText("448");
  await press(page, "ArrowDown");
  await expect(active(page)).toHaveText(/华南大区/);
  await press(page, "ArrowUp", "ArrowRight");
  await expect(row(page, "直播团队")).toHaveCount(1);
  await press(page, " ");
  await expect(row(page, "直播团队")).toHaveCount(0);
  await press(page, " ");
  await expect.poll(() => figures(page)).toEqual(before);
  await expectKeys(page);
});

test("a row is added, named, moved, put under another, taken out, deleted and brought back, without a mouse", async ({ page }) => {
  await start(page, "enrolment");
  const before = await figures(page);
  await enter(page);
  await press(page, "Control+Home", "ArrowDown", "ArrowDown"); // 线下地推, below 销售岗

  await tool(page, w("sheet.add_beside"));
  await expect(field(page)).toBeFocused();
  await page.keyboard.type("Web");
  await press(page, "Enter");
  await expectKeys(page);
  expect((await tree(page)).slice(1, 5)).toEqual(["2 销售岗", "3 线下地推", "3 Web", "3 老带新"]);
  await expectCell(page, "Web", "全年", "133"); // a third of 400, like the others
  await expect(status(page)).toContainText("✓");

  await expect(active(page)).toHaveText(/老带新/); // Enter went down
  await press(page, "ArrowUp", "F2");
  await expect(field(page)).toHaveValue("Web");
  await page.keyboard.type("公众号");
  await press(page, "Tab");
  await expectKeys(page);
  await expect(row(page, "公众号")).toHaveCount(1);
  await expect(active(page)).toHaveText(/%$/); // Tab went right
  await press(page, "Home", "F2", "ArrowRight", "!", "Escape");
  await expectKeys(page);
  await expect(row(page, "公众号")).toHaveCount(1);

  await tool(page, w("sheet.move_down"));
  await enter(page);
  expect((await tree(page)).slice(1, 5)).toEqual(["2 销售岗", "3 线下地推", "3 老带新", "3 公众号"]);
  await tool(page, w("sheet.move_up"));
  await enter(page);
  await tool(page, w("sheet.move_in"));
  await enter(page);
  expect((await tree(page)).slice(1, 5)).toEqual(["2 销售岗", "3 线下地推", "4 公众号", "3 老带新"]);
  await expectCell(page, "线下地推", "全年", "200");
  await expectCell(page, "公众号", "全年", "200");
  await tool(page, w("sheet.move_out"));
  await enter(page);
  await tool(page, w("sheet.move_out"));
  await enter(page);
  expect((await tree(page)).slice(1, 6)).toEqual(["2 销售岗", "3 线下地推", "3 老带新", "2 公众号", "2 运营岗"]);
  await expect(active(page)).toHaveText(/公众号/); // it is still the chosen one
  await expect(status(page)).toContainText("✓");

  await press(page, "ArrowUp", "ArrowUp", "ArrowUp"); // 销售岗, with two below it
  await expect(active(page)).toHaveText(/销售岗/);
  await tool(page, w("sheet.remove"));
  await expect(row(page, "老带新")).toHaveCount(0);
  await expect(page.getByRole("status").filter({ hasText: w("sheet.removed", { name: "销售岗" }) })).toBeVisible();
  await enter(page);
  await expect(active(page)).toHaveText(/公众号/); // who stands there now
  await press(page, "Control+z");
  await expect(row(page, "老带新")).toHaveCount(1);
  // Two moves out, one in, one up, one down, two names and the new row itself.
  for (let step = 0; step < 8; step += 1) await press(page, "Control+z");
  await expect.poll(() => figures(page)).toEqual(before);
  await expectKeys(page);
});

test("when the chosen cell goes, the one in its place has the keys", async ({ page }) => {
  await start(page, "ecommerce-percent");
  await choose(page, "资深一", "Q1");
  await row(page, "华东大区").getByText("▾").click(); // by mouse: by keyboard a row is folded from its own name
  await expect(row(page, "资深一")).toHaveCount(0);
  await expect(await cell(page, "华东大区", "Q1")).toHaveAttribute("aria-selected", "true");
  await enter(page);
  const depth = page.getByRole("group", { name: w("sheet.columns") });
  await depth.getByRole("button", { name: w("sheet.months"), exact: true }).click();
  await choose(page, "华南大区", "5月");
  await depth.getByRole("button", { name: w("sheet.quarters"), exact: true }).click();
  await enter(page);
  await expect(active(page)).toHaveText("105"); // the quarter that the month lies in
});

test("the notice of a deletion has the way back, and the keys find it", async ({ page }) => {
  await start(page, "enrolment");
  const before = await figures(page);
  await enter(page);
  await press(page, "Control+Home", "ArrowDown");
  await tool(page, w("sheet.remove"));
  await expect(row(page, "销售岗")).toHaveCount(0);
  const back = page.locator(".notice").getByRole("button", { name: w("shell.undo") });
  await back.focus();
  await press(page, "Enter");
  await expect.poll(() => figures(page)).toEqual(before);
});

test("the whole can be neither moved nor deleted, and its buttons say so before anybody tries", async ({ page }) => {
  await start(page, "enrolment");
  await enter(page);
  await press(page, "Control+Home");
  const tools = page.getByRole("toolbar");
  for (const name of ["add_beside", "move_up", "move_down", "move_out", "move_in", "remove"]) {
    await expect(tools.getByRole("button", { name: w(`sheet.${name}`), exact: true })).toBeDisabled();
  }
  await expect(tools.getByRole("button", { name: w("sheet.add_below"), exact: true })).toBeEnabled();
});

test("an input method writes names: its Enter chooses a word and does not end the typing", async ({ page, context }) => {
  await start(page, "enrolment");
  await enter(page);
  await press(page, "Control+Home", "ArrowDown");
  const cdp = await context.newCDPSession(page);
  await cdp.send("Input.dispatchKeyEvent", { type: "rawKeyDown", key: "Process", code: "KeyX", windowsVirtualKeyCode: 229 });
  await cdp.send("Input.imeSetComposition", { text: "xiao", selectionStart: 4, selectionEnd: 4 });
  await expect(field(page)).toBeFocused();
  await cdp.send("Input.dispatchKeyEvent", { type: "rawKeyDown", key: "Process", code: "Enter", windowsVirtualKeyCode: 229 });
  await expect(field(page)).toBeFocused();
  await cdp.send("Input.insertText", { text: "销售一部" });
  await expect(field(page)).toHaveValue("销售一部");
  await press(page, "Enter");
  await expect(row(page, "销售一部")).toHaveCount(1);
  await expectKeys(page);
});

test("every sheet has its tree: products, customers and channels are divided in the same way", async ({ page }) => {
  await start(page, "saas");
  for (const [link, root] of [
    ["shell.page_product", "全部产品"],
    ["shell.page_customer", "全部客户"],
    ["shell.page_channel", "全部渠道"],
  ]) {
    await goTo(page, w(link));
    await expect(row(page, root)).toHaveCount(1);
    await enter(page);
    await press(page, "Control+Home");
    await tool(page, w("sheet.add_below"));
    await page.keyboard.type("New");
    await press(page, "Enter");
    await expect(row(page, "New")).toHaveCount(1);
    await expectKeys(page);
    await expect(status(page)).toContainText("✓");
  }
});
