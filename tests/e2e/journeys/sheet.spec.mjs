// The sheet as people who live in a spreadsheet use it: columns that fold, blocks, the clipboard, formulas, and an input
// method that loses no stroke. What each text becomes is in tests/cases/entries.txt.
import { start } from "../support/plans.mjs";
import { cell, choose, columns, expectCell, expectKeys, field, figures, grid, keys, problem, put, row, status, type } from "../support/sheet.mjs";
import { axe, expect, looks, open, test } from "../support/test.mjs";
import { words } from "../support/words.mjs";

const w = words("zh-CN");
test.use({ permissions: ["clipboard-read", "clipboard-write"] });

const press = async (page, ...strokes) => {
  for (const stroke of strokes) await page.keyboard.press(stroke);
};
const head = (page, name) => grid(page).getByRole("columnheader").filter({ hasText: name });
const chosen = (page) => page.getByRole("contentinfo").locator(".status__chosen");
const preview = (page, locale = "zh-CN") => page.getByRole("dialog", { name: words(locale)("sheet.paste_title") });
const toClipboard = (page, text) => page.evaluate((it) => navigator.clipboard.writeText(it), text);
const clipboard = (page) => page.evaluate(() => navigator.clipboard.readText());

// A plan of many people with weeks.
function large(people) {
  const nodes = { 0: { name: "全公司", children: [] } };
  let next = 1;
  for (let team = 0; team * 100 < people; team += 1) {
    const children = [];
    for (let at = team * 100; at < Math.min(people, team * 100 + 100); at += 1) {
      nodes[next] = { name: `店员${at}`, weight: String(1 + (at % 7)) };
      children.push(next++);
    }
    nodes[next] = { name: `团队${team}`, children };
    nodes[0].children.push(next++);
  }
  const time = { 0: { name: "", children: [1, 2, 3, 4], method: "even" } };
  let week = 17;
  for (let quarter = 1; quarter <= 4; quarter += 1) time[quarter] = { name: "", children: [0, 1, 2].map((at) => 2 + 3 * quarter + at) };
  for (let month = 5; month <= 16; month += 1) {
    const count = (month - 5) % 3 === 2 ? 5 : 4;
    time[month] = { name: "", children: Array.from({ length: count }, () => week++) };
  }
  for (let at = 17; at < week; at += 1) time[at] = { name: "" };
  const lone = (name) => ({ root: 0, next: 1, nodes: { 0: { name } } });
  return {
    schema: 3,
    title: "large",
    unit: { money: "CNY" },
    goal: { target: people * 10_000_000 },
    calendar: { year: 2027, start_month: 1, weeks: "four_four_five" },
    trees: {
      organisation: { root: 0, next, nodes },
      product: lone("p"),
      customer: lone("c"),
      channel: lone("h"),
      time: { root: 0, next: week, nodes: time },
    },
  };
}

test("columns fold from year to quarter and month in place, by keyboard and by mouse (U3)", async ({ page }) => {
  await start(page, "ecommerce-percent");
  const quarters = await columns(page);
  await expect(head(page, "Q2")).toHaveAttribute("aria-expanded", "false");
  await choose(page, "电商事业部", "Q2");
  await press(page, "ArrowUp", "ArrowRight");
  await expect(head(page, "Q2")).toHaveAttribute("aria-expanded", "true");
  await expect.poll(() => columns(page)).toEqual([...quarters.slice(0, 5), "4月", "5月", "6月", ...quarters.slice(5)]);
  await expect(grid(page)).toHaveAttribute("aria-colcount", String(quarters.length + 3));
  await expect(head(page, "5月")).toHaveAttribute("aria-colindex", "7");
  await expectCell(page, "电商事业部", "5月", "100.00");
  await press(page, "ArrowLeft");
  await expect(head(page, "Q2")).toHaveAttribute("aria-expanded", "false");
  await press(page, "Enter", "ArrowRight", "ArrowDown");
  await expect(await cell(page, "电商事业部", "4月")).toHaveAttribute("aria-selected", "true");
  await head(page, "Q2").locator(".sheet__twisty").click();
  await expect.poll(() => columns(page)).toEqual(quarters);
  await expect(await cell(page, "电商事业部", "Q2")).toHaveAttribute("aria-selected", "true");
  await head(page, "全年").locator(".sheet__twisty").click();
  await expect.poll(() => columns(page)).toEqual([...quarters.slice(0, 3), quarters.at(-1)]);
  await page.getByRole("group", { name: w("sheet.columns") }).getByRole("button", { name: w("sheet.quarters"), exact: true }).click();
  await expect.poll(() => columns(page)).toEqual(quarters);
  await press(page, "Control+z"); // folding is no step
  await expect(page.getByRole("banner").getByRole("button", { name: w("shell.undo") })).toBeDisabled();
});

