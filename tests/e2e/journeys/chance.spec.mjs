// How likely the year is, as one meets it who has to say so: the number and what it means, by month and by node, how high to
// aim, what it is reckoned from, and what happens to numbers that cannot be. S0-39, U34, U35, U73, N3, N4, N11.
import { readFileSync } from "node:fs";
import { copyLink, goTo, start } from "../support/plans.mjs";
import { status } from "../support/sheet.mjs";
import { axe, expect, open, test } from "../support/test.mjs";
import { words } from "../support/words.mjs";
import { expectNoWorkers, holdWorkers, watchWorkers } from "../support/workers.mjs";

const number = (page) => page.locator(".chance__number");
const says = (page) => page.locator(".chance__says");
const done = (page, w) => expect(page.locator(".chance .chance__progress")).toContainText(w("chance.done"), { timeout: 30_000 });
const ranked = (page) => expect(page.locator("[data-moved]")).toHaveAttribute("data-moved", "100", { timeout: 30_000 });
const put = async (field, text) => {
  await field.fill(text);
  await field.press("Tab");
};

async function look(page, id, locale) {
  const w = words(locale);
  await start(page, id, locale);
  await goTo(page, w("shell.page_chance"));
  await expect(number(page)).toBeVisible();
  await done(page, w);
}

for (const locale of ["zh-CN", "en-US"]) {
  const w = words(locale);
  const field = (page, key) => page.getByLabel(w(key), { exact: true });

  test.describe(locale, () => {
    test.use({ locale });

    test("N11, S0-39: the chance in words, by month and by node; how high to aim beside what is customary", async ({ page }) => {
      await look(page, "education", locale);
      await expect(number(page)).toHaveText(/^\d\d\.\d%$/);
      await expect(says(page)).toContainText("10,000");
      await expect(page.getByText(w("chance.meaning"))).toBeVisible();
      const aims = page.getByRole("group", { name: w("chance.aim") }).getByRole("row");
      await expect(aims.nth(1)).toContainText("0%");
      await expect(aims.nth(2)).toContainText("10%");
      await expect(aims.nth(3)).toContainText("15%");
      await expect(page.locator(".reach__says")).toContainText("80");
      // Its table is one key away, and says what the picture does.
      const picture = page.locator(".chart", { has: page.locator("#fan-table") });
      await picture.getByRole("button", { name: w("chart.show_table") }).press("Enter");
      await expect(page.locator("#fan-table").getByRole("row")).toHaveCount(13);
      const nodes = page.getByRole("group", { name: w("chance.nodes") }).getByRole("row");
      await expect(nodes).not.toHaveCount(1);
      // Twenty years of which as many reach the target as the number says, read dot by dot.
      const dots = page.locator(".chart", { has: page.locator("#drawn-table") });
      const chance = Number.parseFloat(await number(page).textContent());
      const count = (await dots.locator("circle.chart__rise").count()) - 1;
      expect(Math.abs(count * 5 - chance)).toBeLessThanOrEqual(2.6);
      await expect(dots.getByRole("heading", { level: 2 })).toContainText(String(count));
      await dots.locator(".chart__cursor").focus();
      const first = await dots.getByRole("status").textContent();
      await page.keyboard.press("End");
      await expect(dots.getByRole("status")).not.toHaveText(first);
      await dots.getByRole("button", { name: w("chart.show_table") }).press("Enter");
      await expect(page.locator("#drawn-table tbody tr")).toHaveCount(20);
      // The buffer that the plan has is beside the others (N3), and the sentence counts with it.
      await goTo(page, w("shell.page_goal"));
      await put(page.getByRole("textbox", { name: new RegExp(`^${w("goal.stretch")}`) }).first(), "12");
      await goTo(page, w("shell.page_chance"));
      await expect(page.getByRole("group", { name: w("chance.aim") })).toContainText(w("chance.aim_own"));
      await expect(page.getByRole("group", { name: w("chance.aim") })).toContainText("12%");
      await done(page, w);
      await axe(page);
      await expect(status(page)).toContainText("✓");
    });

    test("what it is reckoned from changes it, is undone, and goes along in a link", async ({ page, context }) => {
      await context.grantPermissions(["clipboard-read", "clipboard-write"]);
      await look(page, "education", locale);
      const before = await says(page).textContent();
      // U35: nothing varies, and everybody attains 80 %: a quarter more has to be handed out.
      await put(field(page, "chance.spread"), "0");
      await put(field(page, "chance.attainment"), "80");
      await page.getByRole("button", { name: w("chance.draws_people"), exact: true }).click();
      await expect(page.locator(".reach__says")).toContainText("25%");
      await expect(number(page)).toHaveText("<0.1%");
      const link = await copyLink(page, locale);
      for (let times = 0; times < 3; times += 1) await page.getByRole("banner").getByRole("button", { name: w("shell.undo") }).click();
      await done(page, w);
      await expect(says(page)).toHaveText(before);
      // Another seed draws other years; the same one the same.
      await put(field(page, "chance.seed"), "2");
      await expect(says(page)).not.toHaveText(before);
      await put(field(page, "chance.seed"), "1");
      await expect(says(page)).toHaveText(before);
      await open(page, new URL(link).hash);
      await goTo(page, w("shell.page_chance"));
      await expect(page.locator(".reach__says")).toContainText("25%");
      await expect(field(page, "chance.seed")).toHaveAttribute("readonly");
    });

    test("numbers that cannot be are refused with what would do, and cost nothing", async ({ page }) => {
      await look(page, "saas", locale);
      const before = await says(page).textContent();
      const refusals = [
        ["chance.confidence", "100", w("error.too_large_decimal", { given: "100", most: "99.5" })],
        ["chance.confidence", "40", w("error.out_of_range", { given: "40", least: "50", most: "99.5" })],
        ["chance.trials", "10000000", w("error.too_large_decimal", { given: "10000000", most: "200000" })],
        ["chance.common", "101", w("error.too_large_decimal", { given: "101", most: "95" })],
        ["chance.spread", "-5", w("error.negative", { given: "-5" })],
      ];
      for (const [key, given, sentence] of refusals) {
        await put(field(page, key), given);
        await expect(page.getByRole("alert").filter({ hasText: sentence })).toBeVisible();
        await put(field(page, key), "");
        await expect(page.getByRole("alert").filter({ hasText: sentence })).toHaveCount(0);
      }
      await expect(says(page)).toHaveText(before);
      // As sure as so few years can say nothing of.
      await put(field(page, "chance.trials"), "1000");
      await put(field(page, "chance.confidence"), "99");
      await expect(page.locator(".reach__says")).toContainText(w("chance.aim_too_sure", { years: "1,000", confidence: "99" }));
    });

    test("zero deals and no target have their sentences", async ({ page }) => {
      await look(page, "education", locale);
      await page.getByRole("button", { name: w("chance.draws_deals"), exact: true }).click();
      await expect(says(page)).toHaveText(w("chance.no_deals"));
      await expect(number(page)).toBeHidden();
      await axe(page);
      await page.getByRole("button", { name: w("chance.draws_auto"), exact: true }).click();
      await expect(number(page)).toBeVisible();
    });
  });
}

