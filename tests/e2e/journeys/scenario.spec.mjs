// What if, in the middle of a meeting: inputs are turned and nothing is written, scenarios are kept, compared and sent, and
// whoever gets the link tries them over a plan of their own.
import { copyLink, fromTemplate, goTo, start, stored } from "../support/plans.mjs";
import { type } from "../support/sheet.mjs";
import { axe, expect, open, test } from "../support/test.mjs";
import { words } from "../support/words.mjs";
import { expectNoWorkers, holdWorkers, watchWorkers } from "../support/workers.mjs";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

for (const locale of ["zh-CN", "en-US"]) {
  const w = words(locale);
  const bar = (page) => page.locator(".whatif");
  const banner = (page) => page.getByRole("banner");
  const knob = (page, name) => bar(page).locator(".knob").filter({ has: page.getByText(name, { exact: true }) });
  const slider = (page, name) => knob(page, name).getByRole("slider");
  const box = (page, name) => knob(page, name).getByRole("textbox");
  const figure = (page, key) => bar(page).getByRole("row", { name: new RegExp(`^${w(key)} `) });
  const kept = (page) => stored(page).then((all) => JSON.stringify(all));
  const turn = async (page, name, text) => {
    await box(page, name).fill(text);
    await box(page, name).press("Enter");
  };
  const begin = async (page) => {
    await banner(page).getByRole("button", { name: w("shell.what_if"), exact: true }).click();
    await expect(bar(page)).toBeVisible();
  };
  const target = w("scenario.knob_target");
  const price = w("scenario.knob_price");

  test.describe(locale, () => {
    test.use({ locale });

    test("N10: what is turned shows at once beside the base, and nothing of it is written", async ({ page }) => {
      await start(page, "ecommerce-percent", locale);
      const before = await kept(page);
      await begin(page);
      await expect(bar(page)).toContainText(w("scenario.in_trial"));
      // With the keys alone: a slider moves by its step.
      await slider(page, target).focus();
      await page.keyboard.press("ArrowRight");
      await expect(figure(page, "scenario.what_target")).toContainText("+");
      await page.keyboard.press("Control+z");
      await expect(figure(page, "scenario.what_target")).not.toContainText("+");
      await turn(page, target, locale === "zh-CN" ? "1500万" : "15000k");
      await expect(figure(page, "scenario.what_target")).toContainText(locale === "zh-CN" ? "1,500" : "15,000");
      // A cell of the sheet goes into the trial too.
      await type(page, locale === "zh-CN" ? "华东大区" : "East region", "Q1", "100");
      await expect.poll(() => kept(page)).toBe(before);
      await expect(page.locator(".app")).toHaveClass(/app--trial/);
      await axe(page);
      await bar(page).getByRole("button", { name: w("scenario.reset_all") }).click();
      await expect(figure(page, "scenario.what_target")).not.toContainText("+");
      await bar(page).getByRole("button", { name: w("scenario.leave") }).click();
      await expect(bar(page)).toHaveCount(0);
      await expect.poll(() => kept(page)).toBe(before);
    });

    test("bad input in the bar has its sentence and costs nothing", async ({ page }) => {
      await start(page, "ecommerce-percent", locale);
      await begin(page);
      const conversion = w("scenario.knob_conversion", { name: locale === "zh-CN" ? "线索" : "Leads" });
      for (const [name, text] of [
        [target, "abc"],
        [target, "-5"],
        [target, ""],
        [conversion, "120"],
        [conversion, "0.12345678"],
      ]) {
        const was = await box(page, name).inputValue();
        await turn(page, name, text);
        await box(page, name).press("Tab");
        await expect(knob(page, name).locator(".knob__problem")).not.toBeEmpty();
        if (text) await expect(knob(page, name).locator(".knob__problem")).toContainText(text === "0.12345678" ? "6" : text);
        await turn(page, name, was);
        await expect(knob(page, name).locator(".knob__problem")).toBeEmpty();
      }
    });

    test("S1-28, S3-32, U74: three what-ifs in twenty seconds, saved, compared, sent, and tried over a plan of one's own", async ({ page, newContext }) => {
      await start(page, "ecommerce-percent", locale);
      const plan = await copyLink(page, locale);
      await begin(page);
      const begun = Date.now();
      for (const [at, [name, text]] of [
        [target, locale === "zh-CN" ? "1500万" : "15000k"],
        [price, "360"],
        [w("scenario.knob_conversion", { name: locale === "zh-CN" ? "线索" : "Leads" }), "30"],
      ].entries()) {
        if (at !== 0) await bar(page).getByRole("combobox", { name: w("scenario.switch") }).selectOption("trial");
        await turn(page, name, text);
        await bar(page).getByRole("button", { name: w("scenario.save_as") }).click();
        await bar(page).getByRole("textbox", { name: w("scenario.name") }).fill(`方案 ${at}`);
        await page.keyboard.press("Enter");
        await expect(bar(page)).toContainText(w("scenario.in_scenario", { name: `方案 ${at}` }));
      }
      const took = Date.now() - begun;
      expect(took, "three what-ifs").toBeLessThan(20_000);
      // Compared: four columns, and only what differs.
      await goTo(page, w("shell.page_scenarios"));
      const table = page.locator(".compare__table");
      for (const at of [0, 1, 2]) await expect(table.getByRole("columnheader", { name: `方案 ${at}` })).toBeVisible();
      await expect(table.getByRole("row", { name: new RegExp(`^${w("scenario.what_target")} `) })).toContainText("+25.0%");
      await axe(page);
      // Sent: the edits alone.
      const link = await copyLink(page, locale);
      expect(new URL(link).hash).toMatch(/^#p1[wx]\./);
      expect(new URL(link).hash.length).toBeLessThan(400);
      // Received: by somebody with the same plan, and by somebody with another.
      const same = await (await newContext()).newPage();
      await same.goto(plan);
      await same.getByRole("button", { name: w("share.take") }).click();
      const before = await kept(same);
      await same.evaluate((hash) => (location.hash = hash), new URL(link).hash);
      await expect(bar(same)).toContainText("方案 2");
      await expect(bar(same)).toContainText("30");
      await expect(bar(same).locator(".whatif__received li.good")).toHaveCount(1);
      await expect.poll(() => kept(same)).toBe(before);
      await bar(same).getByRole("combobox", { name: w("scenario.switch") }).selectOption("base");
      await expect(bar(same)).toHaveCount(0);
      const other = await (await newContext()).newPage();
      await open(other, new URL(link).hash);
      await expect(other.locator(".banner")).toContainText(w("error.what_if_waits"));
      await fromTemplate(other, "saas", locale);
      await expect(other.locator(".banner")).toContainText(/CNY/);
    });

    test("scenarios are renamed, copied, ordered, put away, deleted, and become the plan in one step", async ({ page }) => {
      await start(page, "ecommerce-percent", locale);
      await goTo(page, w("shell.page_scenarios"));
      // S0-35, ready-made: what an order costs to win goes up, and the target down.
      const item = page.locator(".scenarios--ready > li").filter({ hasText: w("scenario.ready_cost") });
      await item.getByRole("button").click();
      await expect(bar(page)).toBeVisible();
      await expect(figure(page, "scenario.what_target")).toContainText("-");
      await bar(page).getByRole("button", { name: w("scenario.save_as") }).click();
      await expect(bar(page).getByRole("textbox", { name: w("scenario.name") })).toBeFocused();
      await page.keyboard.press("Enter");
      const list = page.locator("section[aria-labelledby=scenarios-list]");
      const items = list.locator(".scenarios > li");
      await expect(items).toHaveCount(1);
      await list.getByRole("button", { name: new RegExp(w("scenario.duplicate")) }).click();
      await expect(items).toHaveCount(2);
      await items.nth(1).getByRole("textbox", { name: w("scenario.name") }).fill("Second");
      await page.keyboard.press("Tab");
      await items.nth(1).getByRole("button", { name: new RegExp(w("scenario.up")) }).click();
      await expect(items.first().getByRole("textbox", { name: w("scenario.name") })).toHaveValue("Second");
      await items.first().locator("summary").click();
      await expect(items.first().locator("details li").last()).toContainText("→");
      await items.nth(1).getByRole("button", { name: new RegExp(w("scenario.archive")) }).click();
      await expect(items).toHaveCount(1);
      await page.getByLabel(w("scenario.with_archived", { count: 1 })).check();
      await expect(items).toHaveCount(2);
      await items.nth(1).getByRole("button", { name: new RegExp(`^${w("scenario.remove")}`) }).click();
      await expect(items).toHaveCount(1);
      await page.locator(".notice").getByRole("button", { name: w("shell.undo") }).click();
      await expect(items).toHaveCount(2);
      await items.first().getByRole("button", { name: new RegExp(w("scenario.promote")) }).click();
      await expect(bar(page)).toHaveCount(0);
      await goTo(page, w("shell.page_goal"));
      await expect(page.locator("#goal-Target")).toHaveValue(/1,080|10,800/);
      await page.keyboard.press("Control+z");
      await banner(page).getByRole("button", { name: w("shell.undo") }).click();
      await expect(page.locator("#goal-Target")).toHaveValue(/1,200|12,000/);
    });

    test("S3-41, N10: where to start is ranked, and what must be true is found or said to be out of reach", async ({ page }) => {
      await start(page, "ecommerce-percent", locale);
      await begin(page);
      await turn(page, target, locale === "zh-CN" ? "3000万" : "30000k");
      await goTo(page, w("shell.page_scenarios"));
      const card = page.locator("section[aria-labelledby=scenarios-effect]");
      await card.getByRole("combobox", { name: w("scenario.measured_by") }).selectOption({ label: w("scenario.what_leads") });
      await expect(card.locator(".effect__table tbody tr").first()).toContainText(price);
      await expect(card.getByRole("status").first()).toContainText(price);
      await card.getByRole("combobox", { name: w("scenario.seek_which") }).selectOption({ label: price });
      const says = card.getByRole("status").last();
      // 2,016 of 3,000 at 300: 446.43.
      await expect(says).toContainText("446.43");
      await card.getByRole("button", { name: w("scenario.try_it") }).click();
      await expect(says).toContainText(w("scenario.seek_already", { what: w("scenario.what_leads") }));
      await axe(page);
    });

    test("N11: the chance stands in the comparison, as the page of chance says it; pictures are taken along", async ({ page }) => {
      await start(page, "saas", locale);
      await begin(page);
      await turn(page, w("scenario.knob_target"), "1100");
      await goTo(page, w("shell.page_scenarios"));
      const chance = page.locator(".compare__table").getByRole("row", { name: new RegExp(`^${w("scenario.what_chance")}`) });
      await expect(chance.getByRole("cell").nth(1)).toHaveText(/%$/, { timeout: 30_000 });
      const [base, tried, change] = await chance.getByRole("cell").allTextContents();
      expect(change).toMatch(/^[+-]?\d/);
      for (const id of ["sides-table", "steps-table", "ranking-table"]) {
        const picture = page.locator(".chart", { has: page.locator(`#${id}`) });
        await expect(picture.getByRole("heading", { level: 2 })).not.toBeEmpty();
        await picture.getByRole("button", { name: w("chart.show_table") }).press("Enter");
        await expect(page.locator(`#${id} tbody tr`).first()).toBeVisible();
        for (const kind of ["PNG", "SVG", "CSV"]) {
          const [download] = await Promise.all([page.waitForEvent("download"), picture.getByRole("button", { name: new RegExp(`${kind}$`) }).click()]);
          expect(download.suggestedFilename()).toMatch(new RegExp(`\\.${kind.toLowerCase()}$`));
        }
      }
      await axe(page);
      // The same numbers on the other page: with the trial, and without it.
      await goTo(page, w("shell.page_chance"));
      await expect(page.locator(".chance .chance__progress")).toContainText(w("chance.done"), { timeout: 30_000 });
      await expect(page.locator(".chance__number")).toHaveText(tried);
      await bar(page).getByRole("button", { name: w("scenario.leave") }).click();
      await expect(page.locator(".chance__number")).toHaveText(base);
    });

    test("10^7 years are refused wherever the chance is asked for; as many as may be are drawn beside the page, and end when one has enough", async ({ page }) => {
      await watchWorkers(page);
      await start(page, "saas", locale);
      await goTo(page, w("shell.page_chance"));
      const trials = page.getByLabel(w("chance.trials"), { exact: true });
      await trials.fill("10000000");
      await trials.press("Tab");
      await expect(page.getByRole("alert").filter({ hasText: w("error.too_large_decimal", { given: "10000000", most: "200000" }) })).toBeVisible();
      await trials.fill("200000");
      await trials.press("Tab");
      await begin(page);
      await turn(page, w("scenario.knob_target"), "1100");
      const { letGo, asked } = await holdWorkers(page);
      await goTo(page, w("shell.page_scenarios"));
      const card = page.locator("section[aria-labelledby=scenarios-compare]");
      const chance = card.getByRole("row", { name: new RegExp(`^${w("scenario.what_chance")}`) });
      await expect(chance.getByRole("cell").first()).toHaveText("…");
      await asked();
      await card.getByRole("button", { name: w("chance.stop"), exact: true }).click();
      await expectNoWorkers(page);
      await card.getByRole("button", { name: w("scenario.draw_again") }).click();
      await expect(card.getByRole("button", { name: w("chance.stop"), exact: true })).toBeVisible();
      await letGo();
      // The page answers meanwhile, and leaves nothing behind that draws.
      await card.getByLabel(w("scenario.only_changed")).uncheck();
      await expect(card.getByRole("row", { name: new RegExp(`^${w("scenario.what_heads")} `) })).toBeVisible();
      await goTo(page, w("shell.page_goal"));
      await expectNoWorkers(page);
    });

    test("S1-51: a target raised with nothing behind it warns until something is added", async ({ page }) => {
      await start(page, "ecommerce-percent", locale);
      await begin(page);
      await turn(page, target, locale === "zh-CN" ? "1500万" : "15000k");
      const warning = bar(page).getByRole("status").filter({ hasText: w("scenario.raised_bare", { by: "@" }).split("@")[1].slice(0, 12) });
      await expect(warning).toBeVisible();
      // The same beside the comparison, with its name.
      await goTo(page, w("shell.page_scenarios"));
      const beside = page.locator("section[aria-labelledby=scenarios-compare]").getByRole("status").filter({ hasText: w("scenario.a_trial") });
      await expect(beside).toContainText((await warning.textContent()).trim());
      const heads = bar(page).locator(".knob").filter({ hasText: w("scenario.knob_heads", { name: "" }).trim().slice(0, 4) }).first();
      const box = heads.getByRole("textbox");
      await box.fill(String(Number(await box.inputValue()) + 3));
      await box.press("Enter");
      await expect(warning).toHaveCount(0);
      await expect(beside).toHaveCount(0);
    });

    test("what is tried out survives a reload, over the plan it was tried over; over another it is said what fits", async ({ page }) => {
      await start(page, "ecommerce-percent", locale);
      await begin(page);
      await turn(page, target, locale === "zh-CN" ? "1500万" : "15000k");
      const before = await kept(page);
      const was = await box(page, target).inputValue();
      await page.reload();
      await expect(bar(page)).toContainText(w("scenario.in_trial"));
      await expect(box(page, target)).toHaveValue(was);
      await expect.poll(() => kept(page)).toBe(before);
      // Kept as a scenario, it is the scenario that is looked at again.
      const note = await page.evaluate(() => sessionStorage.getItem("stp1:trial"));
      await bar(page).getByRole("button", { name: w("scenario.save_as") }).click();
      await bar(page).getByRole("textbox", { name: w("scenario.name") }).fill("甲");
      await page.keyboard.press("Enter");
      await expect(bar(page)).toContainText(w("scenario.in_scenario", { name: "甲" }));
      await page.reload();
      await expect(bar(page)).toContainText(w("scenario.in_scenario", { name: "甲" }));
      // Left, it stays left.
      await bar(page).getByRole("button", { name: w("scenario.leave") }).click();
      await expect(bar(page)).toHaveCount(0);
      await page.reload();
      await expect(page.getByRole("treegrid")).toBeVisible();
      await expect(bar(page)).toHaveCount(0);
      // What nobody has kept waits behind a scenario that is looked at, and behind the base, for when it is begun again.
      await begin(page);
      await turn(page, target, locale === "zh-CN" ? "1600万" : "16000k");
      const other = await box(page, target).inputValue();
      await bar(page).getByRole("button", { name: w("scenario.leave") }).click();
      await page.reload();
      await expect(page.getByRole("treegrid")).toBeVisible();
      await expect(bar(page)).toHaveCount(0);
      await begin(page);
      await expect(box(page, target)).toHaveValue(other);
      await bar(page).getByRole("button", { name: w("scenario.leave") }).click();
      // The plan under it was changed meanwhile: it says so, edit by edit.
      await type(page, locale === "zh-CN" ? "华东大区" : "East region", "Q1", "100");
      await page.evaluate((note) => sessionStorage.setItem("stp1:trial", note), note);
      await page.reload();
      await expect(bar(page).locator(".whatif__received")).toContainText("→");
      await expect(box(page, target)).toHaveValue(was);
    });

    test("a preview can be tried out and stays as it came", async ({ page, newContext }) => {
      await start(page, "ecommerce-percent", locale);
      const link = await copyLink(page, locale);
      const other = await (await newContext()).newPage();
      await open(other, new URL(link).hash);
      await begin(other);
      await expect(bar(other)).toContainText(w("scenario.in_preview"));
      await turn(other, target, locale === "zh-CN" ? "1500万" : "15000k");
      await expect(figure(other, "scenario.what_target")).toContainText("+");
      await bar(other).getByRole("button", { name: w("scenario.save_as") }).click();
      await expect(bar(other)).toContainText(w("scenario.copy_first"));
      expect(await other.evaluate(() => Object.keys(localStorage).filter((it) => it.includes("plan")))).toEqual([]);
    });
  });
}