for (const locale of ["zh-CN", "en-US"]) {
  test(`every quarter is seen without scrolling, ${locale}`, async ({ browser, baseURL }) => {
    const page = await (await browser.newContext({ locale, viewport: { width: 1440, height: 900 }, baseURL })).newPage();
    await start(page, "ecommerce-percent", locale);
    const frame = page.locator(".sheet__frame");
    expect(await frame.evaluate((it) => it.scrollWidth - it.clientWidth)).toBeLessThanOrEqual(1);
    await expect(head(page, words(locale)("sheet.last_year"))).toBeInViewport({ ratio: 1 });
    // No figure is wider than its cell.
    const cut = await grid(page).getByRole("gridcell").evaluateAll((cells) =>
      cells.filter((it) => !it.id.endsWith("-name")).filter((it) => {
        const range = document.createRange();
        range.selectNodeContents(it);
        return range.getBoundingClientRect().left < it.getBoundingClientRect().left - 1;
      }).map((it) => it.textContent));
    expect(cut).toEqual([]);
    await page.context().close();
  });
}

test("ten thousand people over fifty-two weeks: only what is seen is drawn, and keys reach all of it", async ({ page }) => {
  test.slow();
  await open(page);
  await page.locator("input[type=file]").first().setInputFiles({ name: "p.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(large(10_000))) });
  await expect(grid(page)).toBeVisible();
  await page.getByRole("group", { name: w("sheet.columns") }).getByRole("button", { name: w("sheet.weeks"), exact: true }).click();
  await expect(grid(page)).toHaveAttribute("aria-rowcount", "10102");
  await expect(grid(page)).toHaveAttribute("aria-colcount", String(3 + 1 + 4 + 12 + 52));
  await expect.poll(() => grid(page).getByRole("gridcell").count()).toBeLessThan(1_200);
  await choose(page, "全公司", "全年");
  await press(page, "Control+End");
  await expectKeys(page);
  const last = page.locator("[data-active]");
  await expect(last).toBeInViewport();
  await expect(last).toHaveAttribute("aria-colindex", "72");
  await expect(row(page, "店员9999")).toHaveAttribute("aria-rowindex", "10102");
  await press(page, "ArrowLeft", "ArrowLeft");
  await expect(page.locator("[data-active]")).toBeInViewport();
  await expect(page.locator("[data-active]")).toHaveAttribute("aria-colindex", "70");
  await press(page, "Home");
  await expect(row(page, "店员9999").getByRole("gridcell").first()).toBeInViewport();
  await press(page, "Control+Home");
  await expect(row(page, "全公司")).toBeInViewport();
  await expect.poll(() => grid(page).getByRole("gridcell").count()).toBeLessThan(1_200);
});

test("shift and the mouse choose a block, and the line at the foot says what it comes to", async ({ page }) => {
  await start(page, "ecommerce-percent");
  await choose(page, "资深四", "Q1");
  await expect(chosen(page)).toHaveText("");
  await press(page, "Shift+ArrowDown", "Shift+ArrowRight");
  await expect(chosen(page)).toHaveText(w("sheet.tally", { sum: "273", average: "68.25", count: 4 }));
  await expect(grid(page).getByRole("gridcell", { selected: true })).toHaveCount(4);
  await expectKeys(page);
  await press(page, "Escape");
  await expect(grid(page).getByRole("gridcell", { selected: true })).toHaveCount(1);
  await (await cell(page, "资深五", "Q2")).click({ modifiers: ["Shift"] });
  await expect(chosen(page)).toContainText("273");
  await (await cell(page, "资深四", "Q1")).hover();
  await page.mouse.down();
  await (await cell(page, "资深五", "Q1")).hover();
  await page.mouse.up();
  await expect(chosen(page)).toHaveText(w("sheet.tally", { sum: "168", average: "84", count: 2 }));
  await press(page, "l");
  await expect(page.getByRole("contentinfo")).toContainText(w("shell.locked", { count: 2 }));
  await press(page, "Delete");
  await expect(page.getByRole("contentinfo")).not.toContainText(w("shell.locked", { count: 2 }));
  await press(page, "Control+z");
  await expect(page.getByRole("contentinfo")).toContainText(w("shell.locked", { count: 2 }));
  await press(page, "ArrowDown");
  await expect(chosen(page)).toHaveText("");
});

test("formulas and changes are worked out exactly, and what cannot be read is said (U20)", async ({ page }) => {
  await start(page, "ecommerce-percent");
  await put(page, "资深一", "全年", "+5%");
  await expectCell(page, "资深一", "全年", `${w("sheet.typed")} 157.50`);
  await put(page, "资深一", "全年", "*1.1");
  await expectCell(page, "资深一", "全年", `${w("sheet.typed")} 173.25`);
  await put(page, "资深一", "全年", "=1.2亿/80");
  await expectCell(page, "资深一", "全年", `${w("sheet.typed")} 150.00`);
  await type(page, "资深一", "全年", "=1/0");
  await expect(problem(page)).toHaveText(w("error.divided_by_zero", { given: "=1/0" }));
  await field(page).fill("=(1+2");
  await press(page, "Enter");
  await expect(problem(page)).toHaveText(w("error.formula", { given: "=(1+2" }));
  await press(page, "Escape");
  await expectKeys(page);
  await press(page, "Control+z", "Control+z", "Control+z");
  await expectCell(page, "资深一", "全年", "150.00");
  await expect(status(page)).toContainText("✓");
});

test("a digit replaces and an arrow goes on; F2 changes and an arrow moves in the text", async ({ page }) => {
  await start(page, "ecommerce-percent");
  await choose(page, "资深四", "Q1");
  await page.keyboard.type("90");
  await press(page, "ArrowRight");
  await expectCell(page, "资深四", "Q1", `${w("sheet.typed")} 90.00`);
  await expect(await cell(page, "资深四", "Q2")).toHaveAttribute("aria-selected", "true");
  await press(page, "F2", "ArrowLeft");
  await expect(field(page)).toBeFocused();
  await press(page, "Escape", "Control+ArrowDown");
  await expect(await cell(page, "资深六", "Q2")).toHaveAttribute("aria-selected", "true");
});

test("a composition that starts on the grid loses no stroke and ends only when it is done", async ({ page, context }) => {
  await start(page, "enrolment");
  await choose(page, "销售岗", "全年");
  await press(page, "Home");
  const cdp = await context.newCDPSession(page);
  await cdp.send("Input.dispatchKeyEvent", { type: "rawKeyDown", key: "Process", code: "KeyN", windowsVirtualKeyCode: 229 });
  await cdp.send("Input.imeSetComposition", { text: "n", selectionStart: 1, selectionEnd: 1 });
  await expect(field(page)).toBeFocused();
  await expect(field(page)).toHaveValue("n");
  await cdp.send("Input.imeSetComposition", { text: "ni hao", selectionStart: 6, selectionEnd: 6 });
  await cdp.send("Input.dispatchKeyEvent", { type: "rawKeyDown", key: "Process", code: "Enter", windowsVirtualKeyCode: 229 });
  await expect(field(page)).toBeFocused();
  await cdp.send("Input.insertText", { text: "你好部" });
  await expect(field(page)).toHaveValue("你好部");
  await press(page, "Enter");
  await expect(row(page, "你好部")).toHaveCount(1);
  await expectKeys(page);
});

test("Ctrl+D fills down, as one step", async ({ page }) => {
  await start(page, "ecommerce-percent");
  const before = await figures(page);
  await choose(page, "资深四", "全年");
  await press(page, "Shift+ArrowDown", "Control+d");
  await expectCell(page, "资深五", "全年", `${w("sheet.typed")} 220.00`);
  await expect(status(page)).toContainText("✓");
  await press(page, "Control+z");
  await expect.poll(() => figures(page)).toEqual(before);
});

test("a block is copied with exact numbers and pasted back with a preview, as one step (U3, U15)", async ({ page }) => {
  await start(page, "ecommerce-percent");
  const before = await figures(page);
  await choose(page, "资深一", "全年");
  await press(page, "Shift+ArrowDown", "Shift+ArrowDown", "Control+c");
  await expect.poll(() => clipboard(page)).toBe("150\r\n100\r\n65");
  await toClipboard(page, "姓名\t全年\r\n新人一\t55\r\n资深一\t120\r\n资深二\t140\r\n");
  await press(page, "Escape", "Control+v");
  await expect(preview(page)).toContainText(w("sheet.paste_summary", { count: 3, exact: 3 }));
  await expect(preview(page)).toContainText(w("sheet.paste_by_names"));
  await expect.poll(() => figures(page)).toEqual(before);
  await preview(page).getByRole("button", { name: w("sheet.paste_apply"), exact: true }).click();
  await expect(preview(page)).toBeHidden();
  await expectCell(page, "资深一", "全年", `${w("sheet.typed")} 120.00`);
  await expectCell(page, "新人一", "全年", `${w("sheet.typed")} 55.00`);
  await expect(status(page)).toContainText("✓");
  await page.reload();
  await expectCell(page, "资深二", "全年", `${w("sheet.typed")} 140.00`);
});

test("S1-17: a sentence pasted with a number for each quarter is read as it is meant, not as it is printed", async ({ page }) => {
  await start(page, "ecommerce-percent");
  await choose(page, "电商事业部", "全年");
  await toClipboard(page, "Q1200万、Q2300万、Q3400万、Q4300万");
  await press(page, "Control+v");
  await expect(preview(page)).toContainText(w("sheet.paste_summary", { count: 4, exact: 4 }));
  await preview(page).getByRole("button", { name: w("sheet.paste_apply"), exact: true }).click();
  await expectCell(page, "电商事业部", "Q1", `${w("sheet.typed")} 200.00`);
  await expectCell(page, "电商事业部", "Q3", `${w("sheet.typed")} 400.00`);
  await expect(status(page)).toContainText("✓");
});

test("what cannot be pasted is said before anything changes, and undo takes all of it back", async ({ page }) => {
  await start(page, "ecommerce-percent");
  const before = await figures(page);
  await toClipboard(page, "120\t\nabc\t\n9000\t1");
  await choose(page, "资深一", "全年");
  await press(page, "Control+v");
  await expect(preview(page)).toContainText(w("sheet.paste_refused", { count: 2 }));
  await expect(preview(page)).toContainText(w("error.not_a_number", { given: "abc" }));
  await preview(page).getByRole("button", { name: w("sheet.paste_cancel"), exact: true }).last().click();
  await expect.poll(() => figures(page)).toEqual(before);
  await choose(page, "资深一", "全年");
  await press(page, "Control+v");
  await preview(page).getByRole("button", { name: w("sheet.paste_apply"), exact: true }).click();
  await expectCell(page, "资深一", "全年", `${w("sheet.typed")} 120.00`);
  await page.locator(".notice").getByRole("button", { name: w("shell.undo") }).click();
  await expect.poll(() => figures(page)).toEqual(before);
  // One number goes where a typed one would.
  await toClipboard(page, "1.2e6");
  await choose(page, "资深一", "全年");
  await press(page, "Control+v");
  await expect(page.locator(".notice")).toContainText("1.2e6");
  await toClipboard(page, "130万");
  await press(page, "Control+v");
  await expectCell(page, "资深一", "全年", `${w("sheet.typed")} 130.00`);
  await press(page, "Control+x");
  await expect.poll(() => clipboard(page)).toBe("130");
  await expectCell(page, "资深一", "全年", "150.00");
});

for (const look of looks) {
  test.describe(look.name, () => {
    test.use(look.use);
    test("the preview of what is pasted has nothing that axe would find", async ({ page }) => {
      const w = words(look.use.locale);
      await start(page, "ecommerce-percent", look.use.locale);
      await page.locator("#cell-3-0").click();
      await toClipboard(page, "120\n140\nabc");
      await press(page, "Control+v");
      await expect(preview(page, look.use.locale).getByRole("table")).toBeVisible();
      await axe(page);
      for (const width of [390, 320]) {
        await page.setViewportSize({ width, height: 800 });
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
      }
      await press(page, "Escape");
      await expect(keys(page)).toHaveCount(1);
    });
  });
}