for (const locale of ["zh-CN", "en-US"]) {
  const w = words(locale);
  test.describe(locale, () => {
    test.use({ locale });

    test("N10, N11: what moves the chance is ranked, read as a table and taken along; it follows the plan and can be stopped", async ({ page }) => {
      await watchWorkers(page);
      await look(page, "saas", locale);
      await ranked(page);
      const picture = page.locator(".chart", { has: page.locator("#moves-table") });
      const title = picture.getByRole("heading", { level: 2 });
      await expect(title).toContainText("%");
      await expect(picture.getByRole("img")).toHaveAttribute("aria-label", new RegExp((await title.textContent()).slice(0, 8)));
      await picture.getByRole("button", { name: w("chart.show_table") }).press("Enter");
      const rows = page.locator("#moves-table tbody tr");
      await expect(rows).not.toHaveCount(0);
      // The widest first, and where the first of them is now lies between its ends.
      const ends = (at) => rows.nth(at).getByRole("cell").allTextContents();
      const chances = async (at) => (await ends(at)).slice(2, 4).map(Number.parseFloat);
      const width = async (at) => Math.abs((await chances(at))[0] - (await chances(at))[1]);
      for (let at = 1; at < (await rows.count()); at += 1) expect(await width(at)).toBeLessThanOrEqual((await width(at - 1)) + 0.051);
      const now = Number.parseFloat(await number(page).textContent());
      const [one, other] = (await chances(0)).sort((a, b) => a - b);
      expect(one - 0.1).toBeLessThanOrEqual(now);
      expect(now).toBeLessThanOrEqual(other + 0.1);
      for (const kind of ["SVG", "CSV"]) {
        const [download] = await Promise.all([page.waitForEvent("download"), picture.getByRole("button", { name: new RegExp(`${kind}$`) }).click()]);
        const text = readFileSync(await download.path(), "utf8");
        expect(text).toContain(await rows.first().getByRole("rowheader").textContent());
      }
      await axe(page);
      // It follows the plan, and ends where one has enough of it.
      await put(page.getByLabel(w("chance.trials"), { exact: true }), "200000");
      await expect(page.locator(".chance .chance__progress").first()).not.toContainText(w("chance.done"));
      await done(page, w);
      const card = page.locator("section[aria-labelledby=chance-moves]");
      await card.getByRole("button", { name: w("chance.stop"), exact: true }).click();
      await expect(card).toContainText(w("chance.moves_stopped"));
      await card.getByRole("button", { name: w("chance.moves_again") }).press("Enter");
      await expect(card.getByRole("button", { name: w("chance.stop"), exact: true })).toBeVisible();
      await goTo(page, w("shell.page_goal"));
      await expectNoWorkers(page);
    });
  });
}

