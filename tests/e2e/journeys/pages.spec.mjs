// Every page and every dialog, in both languages and both themes: nothing that axe would find, and nothing that makes a
// phone scroll sideways. SHOTS=1 leaves a picture of each in results/shots.
import { fromTemplate, goTo } from "../support/plans.mjs";
import { choose, type } from "../support/sheet.mjs";
import { axe, expect, looks, open, test } from "../support/test.mjs";
import { words } from "../support/words.mjs";

// A phone, and the narrowest width at which WCAG 1.4.10 still wants everything to fit.
const NARROW = [390, 320];

// What can be scrolled sideways: the page itself, or a box in it. A table's own box may, and the strip of pages.
const wide = () => {
  const mayScroll = "[role=treegrid], [role=grid], table, pre, nav";
  const root = document.documentElement;
  const found = root.scrollWidth > window.innerWidth ? [`the page: ${root.scrollWidth} in ${window.innerWidth}`] : [];
  for (const box of document.querySelectorAll("body *")) {
    const { overflowX, display } = getComputedStyle(box);
    if (display === "inline" || !["auto", "scroll"].includes(overflowX) || box.scrollWidth <= box.clientWidth + 1) continue;
    if (box.matches("textarea, select, input") || box.querySelector(mayScroll) || box.closest(mayScroll)) continue;
    found.push(`${box.tagName.toLowerCase()}.${box.className}: ${box.scrollWidth} in ${box.clientWidth}`);
  }
  return found;
};

// What hangs out of the window to the right and cannot be scrolled to: cut off for good.
const cut = () => {
  const found = [];
  for (const it of document.querySelectorAll("button, a[href], input, select, textarea, h1, h2, [role=alert]")) {
    const box = it.getBoundingClientRect();
    const isShown = it.checkVisibility?.({ visibilityProperty: true, opacityProperty: true }) ?? true;
    const isInSheet = it.closest("[role=treegrid], [role=grid], table") !== null;
    let inScroller = false;
    for (let up = it.parentElement; up; up = up.parentElement) {
      if (["auto", "scroll"].includes(getComputedStyle(up).overflowX) && up.clientWidth < up.scrollWidth) inScroller = true;
    }
    if (isShown && box.width > 1 && !isInSheet && !inScroller && box.right > window.innerWidth + 1) {
      found.push(`${it.tagName.toLowerCase()} “${(it.ariaLabel ?? it.textContent ?? "").trim().slice(0, 30)}” ends at ${Math.round(box.right)}`);
    }
  }
  return found;
};

// A figure of which some digits are not shown reads as another figure.
const shortened = () =>
  [...document.querySelectorAll("dd, [role=gridcell]:not([id$=-name])")]
    .filter((it) => it.checkVisibility() && it.clientWidth + 1 < it.scrollWidth && getComputedStyle(it).overflowX !== "visible")
    .map((it) => `${it.textContent}: ${it.scrollWidth} in ${it.clientWidth}`);

