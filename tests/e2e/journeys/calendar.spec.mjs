// The fiscal year as one who plans it meets it: weeks, holidays that move, peaks, and a month that is closed.
import { start } from "../support/plans.mjs";
import { choose, expectCell, row, status } from "../support/sheet.mjs";
import { axe, expect, test } from "../support/test.mjs";
import { words } from "../support/words.mjs";

for (const locale of ["zh-CN", "en-US"]) {
  const w = words(locale);
  const region = (page, key) => page.getByRole("region", { name: w(key), exact: true }).first();
  const visit = (page, key) => page.getByRole("navigation", { name: w("shell.pages") }).getByRole("link", { name: w(key) }).click();
  const period = (page, name) => region(page, "calendar.periods").getByRole("row").filter({ has: page.getByRole("rowheader", { name, exact: true }) });
  const cells = (page, name) => period(page, name).getByRole("cell").allTextContents();
  const month = (number) => w(`sheet.month_${number}`);

  test.describe(locale, () => {
    test.use({ locale });

    test("U1, U25, N15: weeks, holidays and peaks are set, and divide the year to the cent", async ({ page }) => {
      await start(page, "ecommerce-percent", locale);
      await visit(page, "shell.page_calendar");
      // 2027: Spring Festival is on 6 February.
      await expect.poll(async () => (await cells(page, month(2)))[1]).toBe("20");
      await region(page, "calendar.holidays").getByRole("button", { name: w("calendar.add_china") }).click();
      await expect.poll(async () => (await cells(page, month(2)))[1]).toBe("18");
      const spring = region(page, "calendar.holidays").getByRole("row").nth(2);
      await expect(spring).toContainText("2027-02-05");
      await spring.getByLabel(w("calendar.lasts")).fill("8");
      await spring.getByLabel(w("calendar.lasts")).press("Tab");
      await expect.poll(async () => (await cells(page, month(2)))[1]).toBe("14");
      // What is no day says so, and changes nothing.
      await spring.getByLabel(w("calendar.lasts")).fill("900");
      await spring.getByLabel(w("calendar.lasts")).press("Tab");
      await expect(region(page, "calendar.holidays").getByRole("alert")).toContainText("120");
      await expect.poll(async () => (await cells(page, month(2)))[1]).toBe("14");
      await region(page, "calendar.peaks").getByRole("button", { name: w("calendar.add_peaks") }).click();
      await expect.poll(async () => (await cells(page, month(11)))[2]).toBe("46");
      await axe(page);
      await region(page, "calendar.periods").getByRole("button", { name: w("calendar.by_days") }).click();
      await expect(region(page, "calendar.periods")).toContainText(w("calendar.is_by_days"));
      await page.getByLabel(w("calendar.weeks"), { exact: true }).selectOption("FourFourFive");
      await expect(page.getByText(w("calendar.span_weeks", { first: "2027-01-04", last: "2028-01-02", n: 52 }))).toBeVisible();
      await expect(status(page)).toContainText("✓");
      // The weeks are columns of the sheet, and every sum holds.
      await visit(page, "shell.page_organisation");
      await page.getByRole("group", { name: w("sheet.columns"), exact: true }).getByRole("button", { name: w("sheet.weeks") }).click();
      // Only what is seen is drawn.
      await page.getByRole("gridcell").first().click();
      await page.keyboard.press("End");
      await expect(page.getByRole("columnheader", { name: w("sheet.week", { number: 52, month: month(12), day: 27 }) })).toHaveCount(1);
      await expect(status(page)).toContainText("✓");
      await visit(page, "shell.page_calendar");
      await page.getByRole("banner").getByRole("button", { name: w("shell.undo") }).click();
      await expect(page.getByLabel(w("calendar.weeks"), { exact: true })).toHaveValue("");
      await page.getByRole("banner").getByRole("button", { name: w("shell.redo") }).click();
      await expect(page.getByLabel(w("calendar.weeks"), { exact: true })).toHaveValue("FourFourFive");
      await page.reload();
      await expect(page.getByLabel(w("calendar.weeks"), { exact: true })).toHaveValue("FourFourFive");
    });

    test("U6: what past months fell short of goes into the next, and the year stays what it was", async ({ page }) => {
      await start(page, "ecommerce-percent", locale);
      await visit(page, "shell.page_calendar");
      const card = region(page, "calendar.carry");
      const line = (number) => card.getByRole("row").filter({ has: page.getByRole("rowheader", { name: month(number), exact: true }) });
      const target = async (number) => Number((await line(number).getByRole("cell").first().textContent()).replace(/[^\d.]/g, ""));
      const next = card.getByRole("button", { name: w("calendar.carry_next", { month: month(3) }) });
      const rest = card.getByRole("button", { name: w("calendar.carry_rest") });
      await expect(rest).toBeDisabled();
      const before = [];
      for (let number = 1; number <= 12; number += 1) before.push(await target(number));
      for (const number of [1, 2]) {
        await line(number).getByRole("textbox").fill("10");
        await line(number).getByRole("textbox").press("Tab");
      }
      await expect(card.getByRole("status")).toContainText(month(2));
      await axe(page);
      const brought = await target(1) - Math.abs(Number((await line(1).getByRole("cell").last().textContent()).replace(/[^\d.]/g, "")));
      await next.click();
      const gap = before[0] + before[1] - 2 * brought;
      await expect.poll(() => target(1)).toBeCloseTo(brought, 2);
      await expect.poll(() => target(3)).toBeCloseTo(before[2] + gap, 2);
      for (let number = 4; number <= 12; number += 1) await expect.poll(() => target(number)).toBe(before[number - 1]);
      await expect(status(page)).toContainText("✓");
      // Once carried there is nothing left to carry, which is said.
      await rest.click();
      await expect(page.getByRole("status").filter({ hasText: w("calendar.carry_even", { month: month(2), actual: "" }).slice(0, 6) }).first()).toBeVisible();
      await page.getByRole("banner").getByRole("button", { name: w("shell.undo") }).click();
      await expect.poll(() => target(3)).toBe(before[2]);
      await rest.click();
      await expect.poll(() => target(12)).toBeGreaterThan(before[11]);
      await page.reload();
      await expect.poll(() => target(1)).toBeCloseTo(brought, 2);
      await expect(status(page)).toContainText("✓");
    });

    test("S0-17: the last week of a month has to bring what the others have left", async ({ page }) => {
      await start(page, "ecommerce-amount", locale);
      await visit(page, "shell.page_calendar");
      await page.getByLabel(w("calendar.weeks"), { exact: true }).selectOption("Iso");
      const closing = region(page, "calendar.closing");
      await expect(closing.getByRole("row")).toHaveCount(5);
      const says = closing.getByRole("status");
      const before = await says.textContent();
      const actuals = closing.getByRole("textbox");
      for (const [place, text] of [[0, "1"], [1, "2"], [2, "3"]]) {
        await actuals.nth(place).fill(text);
        await actuals.nth(place).press("Tab");
      }
      // January has 666,666.67; six ten-thousands, or thousands, are there.
      const brought = locale === "zh-CN" ? 60_000 : 6_000;
      const left = (666_666.67 - brought).toLocaleString("en-US");
      await expect(says).toContainText(left);
      expect(before).not.toContain(left);
      await actuals.nth(1).fill("many");
      await actuals.nth(1).press("Tab");
      await expect(closing.getByRole("alert").filter({ hasText: "many" })).toBeVisible();
      await expect(says).toContainText(left);
      await page.reload();
      await expect(says).toContainText(left);
    });
  });
}
