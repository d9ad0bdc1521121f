// Whether a target can be reached, as one who has to say so meets it: people, leads, limits, the sights upon the target and
// the buffers over it.
import { copyLink, goTo, start } from "../support/plans.mjs";
import { choose, expectCell, field, row, status } from "../support/sheet.mjs";
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

    test("S0-02, S1-01, S1-05, S2-01, S2-15, S3-01, S3-05: a target that answers seven questions, and where it parts from what is feasible", async ({ page }) => {
      await start(page, "saas", locale);
      await goTo(page, w("shell.page_goal"));
      const checks = page.getByRole("region", { name: w("goal.checks") });
      const asked = (key) => checks.getByRole("listitem").filter({ hasText: w(`goal.check_${key}`) });
      const picture = (title) => page.getByRole("figure").filter({ hasText: title });
      await expect(checks.getByRole("status")).toHaveText("7 / 7");
      const within = { wished: customers("1,000"), feasible: customers("1,212") };
      await expect(picture(w("goal.paths_title_enough", within))).toContainText(w("goal.paths_wished"));
      // History, the trade and the market, on one axis.
      const sights = page.getByRole("figure").filter({ has: page.locator("#sights-table") });
      await sights.getByRole("button", { name: w("chart.show_table") }).click();
      for (const [look, low, high] of [["history", "882", "887"], ["benchmark", "1,150", "1,840"], ["market", "2,000", "4,000"]]) {
        const row = sights.getByRole("row").filter({ hasText: w(`gate.look_${look}`) });
        await expect(row).toContainText(low);
        await expect(row).toContainText(high);
      }
      // More than can be reached is no longer feasible, and still a challenge.
      await put(page.locator("#goal-Target"), "1400");
      const apart = { wished: customers("1,400"), feasible: customers("1,212"), gap: customers("188") };
      const lines = picture(w("goal.paths_title_short", apart));
      await expect(lines).toBeVisible();
      await expect(checks.getByRole("status")).toHaveText("6 / 7");
      await expect(asked("feasible")).toContainText(w("goal.check_feasible_how"));
      await lines.getByRole("button", { name: w("chart.show_table") }).click();
      await expect(lines.getByRole("row").last()).toContainText("1,212");
      // A target that is only a number.
      for (const kind of ["strategy", "market", "capability", "history", "outlook"]) {
        await put(page.getByLabel(w(`goal.${kind}`), { exact: true }), "");
      }
      await expect(page.getByText(w("finding.no_basis")).first()).toBeVisible();
      await expect(asked("consistent")).toContainText(w("goal.check_consistent_how"));
      await expect(checks.getByRole("status")).toHaveText("5 / 7");
      await put(page.locator("#goal-Target"), "1000");
      // Fifteen percent for a market that moves.
      const ledger = page.getByRole("region", { name: w("goal.ledger"), exact: true }).first();
      await put(ledger.getByLabel(`${w("goal.stretch")}: ${w("gate.level_whole")}`), "15");
      await expect(ledger).toContainText(customers("1,150"));
      // A market in which nobody buys yet.
      const market = page.getByRole("region", { name: w("goal.market_title") });
      await put(page.locator("#market-served"), "0");
      await put(page.locator("#market-penetration"), "2");
      await expect(market.getByRole("status")).toContainText(w("goal.market_now", { percent: "0" }));
      await expect(market.getByRole("status")).toContainText(w("goal.market_wanted", { count: "1,000", more: "1,000" }));
      await axe(page);
      await page.reload();
      await expect(checks.getByRole("status")).toHaveText("6 / 7");
    });

    test("S1-02, S1-03: what two strategies ask for beside the amount, each in its own count", async ({ page }) => {
      await start(page, "enrolment", locale);
      await goTo(page, w("shell.page_goal"));
      const before = await page.locator("#goal-Target").inputValue();
      const measures = [["华东县域线索量", "80", "%"], ["KOL 曝光量", "5000000", "次"], ["AI 功能使用率", "60", "%"], ["标杆客户", "20", "个"]];
      for (const [place, [name, goal, unit]] of measures.entries()) {
        await list(page, "measures").getByRole("button", { name: w("goal.add_measure"), exact: true }).click();
        await put(cell(page, "measures", place, "goal.measure"), name);
        await put(cell(page, "measures", place, "goal.measure_goal"), goal);
        await put(cell(page, "measures", place, "goal.measure_unit"), unit);
        await put(cell(page, "measures", place, "goal.reached"), String(Number(goal) - 1));
        await expect(line(page, "measures", place)).toContainText(w("goal.not_met"));
        await put(cell(page, "measures", place, "goal.reached"), goal);
        await expect(line(page, "measures", place)).toContainText(`✓ ${w("goal.met")}`);
      }
      await page.reload();
      for (const [place, [, goal, unit]] of measures.entries()) {
        await expect(cell(page, "measures", place, "goal.measure_goal")).toHaveValue(goal);
        await expect(cell(page, "measures", place, "goal.measure_unit")).toHaveValue(unit);
      }
      await expect(page.locator("#goal-Target")).toHaveValue(before);
    });

    test("S1-21, S1-22, S1-23, S1-24, U13, U38: what sources are there for, the best day of the week, and an alarm that asks for a tactic", async ({ page, context }) => {
      await context.grantPermissions(["clipboard-read", "clipboard-write"]);
      await start(page, "saas", locale);
      await goTo(page, w("shell.page_funnel"));
      const findings = page.locator("#findings");
      for (const [place, name, purpose] of [[0, "小红书", "种草 = 转化"], [1, "抖音挑战赛", "曝光"]]) {
        await put(cell(page, "sources", place, "funnel.source"), name);
        await put(cell(page, "sources", place, "funnel.purpose"), purpose);
      }
      // Wednesday is 40 percent above Monday.
      const week = page.getByRole("region", { name: w("funnel.week") });
      const wednesday = week.getByLabel(w("funnel.wednesday"));
      await put(week.getByLabel(w("funnel.monday")), "500");
      await put(wednesday, "-1");
      await expect(week.getByRole("alert").filter({ hasText: "1" })).toBeVisible();
      await put(wednesday, "700");
      const said = { best: w("funnel.wednesday"), least: w("funnel.monday"), percent: "40" };
      await expect(week.getByRole("status")).toHaveText(w("funnel.week_says", said));
      // Targets of each stage in pieces: 1,000 orders, 2,500 opportunities, 10,000 leads.
      for (const [place, count] of [[0, "10,000"], [1, "2,500"], [2, "1,000"]]) {
        await expect(line(page, "stages", place)).toContainText(count);
      }
      // 10 percent are below a line of 11, and not below one of 10.
      const paused = w("finding.source_paused", { source: "抖音挑战赛", conversion: "10", limit: "11" });
      await put(cell(page, "sources", 1, "funnel.pause_below"), "10");
      await expect(findings).not.toContainText("抖音挑战赛");
      await put(cell(page, "sources", 1, "funnel.pause_below"), "11");
      await expect(findings).toContainText(paused);
      // Paused, the leads no longer suffice; resources settle it.
      await put(cell(page, "sources", 1, "funnel.monthly"), "0");
      await expect(says(page)).toContainText("600");
      await expect(says(page)).toHaveClass(/reach__says--bad/);
      await goTo(page, w("shell.page_gate"));
      await expect(says(page)).toHaveClass(/reach__says--bad/);
      await findings.getByRole("button", { name: /小红书/ }).first().click();
      await expect(says(page)).toHaveClass(/reach__says--good/);
      // Fewer people than the target takes: said at once, with whom to hire.
      await goTo(page, w("shell.page_capacity"));
      await expect(says(page)).toHaveClass(/reach__says--good/);
      for (const place of [0, 2, 4]) await put(cell(page, "crews", place, "capacity.heads"), "1");
      await expect(page.getByRole("region", { name: w("capacity.hire") })).toBeVisible();
      await expect(says(page)).toContainText("612");
      await expect(says(page)).toContainText("388");
      await expect(says(page)).toHaveClass(/reach__says--bad/);
      await axe(page);
      await page.reload();
      const link = await copyLink(page, locale);
      await open(page, new URL(link).hash);
      await goTo(page, w("shell.page_funnel"));
      await expect(week.getByRole("status")).toHaveText(w("funnel.week_says", said));
      await expect(cell(page, "sources", 1, "funnel.purpose")).toHaveValue("曝光");
    });

    test("S3-30: six stages of a sale, what is done in each, and the one at which it is stuck", async ({ page }) => {
      await start(page, "enrolment", locale);
      await goTo(page, w("shell.page_funnel"));
      await list(page, "stages").getByRole("button", { name: w("funnel.usual_six") }).click();
      const six = ["leads", "needs", "offer", "talks", "order", "after"];
      for (const [place, word] of six.entries()) {
        await expect(cell(page, "stages", place, "funnel.stage")).toHaveValue(w(`funnel.six_${word}`));
        await put(cell(page, "stages", place, "funnel.note"), `CRM ${place}`);
      }
      for (const [place, conversion, trade] of [[0, "50", "30"], [1, "40", "45"], [2, "25", "60"], [3, "60", "55"]]) {
        await put(cell(page, "stages", place, "funnel.conversion"), conversion);
        await put(cell(page, "stages", place, "funnel.benchmark"), trade);
      }
      await list(page, "sources").getByRole("button", { name: w("funnel.add_source") }).click();
      await put(cell(page, "sources", 0, "funnel.monthly"), "300");
      // 3,600 leads make 1,800, 720, 180 and 108.
      for (const [place, count] of [[0, "3,600"], [1, "1,800"], [2, "720"], [3, "180"], [4, "108"]]) {
        await expect(line(page, "stages", place)).toContainText(count);
      }
      const stuck = w("gate.funnel_title", { stage: w("funnel.six_offer"), conversion: "25" });
      await expect(page.getByRole("figure").filter({ hasText: stuck })).toBeVisible();
      await page.reload();
      await expect(cell(page, "stages", 5, "funnel.note")).toHaveValue("CRM 5");
    });

    test("what cannot be, and what is left out: each has its sentence", async ({ page }) => {
      await start(page, "saas", locale);
      await goTo(page, w("shell.page_funnel"));
      const findings = page.locator("#findings");
      const stage = locale === "zh-CN" ? "商机" : "Opportunities";
      const conversion = cell(page, "stages", 1, "funnel.conversion");
      await put(conversion, "0");
      await expect(findings).toContainText(w("finding.stage_stops", { stage }));
      // Above all, below nothing, and no number: the field keeps it, and the plan what it had.
      for (const given of ["101", "-1", "many"]) {
        await put(conversion, given);
        await expect(list(page, "stages").getByRole("alert")).toContainText(given === "-1" ? /-1|1/ : given);
        await expect(conversion).toHaveAttribute("aria-invalid", "true");
        await expect(findings).toContainText(w("finding.stage_stops", { stage }));
      }
      await put(conversion, "");
      await expect(list(page, "stages").getByRole("alert")).toHaveText("");
      await expect(findings).toContainText(w("finding.stage_unsaid", { stage }));
      await put(conversion, "40");
      await put(cell(page, "stages", 1, "funnel.resource"), "");
      await expect(findings).toContainText(w("finding.stage_unbound", { stage }));
      // A ramp that ends after the year, and one that is none.
      await goTo(page, w("shell.page_capacity"));
      await list(page, "crews").getByRole("button", { name: w("capacity.add_crew") }).click();
      await put(cell(page, "crews", 6, "capacity.crew"), "Newton");
      await cell(page, "crews", 6, "capacity.level").selectOption({ index: 2 });
      await put(cell(page, "crews", 6, "capacity.start"), "2027-01-01");
      const months = cell(page, "levels", 1, "capacity.ramp_months");
      await put(months, "37");
      await expect(list(page, "levels").getByRole("alert")).toContainText("37");
      await put(months, "13");
      await expect(findings).toContainText(w("finding.ramp_beyond_year", { crew: "Newton" }));
      await put(cell(page, "crews", 6, "capacity.end"), "2026-12-31");
      await expect(list(page, "crews").getByRole("alert")).toContainText("2026-12-31");
      await put(cell(page, "crews", 6, "capacity.end"), "");
      await cell(page, "crews", 6, "capacity.level").selectOption({ index: 0 });
      await expect(findings).toContainText(w("finding.crew_without_level", { crew: "Newton" }));
      // One year is one of three.
      await goTo(page, w("shell.page_funnel"));
      await list(page, "past-rates").getByRole("button", { name: w("funnel.add_past") }).click();
      await put(cell(page, "past-rates", 0, "funnel.past_conversion"), "10");
      await expect(findings).toContainText(w("finding.few_rates", { years: 1 }));
      await axe(page);
    });

    test("S1-20, S1-21, S2-14: channels by scene and customers by segment, each with its own number and its own way", async ({ page }) => {
      await start(page, "ecommerce-percent", locale);
      await goTo(page, w("shell.page_customer"));
      const segment = w("sheet.year") === "全年" ? "老客户复购" : "Repeat purchases";
      await choose(page, segment, w("sheet.year"));
      await expectCell(page, segment, w("sheet.year"), locale === "zh-CN" ? "480" : "4,800");
      const panel = page.getByRole("complementary", { name: w("inspector.title") });
      const note = panel.getByLabel(w("inspector.field_note"), { exact: false }).first();
      await note.fill("A plan for customers who buy twice a year");
      await note.blur();
      await goTo(page, w("shell.page_channel"));
      const live = w("sheet.year") === "全年" ? "直播" : "Livestream";
      const whole = locale === "zh-CN" ? "420" : "4,200";
      await expectCell(page, live, w("sheet.year"), whole);
      // A channel of that scene, and what it is there for.
      await choose(page, live, w("sheet.year"));
      await page.getByRole("toolbar").getByRole("button", { name: w("sheet.add_below"), exact: true }).click();
      await expect(field(page)).toBeFocused();
      await page.keyboard.type("抖音挑战赛");
      await page.keyboard.press("Enter");
      await expectCell(page, "抖音挑战赛", w("sheet.year"), whole);
      await choose(page, "抖音挑战赛", w("sheet.year"));
      const tag = panel.getByLabel(w("inspector.field_tag"), { exact: false }).first();
      await tag.fill("曝光");
      await tag.blur();
      await expect(row(page, "抖音挑战赛")).toContainText("曝光");
      await page.reload();
      await goTo(page, w("shell.page_channel"));
      await expect(row(page, "抖音挑战赛")).toContainText("曝光");
      await goTo(page, w("shell.page_customer"));
      await choose(page, segment, w("sheet.year"));
      await expect(note).toHaveValue("A plan for customers who buy twice a year");
    });
  });
}