test("drawing many years can be stopped and begun again, and the page answers meanwhile", async ({ page }) => {
  const w = words();
  await watchWorkers(page);
  await look(page, "ecommerce-percent");
  const { letGo, asked } = await holdWorkers(page);
  await put(page.getByLabel(w("chance.trials"), { exact: true }), "200000");
  const stop = page.getByRole("button", { name: w("chance.stop"), exact: true });
  await asked();
  await stop.click();
  await expect(page.locator(".chance .chance__progress")).toContainText(/已停止/);
  await expect(page.getByRole("button", { name: w("chance.samples") })).toBeDisabled();
  await page.getByRole("button", { name: w("chance.again") }).press("Enter");
  await expect(stop).toBeVisible();
  await letGo();
  // Somewhere else, and nothing is left behind that draws.
  await goTo(page, w("shell.page_goal"));
  await expect(page.getByRole("heading", { level: 1, name: w("goal.page") })).toBeVisible();
  await expectNoWorkers(page);
});

test("the samples behind it are a table: a year a line, each what was brought by the end of each month (U73)", async ({ page }) => {
  const w = words();
  await look(page, "saas");
  await put(page.getByLabel(w("chance.trials"), { exact: true }), "2000");
  await done(page, w);
  await expect(says(page)).toContainText("2,000");
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: w("chance.samples") }).click()]);
  const lines = readFileSync(await download.path(), "utf8").replace("\ufeff", "").trim().split("\r\n");
  expect(lines.length).toBe(2_001);
  const target = Number(/达到 ([\d,]+)/.exec(await says(page).textContent())[1].replaceAll(",", ""));
  const years = lines.slice(1).map((line) => line.split(",").map(Number));
  expect(years.every((it) => it.length === 13 && it.every(Number.isFinite))).toBe(true);
  // They come to what the page says.
  const share = (100 * years.filter((it) => target <= it[12]).length) / 2_000;
  expect(Math.abs(share - Number.parseFloat(await number(page).textContent()))).toBeLessThan(0.2);
});

test("without workers the page draws by itself, and comes to the same", async ({ page, newContext }) => {
  await look(page, "ecommerce-percent");
  const moves = async (it) => {
    await ranked(it);
    await it.locator(".chart", { has: it.locator("#moves-table") }).getByRole("button", { name: words()("chart.show_table") }).click();
    return it.locator("#moves-table").textContent();
  };
  const beside = [await says(page).textContent(), await page.locator(".reach__says").textContent(), await moves(page)];
  const context = await newContext();
  await context.addInitScript(() => delete globalThis.Worker);
  const alone = await context.newPage();
  await look(alone, "ecommerce-percent");
  expect([await says(alone).textContent(), await alone.locator(".reach__says").textContent(), await moves(alone)]).toEqual(beside);
});

test("one helper or none: the same to the last digit", async ({ page, newContext }) => {
  await look(page, "saas");
  const nodes = (it) => it.getByRole("group", { name: words()("chance.nodes") }).textContent();
  const two = await nodes(page);
  const context = await newContext();
  // Workers take what the machine has from the browser, so that the helper is refused to them instead.
  await context.route("**/chance*.js", async (route) => {
    const answer = await route.fetch();
    const text = (await answer.text()).replaceAll("navigator.hardwareConcurrency", "(1)");
    await route.fulfill({ response: answer, body: text });
  });
  const alone = await context.newPage();
  await look(alone, "saas");
  await expect.poll(() => nodes(alone)).toEqual(two);
});

test("a node is asked for by its name, and by the list", async ({ page }) => {
  const w = words();
  await look(page, "ecommerce-percent");
  const rows = page.getByRole("group", { name: w("chance.nodes") }).getByRole("row");
  const name = await rows.nth(2).getByRole("button").textContent();
  const chance = await rows.nth(2).getByRole("cell").nth(1).textContent();
  await rows.nth(2).getByRole("button").press("Enter");
  await expect(rows.nth(1).getByRole("button")).toHaveText(name);
  await done(page, w);
  // The same years: what it was told of it as a part it is told of it by itself.
  await expect(rows.nth(1).getByRole("cell").nth(1)).toHaveText(chance);
  await page.getByLabel(w("chance.scope")).selectOption({ index: 0 });
  await expect(rows.nth(1).getByRole("button")).not.toHaveText(name);
});
