// Whether a target can be reached, as one who has to say so meets it: people, leads, limits, the sights upon the target and
// the buffers over it.
import { copyLink, goTo, start } from "../support/plans.mjs";
import { status } from "../support/sheet.mjs";
import { axe, expect, open, test } from "../support/test.mjs";
import { words } from "../support/words.mjs";

for (const locale of ["zh-CN", "en-US"]) {
  const w = words(locale);
  const list = (page, id) => page.locator(`#${id}`);
  const line = (page, id, number) => list(page, id).getByRole("row").nth(number + 1);
  // The field of a line under a head, whatever the line is called and the head is counted in.
  const cell = (page, id, number, key) => {
    const head = w(key).replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    return line(page, id, number).getByLabel(new RegExp(`^${head}( \\(.*\\))?: `));
  };
  const put = async (field, text) => {
    await field.fill(text);
    await field.press("Tab");
  };
  const says = (page) => page.locator(".reach__says");
  const customers = (count) => `${count} ${locale === "zh-CN" ? "家" : "customers"}`;

  test.describe(locale, () => {
    test.use({ locale });

    test("N6, S0-09, S0-13: the third party converts 2 percent, the gate names leads; ten newcomers climb their ramp", async ({ page, context }) => {
      await context.grantPermissions(["clipboard-read", "clipboard-write"]);
      await start(page, "saas", locale);
      await goTo(page, w("shell.page_gate"));
      await expect(says(page)).toHaveClass(/reach__says--good/);
      await goTo(page, w("shell.page_funnel"));
      await put(cell(page, "sources", 1, "funnel.own_conversions"), "5 / 40");
      // 500 at 10 percent and 600 at 2 are 62 a month.
      await expect(line(page, "sources", 1)).toContainText("2%");
      await expect(says(page)).toContainText("744");
      await goTo(page, w("shell.page_gate"));
      await expect(says(page)).toHaveClass(/reach__says--bad/);
      await expect(says(page)).toContainText(w("finding.by_leads"));
      await expect(says(page)).toContainText(customers(256));
      await expect(page.locator("#findings")).toContainText(customers(744));
      // S0-11: ten newcomers from January bring 210, not 240.
      await goTo(page, w("shell.page_capacity"));
      await list(page, "crews").getByRole("button", { name: w("capacity.add_crew") }).click();
      const hired = line(page, "crews", 6);
      await cell(page, "crews", 6, "capacity.level").selectOption({ index: 2 });
      await put(cell(page, "crews", 6, "capacity.heads"), "10");
      await put(cell(page, "crews", 6, "capacity.start"), "2027-01-01");
      await expect(hired).toContainText("210");
      await expect(says(page)).toContainText("1,422");
      await goTo(page, w("shell.page_gate"));
      await expect(says(page)).toContainText(w("finding.by_leads"));
      // What is proposed settles it, in one step that can be undone.
      await page.locator("#findings").getByRole("button", { name: w("funnel.source") === "Source" ? /^Raise/ : /提到每月/ }).click();
      await expect(says(page)).toHaveClass(/reach__says--good/);
      await page.getByRole("banner").getByRole("button", { name: w("shell.undo") }).click();
      await expect(says(page)).toHaveClass(/reach__says--bad/);
      await expect(status(page)).toContainText("✓");
      await axe(page);
      // It survives the reload and the link.
      await page.reload();
      await expect(says(page)).toContainText(customers(256));
      const link = await copyLink(page, locale);
      await open(page, new URL(link).hash);
      await goTo(page, w("shell.page_capacity"));
      await expect(says(page)).toContainText("1,422");
      await expect(cell(page, "crews", 6, "capacity.heads")).toHaveAttribute("readonly");
    });

    test("S0-08, S0-11, S0-24, U37: people from nothing, with their ramp, and the mix that carries the target", async ({ page }) => {
      await start(page, "education", locale);
      await goTo(page, w("shell.page_capacity"));
      await expect(says(page)).toHaveText(w("capacity.nobody"));
      for (const [place, name, orders] of [[0, "A", "5"], [1, "B", "2"]]) {
        await list(page, "levels").getByRole("button", { name: w("capacity.add_level") }).click();
        await put(cell(page, "levels", place, "capacity.level"), name);
        await put(cell(page, "levels", place, "capacity.orders"), orders);
      }
      for (const [place, level] of [[0, 1], [1, 2]]) {
        await list(page, "crews").getByRole("button", { name: w("capacity.add_crew") }).click();
        await cell(page, "crews", place, "capacity.level").selectOption({ index: level });
        await put(cell(page, "crews", place, "capacity.heads"), "10");
      }
      await expect(says(page)).toHaveText(w("capacity.says_orders", { orders: "840" }));
      await expect(page.locator("#findings")).toContainText(w("finding.no_order_value"));
      // The ramps of the field: nothing, quarters, thirds.
      await put(cell(page, "crews", 1, "capacity.start"), "2027-01-01");
      const ramp = cell(page, "levels", 1, "capacity.ramp");
      for (const [shape, orders] of [["zero", "780"], ["linear", "810"], ["thirds", "820"], ["none", "840"]]) {
        await ramp.selectOption(shape);
        await expect(says(page)).toHaveText(w("capacity.says_orders", { orders }));
      }
      // What cannot be says why, and changes nothing.
      await put(cell(page, "crews", 1, "capacity.end"), "2026-12-31");
      await expect(list(page, "crews").getByRole("alert")).toContainText("2026-12-31");
      await put(cell(page, "crews", 1, "capacity.end"), "");
      await put(cell(page, "crews", 1, "capacity.node"), "nobody");
      await expect(list(page, "crews").getByRole("alert")).toContainText("nobody");
      await expect(says(page)).toHaveText(w("capacity.says_orders", { orders: "840" }));
      // Quotas of 150 and 80 make 1,000 by four and five.
      const quota = (place) => cell(page, "levels", place, "capacity.quota");
      await put(quota(0), locale === "zh-CN" ? "150万" : "1.5m");
      await put(quota(1), locale === "zh-CN" ? "80万" : "800k");
      const exactly = w("capacity.mix_exact", { one: 4, first: "A", other: 5, second: "B" });
      await expect(page.getByRole("region", { name: w("capacity.mix") }).getByRole("listitem").first()).toHaveText(exactly);
      await axe(page);
    });

    test("S0-10, S0-21, S1-47, S3-10: a funnel from nothing", async ({ page }) => {
      await start(page, "enrolment", locale);
      await goTo(page, w("shell.page_funnel"));
      await list(page, "stages").getByRole("button", { name: w("funnel.usual_four") }).click();
      await put(cell(page, "stages", 0, "funnel.conversion"), "10");
      await list(page, "sources").getByRole("button", { name: w("funnel.add_source") }).click();
      await put(cell(page, "sources", 0, "funnel.monthly"), "2000");
      await expect(says(page)).toContainText("2,400");
      await put(cell(page, "sources", 0, "funnel.own_conversions"), "2");
      await expect(says(page)).toContainText("480");
      await put(cell(page, "sources", 0, "funnel.own_conversions"), "120");
      await expect(list(page, "sources").getByRole("alert")).toContainText("120");
      await expect(says(page)).toContainText("480");
      await put(cell(page, "sources", 0, "funnel.own_conversions"), "");
      await put(cell(page, "stages", 0, "funnel.conversion"), "0");
      await expect(page.locator("#findings")).toContainText("0%");
      await put(cell(page, "stages", 0, "funnel.conversion"), "10");
      // A form and three views make a lead.
      const lead = page.getByRole("region", { name: w("funnel.lead"), exact: true });
      await lead.getByLabel(w("funnel.needs_form")).check();
      await put(lead.getByLabel(w("funnel.views")), "3");
      await expect(lead.getByRole("status")).toHaveText(w("funnel.is_no_lead"));
      await put(lead.getByLabel(w("funnel.has_viewed")), "3");
      await expect(lead.getByRole("status")).toHaveText(w("funnel.is_lead"));
      await lead.getByLabel(w("funnel.has_form")).uncheck();
      await put(lead.getByLabel(w("funnel.has_viewed")), "9");
      await expect(lead.getByRole("status")).toHaveText(w("funnel.is_no_lead"));
      // Five open for three orders.
      await put(page.getByLabel(w("funnel.open"), { exact: true }), "5");
      await put(page.getByLabel(w("funnel.wanted"), { exact: true }), "3");
      await expect(page.getByText(w("funnel.coverage_says", { times: "1.67", rate: "60" }))).toBeVisible();
      // Three leads a week each.
      await list(page, "activities").getByRole("button", { name: w("funnel.add_activity") }).click();
      await put(cell(page, "activities", 0, "funnel.weekly"), "3");
      await expect(line(page, "activities", 0)).toContainText("156");
      // A fifth more go on.
      await expect(page.getByRole("region", { name: w("funnel.uplift") }).getByRole("status")).toContainText("2,880");
      await axe(page);
    });

    test("S0-03, S0-39, S1-04, S1-09, S1-43: the grounds of a target, its range, and a supply chain that does not carry it", async ({ page }) => {
      await start(page, "saas", locale);
      await goTo(page, w("shell.page_goal"));
      const money = page.getByRole("region", { name: w("goal.market_title") });
      await expect(money.getByRole("status")).toContainText(w("goal.market_wanted", { count: "4,000", more: "2,000" }));
      const ledger = page.getByRole("region", { name: w("goal.ledger"), exact: true }).first();
      const company = ledger.getByLabel(`${w("goal.stretch")}: ${w("gate.level_whole")}`);
      await put(company, "15");
      await expect(ledger).toContainText(customers("1,150"));
      await put(company, "16");
      await expect(page.locator("#findings")).toContainText(w("finding.stretch_unusual", { percent: "16" }));
      await put(company, "10");
      await put(page.getByLabel(w("goal.floor")), "15");
      // 15 points of 690 below 1,000, to the nearest customer.
      await expect(ledger).toContainText(w("goal.range_says", { low: customers("896"), high: customers("1,000") }).replace(/[。.]$/, ""));
      const marks = page.getByRole("region", { name: w("goal.marks") });
      await marks.getByLabel(w("goal.mark_relevant")).uncheck();
      await expect(page.locator("#findings")).toContainText(w("finding.marks_missing", { count: 1 }));
      await axe(page);
      await goTo(page, w("shell.page_gate"));
      await put(cell(page, "limits", 0, "gate.limit_growth"), "30");
      // 690 and 30 percent are 897.
      await expect(says(page)).toContainText(customers("897"));
      await expect(says(page)).toContainText(customers("103"));
      await page.reload();
      await expect(says(page)).toContainText(customers("103"));
    });

    test("S0-06, S2-02, S2-03, S1-11 to S1-14, S3-06, S3-11: grounds with their source, what the market does, and measures that serve something", async ({ page }) => {
      await start(page, "enrolment", locale);
      await goTo(page, w("shell.page_goal"));
      await list(page, "evidence").getByRole("button", { name: w("goal.add_evidence") }).click();
      await put(cell(page, "evidence", 0, "goal.evidence_words"), "25%");
      await cell(page, "evidence", 0, "goal.evidence_kind").selectOption({ label: w("goal.kind_market") });
      await put(cell(page, "evidence", 0, "goal.source"), "QuestMobile");
      await put(cell(page, "evidence", 0, "goal.evidence_day"), "2026-10-01");
      // A trend and a competitor, of which each moves the target by its own.
      for (const [place, kind, effect] of [[0, "goal.event_trend", "5"], [1, "goal.event_competitor", "-15"]]) {
        await list(page, "events").getByRole("button", { name: w("goal.add_event") }).click();
        await cell(page, "events", place, "goal.event_kind").selectOption({ label: w(kind) });
        await put(cell(page, "events", place, "goal.event_effect"), effect);
      }
      const target = page.getByRole("textbox", { name: new RegExp(`^${w("goal.target")}`) }).first();
      const before = Number((await target.inputValue()).replace(/[^0-9.]/g, ""));
      await page.getByRole("button", { name: w("goal.events_take") }).click();
      await expect.poll(async () => Number((await target.inputValue()).replace(/[^0-9.]/g, ""))).toBeCloseTo(before * 0.9, 6);
      // What the company is after says what counts.
      const intent = page.getByRole("region", { name: w("goal.intent"), exact: true });
      await intent.getByRole("combobox").selectOption({ label: w("goal.intent_new") });
      await expect(intent).toContainText("%");
      // The set of who sells to companies: near, middle and far, each for the target.
      const findings = page.locator("#findings");
      await list(page, "measures").getByRole("button", { name: w("goal.measures_tob") }).click();
      await expect(line(page, "measures", 2)).toContainText(w("goal.horizon_long"));
      const third = cell(page, "measures", 2, "goal.measure");
      const name = await third.inputValue();
      const idle = w("finding.measure_for_nothing", { measure: name, measures: 1 });
      await expect(findings).not.toContainText(idle);
      const serves = cell(page, "measures", 2, "goal.serves");
      await serves.selectOption({ label: w("goal.serves_nothing") });
      await expect(findings).toContainText(idle);
      await serves.selectOption({ index: 2 });
      await expect(findings).not.toContainText(idle);
      await axe(page);
      await page.reload();
      await expect(cell(page, "measures", 2, "goal.serves")).not.toHaveValue("target");
      await expect(cell(page, "measures", 2, "goal.serves")).not.toHaveValue("");
      await expect(cell(page, "evidence", 0, "goal.source")).toHaveValue("QuestMobile");
    });

    test("U58, S1-06, S0-27: leads of a territory beside its target, and how leads fared in earlier years", async ({ page, context }) => {
      await context.grantPermissions(["clipboard-read", "clipboard-write"]);
      await start(page, "saas", locale);
      await goTo(page, w("shell.page_funnel"));
      // From leads to opportunities to orders to cash.
      await expect(list(page, "stages").getByRole("row")).toHaveCount(5);
      const territories = page.getByRole("region", { name: w("funnel.territories") });
      await expect(territories).toHaveCount(0);
      await put(cell(page, "sources", 0, "funnel.whose"), "nobody");
      await expect(list(page, "sources").getByRole("alert")).toContainText("nobody");
      const east = locale === "zh-CN" ? "华东" : "East";
      await put(cell(page, "sources", 0, "funnel.whose"), east);
      await expect(territories.getByRole("row")).toHaveCount(4);
      await expect(territories.getByRole("row").nth(2)).toContainText(east);
      await expect(territories.getByRole("row").nth(3)).toContainText(w("funnel.nobodys"));
      // Two years of three.
      for (const [place, year, conversion] of [[0, "2026", "10"], [1, "2025", "8"]]) {
        await list(page, "past-rates").getByRole("button", { name: w("funnel.add_past") }).click();
        await expect(cell(page, "past-rates", place, "funnel.past_year")).toHaveValue(year);
        await put(cell(page, "past-rates", place, "funnel.past_conversion"), conversion);
      }
      await put(cell(page, "past-rates", 0, "funnel.ltv"), "9000");
      await put(cell(page, "past-rates", 0, "funnel.past_cac"), "3000");
      await expect(line(page, "past-rates", 0)).toContainText("+2");
      await expect(line(page, "past-rates", 0)).toContainText(w("funnel.times", { times: "3" }));
      await expect(page.locator("#findings")).toContainText(w("finding.few_rates", { years: 2 }));
      await list(page, "past-rates").getByRole("button", { name: w("funnel.add_past") }).click();
      await expect(page.locator("#findings")).not.toContainText(w("finding.few_rates", { years: 2 }));
      await axe(page);
      await page.reload();
      await expect(territories.getByRole("row")).toHaveCount(4);
      const link = await copyLink(page, locale);
      await open(page, new URL(link).hash);
      await goTo(page, w("shell.page_funnel"));
      await expect(cell(page, "past-rates", 0, "funnel.past_conversion")).toHaveValue("10");
      await expect(territories.getByRole("row")).toHaveCount(4);
    });
  });
}
