// What people submit against what they are given: entered, compared, trusted, reconciled and adopted, by keyboard and by
// mouse; whether the division is fair; and the parts of the page that come later.
import { readFileSync } from "node:fs";
import { goTo, start } from "../support/plans.mjs";
import { expectCell, grid } from "../support/sheet.mjs";
import { axe, expect, looks, open, test } from "../support/test.mjs";
import { words } from "../support/words.mjs";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

const NAMES = {
  "zh-CN": { all: "销售部", east: "华东", seniors: "资深组", newcomers: "新人组", year: "全年" },
  "en-US": { all: "Sales", east: "East", seniors: "Seniors", newcomers: "Newcomers", year: "Year" },
};

// The name in the table may be followed by a tag.
const row = (page, name, index = 0) =>
  page.getByRole("main").getByRole("row").filter({ has: page.getByRole("rowheader", { name, exact: false }) }).nth(index);

/** Given, submitted, submitted below, gap, trust and reconciled, as they are shown. */
const figures = (page, name, index = 0) =>
  row(page, name, index).evaluate((tr) =>
    [...tr.querySelectorAll("td")].map((td) => td.querySelector("input")?.value ?? td.innerText.replace(/\s+/g, " ").trim()),
  );

const expectRow = (page, name, cells, index = 0) => expect.poll(() => figures(page, name, index), name).toEqual(cells);

const submitted = (page, w, node, index = 0) => row(page, node, index).getByLabel(w("agree.submitted_of", { node }), { exact: true });
const trust = (page, w, node) => row(page, node).getByLabel(w("agree.trust_of", { node }), { exact: true });

for (const look of looks) {
  test.describe(look.name, () => {
    test.use(look.use);

    test("items 7 and 8: submitted, compared, trusted, adopted, taken back", async ({ page }) => {
      const { locale } = look.use;
      const w = words(locale);
      const its = NAMES[locale];
      const part = w("agree.incomplete");
      await start(page, "saas", locale);
      await goTo(page, w("shell.page_agree"));
      await expectRow(page, its.east, ["500", "", "–", "–", "", "500"]);
      const adopt = page.getByRole("button", { name: w("agree.adopt") });
      await expect(adopt).toBeDisabled();

      // One of two: the gap is that of the one.
      await submitted(page, w, its.seniors).fill("300");
      await submitted(page, w, its.seniors).press("Enter");
      await expect(submitted(page, w, its.newcomers)).toBeFocused();
      await expectRow(page, its.east, ["500", "", `${part} 300`, "-57 (-16.0%)", "", "485"]);
      // Zero is a number, and a blank is not.
      await page.keyboard.type("0");
      await page.keyboard.press("ArrowUp");
      await expect(submitted(page, w, its.seniors)).toBeFocused();
      await expectRow(page, its.newcomers, ["143", "0", "–", "-143 (-100.0%)", "", "90"]);
      await submitted(page, w, its.newcomers).fill("");
      await submitted(page, w, its.newcomers).press("Tab");
      await submitted(page, w, its.newcomers).fill("120");
      await submitted(page, w, its.newcomers).press("Tab");
      await expectRow(page, its.east, ["500", "", "420", "-80 (-16.0%)", "", "476"]);

      // What is no number stays in the field, with its reason; the plan is as it was.
      await submitted(page, w, its.all).fill("-5");
      await submitted(page, w, its.all).press("Tab");
      await expect(page.getByRole("alert").filter({ hasText: "-5" })).toBeVisible();
      await submitted(page, w, its.all).fill("");
      await submitted(page, w, its.all).press("Tab");

      // All trust above, and it holds below.
      await trust(page, w, its.all).fill("100");
      await trust(page, w, its.all).press("Enter");
      await expect(trust(page, w, its.east)).toHaveAttribute("placeholder", "100");
      await expectRow(page, its.east, ["500", "", "420", "-80 (-16.0%)", "", "420"]);
      await expectRow(page, its.all, ["1,000", "", `${part} 420`, "-80 (-16.0%)", "100", "920"]);
      await axe(page);

      await adopt.click();
      await expect(page.locator(".notice")).toContainText(w("agree.adopted"));
      await expectRow(page, its.all, ["920", "", `${part} 420`, "0 (0.0%)", "100", "920"]);
      await goTo(page, w("shell.page_organisation"));
      await expectCell(page, its.all, its.year, "920");
      await expectCell(page, its.east, its.year, `${w("sheet.typed")} 420`);
      await page.getByRole("banner").getByRole("button", { name: w("shell.undo") }).click();
      await expectCell(page, its.all, its.year, "1,000");
      await page.getByRole("banner").getByRole("button", { name: w("shell.redo") }).click();
      await expectCell(page, its.all, its.year, "920");
      await page.reload();
      await goTo(page, w("shell.page_agree"));
      await expectRow(page, its.seniors, ["300", "300", "–", "0 (0.0%)", "", "300"]);
    });
  });
}