// The pages in the order in which they are visited. Each leaves the page as it found it.
const PAGES = [
  ["start", async (page, w) => goTo(page, w("shell.page_start"))],
  ["goal", async (page, w) => goTo(page, w("shell.page_goal"))],
  ["organisation", async (page, w) => goTo(page, w("shell.page_organisation"))],
  [
    "months, a locked cell chosen",
    async (page, w) => {
      await page.getByRole("group", { name: w("sheet.columns") }).getByRole("button", { name: w("sheet.months") }).click();
      await choose(page, w("sheet.year") === "全年" ? "资深一" : "Senior 1", w("sheet.year"));
      await page.keyboard.press("l");
    },
  ],
  [
    "a number that is refused",
    async (page, w) => {
      await type(page, w("sheet.year") === "全年" ? "资深二" : "Senior 2", w("sheet.year"), "-1");
      await expect(page.getByRole("alert").filter({ hasText: "-1" })).toBeVisible();
    },
    async (page) => page.keyboard.press("Escape"),
  ],
  [
    "charts as tables",
    async (page, w) => {
      const buttons = page.getByRole("button", { name: w("chart.show_table") });
      while (await buttons.count()) await buttons.first().click();
      await expect(page.getByRole("table")).toHaveCount(2);
      await page.getByRole("table").last().scrollIntoViewIfNeeded();
    },
  ],
  [
    "calendar",
    async (page, w) => {
      await goTo(page, w("shell.page_calendar"));
      await page.getByLabel(w("calendar.weeks"), { exact: true }).selectOption("Iso");
      await page.getByRole("button", { name: w("calendar.add_china") }).click();
      await page.getByRole("button", { name: w("calendar.add_peaks") }).click();
    },
    async (page) => page.keyboard.press("Control+z"),
  ],
  ["capacity", async (page, w) => goTo(page, w("shell.page_capacity"))],
  [
    "people that cannot be",
    async (page, w) => {
      const heads = page.locator("#crews").getByLabel(w("capacity.heads")).first();
      await heads.fill("ten");
      await heads.press("Tab");
      await expect(page.locator("#crews").getByRole("alert")).toContainText("ten");
    },
  ],
  ["funnel", async (page, w) => goTo(page, w("shell.page_funnel"))],
  ["feasibility", async (page, w) => goTo(page, w("shell.page_gate"))],
  [
    "chance",
    async (page, w) => {
      await goTo(page, w("shell.page_chance"));
      await expect(page.locator(".chance .chance__progress")).toContainText(w("chance.done"), { timeout: 30_000 });
      await page.getByText(w("chance.meaning")).click();
    },
  ],
  [
    "what if, and scenarios",
    async (page, w) => {
      await page.getByRole("banner").getByRole("button", { name: w("shell.what_if"), exact: true }).click();
      await expect(page.locator(".whatif")).toBeVisible();
      await goTo(page, w("shell.page_scenarios"));
      await page.locator(".scenarios--ready").getByRole("button").first().click();
      await expect(page.locator(".compare__table")).toBeVisible();
    },
    async (page) => page.locator(".bar__what-if").click(),
  ],
  ["product", async (page, w) => goTo(page, w("shell.page_product"))],
  ["customer", async (page, w) => goTo(page, w("shell.page_customer"))],
  ["channel", async (page, w) => goTo(page, w("shell.page_channel"))],
  ["mix", async (page, w) => goTo(page, w("shell.page_mix"))],
  ["customers by product", async (page, w) => goTo(page, w("shell.page_product_customer"))],
  ["agree", async (page, w) => goTo(page, w("shell.page_agree"))],
  [
    "share dialog",
    async (page, w) => {
      await page.getByRole("button", { name: w("shell.share") }).click();
      await expect(page.getByRole("dialog")).toBeVisible();
    },
    async (page) => page.keyboard.press("Escape"),
  ],
  [
    "preview",
    async (page, w) => {
      await page.getByRole("button", { name: w("shell.share") }).click();
      const link = await page.getByRole("textbox", { name: w("share.link") }).inputValue();
      await page.keyboard.press("Escape");
      await page.evaluate((hash) => (location.hash = hash), new URL(link).hash);
      await expect(page.getByRole("region", { name: w("share.preview"), exact: true })).toBeVisible();
    },
  ],
  [
    "a link that was cut",
    async (page, w) => {
      await page.evaluate(() => (location.hash = "#p1d.2ir.nVrtT9tI"));
      await expect(page.getByRole("region", { name: w("error.link_trouble") })).toBeVisible();
    },
  ],
  [
    "import dialog",
    async (page, w) => {
      await goTo(page, w("shell.page_start"));
      await page.getByRole("button", { name: w("start.table") }).click();
      await expect(page.getByRole("dialog")).toBeVisible();
    },
    async (page) => page.keyboard.press("Escape"),
  ],
];

for (const look of looks) {
  test.describe(look.name, () => {
    test.use(look.use);

    test("axe finds nothing on any page, and no page scrolls sideways on a phone", async ({ page }, info) => {
      test.setTimeout(180_000);
      const w = words(look.use.locale);
      const { width, height } = page.viewportSize();
      await open(page);
      await visit("start, nothing made yet");
      await fromTemplate(page, "ecommerce-percent", look.use.locale);
      for (const [name, go, leave] of PAGES) {
        await go(page, w);
        await visit(name);
        await leave?.(page);
      }

      async function visit(name) {
        await test.step(name, async () => {
          await shoot(name, width);
          await test.step("axe", () => axe(page)).catch((error) => expect.soft(error.message, name).toBe(""));
          expect.soft(await page.evaluate(shortened), `${name}: figures cut short`).toEqual([]);
          if (look.use.colorScheme === "dark") return; // As wide as in the light.
          for (const narrow of NARROW) {
            await page.setViewportSize({ width: narrow, height: 800 });
            await shoot(name, narrow);
            expect.soft(await page.evaluate(wide), `${name}, ${narrow} px wide: scrolls sideways`).toEqual([]);
            expect.soft(await page.evaluate(cut), `${name}, ${narrow} px wide: out of reach`).toEqual([]);
            expect.soft(await page.evaluate(shortened), `${name}, ${narrow} px wide: figures cut short`).toEqual([]);
          }
          await page.setViewportSize({ width, height });
        });
      }

      async function shoot(name, at) {
        if (!process.env.SHOTS) return;
        const path = `${info.project.outputDir}/shots/${look.name} ${name} ${at}.png`.replace(/,? /g, "-");
        await page.screenshot({ path });
      }
    });
  });
}