// The worked example, with a potential and a capacity for each of the thirteen who sold anything: the first is to bring far more of theirs.
function withPotential() {
  const url = new URL("../../../src/plan/template/territories.json", import.meta.url);
  const plan = JSON.parse(readFileSync(url, "utf8"));
  const people = Object.values(plan.trees.organisation.nodes).filter((it) => it.last_year);
  for (const [index, node] of people.entries()) {
    node.name = `销售 ${index}`;
    node.potential = node.last_year * (index === 0 ? 2 : 4);
    node.capacity = node.last_year * 2;
  }
  return { name: "潜力.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(plan)) };
}

test("N18: without a potential it is said where to enter one; with one, who stands out", async ({ page }) => {
  const w = words();
  const fairness = page.getByRole("region", { name: w("agree.fairness"), exact: true });
  await start(page, "territories");
  await goTo(page, w("shell.page_agree"));
  await expect(fairness).toContainText(w("agree.potential_missing"));
  await expect(fairness).toContainText(w("agree.reach_missing"));
  await expect(fairness).toContainText("最低 +68.9%，居中 +68.9%，最高 +68.9%");
  await goTo(page, w("shell.page_start"));
  await page.locator("input[type=file]").setInputFiles(withPotential());
  await expect(grid(page)).toBeVisible();
  await goTo(page, w("shell.page_agree"));
  await expect(fairness).toContainText("最低 42.2%，居中 42.2%，最高 84.4%");
  await expect(fairness.getByRole("listitem")).toHaveText([w("agree.out", { node: "销售 0", ratio: "84.4%", median: "42.2%" })]);
  await expect(fairness).toContainText(w("agree.reach_says", { known: 13, all: 13, most: 13 }));
  await axe(page);
});

test("a company of two thousand begins folded, and unfolds", async ({ page }) => {
  const w = words();
  await open(page);
  const people = Array.from({ length: 40 }, (_, team) => Array.from({ length: 50 }, (_, one) => `组${team}\t人${team}-${one}\t10`));
  await page.getByRole("main").getByRole("button", { name: w("start.table") }).click();
  const dialog = page.getByRole("dialog", { name: w("table.title") });
  // As a user pastes. `fill` would be typing, which takes Chromium minutes where the lines are many.
  await page.evaluate((it) => navigator.clipboard.writeText(it), ["组\t人\t金额", ...people.flat()].join("\n"));
  await dialog.getByRole("textbox", { name: w("table.text") }).focus();
  await page.keyboard.press("Control+v");
  await dialog.getByRole("button", { name: w("table.create") }).click();
  await expect(dialog).toBeHidden();
  await goTo(page, w("shell.page_agree"));
  const rows = page.getByRole("main").getByRole("row");
  await expect(rows).toHaveCount(1 + 1 + 40);
  for (const team of ["组0", "组1", "组2", "组3"]) {
    await page.getByRole("button", { name: w("agree.parts_of", { node: team }), exact: true }).click();
  }
  await expect(rows).toHaveCount(1 + 200);
  await page.getByRole("button", { name: w("agree.more") }).click();
  await expect(rows).toHaveCount(1 + 1 + 40 + 4 * 50);
});

test("parts come by themselves: without the network every page and dialog opens", async ({ page, context }) => {
  const w = words();
  const parts = new Set();
  page.on("response", (it) => /split_(\w+)-/.test(it.url()) && parts.add(/split_(\w+)-/.exec(it.url())[1]));
  let [asked, seen] = [0, -1];
  page.on("request", () => (asked += 1));
  await start(page, "saas");
  await expect.poll(() => [...parts].sort()).toEqual(["agree", "backup", "calendar", "capacity", "chain", "chance", "files", "funnel", "gate", "goal", "hands", "import", "inspector", "links", "merging", "palette", "paste", "pictures", "scenarios", "share", "sheet", "shortcuts", "trouble", "under_sheet", "unseal", "versions", "what_if"]);
  // What the last of them shares with others comes after it.
  const isQuiet = () => {
    const before = seen;
    seen = asked;
    return before === asked;
  };
  await expect.poll(isQuiet, { intervals: [1_000] }).toBe(true);
  await context.setOffline(true);
  await goTo(page, w("shell.page_agree"));
  await expect(page.getByRole("heading", { name: w("shell.page_agree"), level: 1 })).toBeVisible();
  await goTo(page, w("shell.page_goal"));
  await expect(page.getByRole("heading", { name: w("goal.page"), level: 1 })).toBeVisible();
  await page.getByRole("banner").getByRole("button", { name: w("shell.share") }).click();
  await expect(page.getByRole("dialog", { name: w("share.title") })).toBeVisible();
});

test.describe("a page that cannot be had", () => {
  test.use({ allowed: /Failed to fetch|ERR_FAILED|TypeError/ });

  test("says so, and comes once it can be had", async ({ page }) => {
    const w = words();
    await page.route("**/split_goal*", (route) => route.abort());
    await start(page, "saas");
    await goTo(page, w("shell.page_goal"));
    await expect(page.getByRole("alert").filter({ hasText: w("shell.part_not_here") })).toBeVisible();
    await page.unroute("**/split_goal*");
    await goTo(page, w("shell.page_organisation"));
    await goTo(page, w("shell.page_goal"));
    await expect(page.getByRole("heading", { name: w("goal.page"), level: 1 })).toBeVisible();
  });
});
