// The worked examples: one click each, in the language in force, with the very numbers of the texts they stand for.
import { fromTemplate, goTo } from "../support/plans.mjs";
import { choose, columns, expectRow, figures, grid, status, tree } from "../support/sheet.mjs";
import { expect, open, test } from "../support/test.mjs";
import { words } from "../support/words.mjs";

const LANGUAGES = ["zh-CN", "en-US"];

// What each example shows: by language, the page, and rows as they are read out.
const EXAMPLES = [
  {
    id: "ecommerce-percent",
    test: "S0-15 · 1,200 万 by 40 / 25 / 30 / 5 percent is 480 / 300 / 360 / 60, each quarter with its label",
    title: { "zh-CN": "年度电商团队目标", "en-US": "E-commerce team target" },
    quarters: { "zh-CN": ["Q1 旺季", "Q2 淡季", "Q3 促销季", "Q4 收尾"], "en-US": ["Q1 peak", "Q2 low season", "Q3 promotions", "Q4 closing"] },
    sums: 448,
    rows: {
      "zh-CN": [
        ["电商事业部", "100.0%", "1,200.00", "480.00", "300.00", "360.00", "60.00", "968.00"],
        ["华东大区", "45.0%", "540.00", "216.00", "135.00", "162.00", "27.00", "408.00"],
        ["新人一 新人", "20.6%", "65.00", "26.00", "16.25", "19.50", "3.25", "0.00"],
      ],
      "en-US": [
        ["E-commerce division", "100.0%", "12,000.0", "4,800.0", "3,000.0", "3,600.0", "600.0", "9,680.0"],
        ["East region", "45.0%", "5,400.0", "2,160.0", "1,350.0", "1,620.0", "270.0", "4,080.0"],
        ["Newcomer 1 new", "20.6%", "650.0", "260.0", "162.5", "195.0", "32.5", "0.0"],
      ],
    },
  },
  {
    id: "ecommerce-amount",
    test: "S1-16 · 1,200 万 by the amounts 200 / 300 / 400 / 300 keeps them exact, although the shares are not",
    title: { "zh-CN": "年度 GMV 目标", "en-US": "GMV target" },
    quarters: { "zh-CN": ["Q1 冷启动", "Q2 增长期", "Q3 爆发期", "Q4 收尾期"], "en-US": ["Q1 cold start", "Q2 growth", "Q3 surge", "Q4 closing"] },
    sums: 173,
    rows: {
      "zh-CN": [
        ["电商团队", "100.0%", "1,200.00", "200.00", "300.00", "400.00", "300.00", "800.00"],
        ["直播组", "41.7%", "500.00", "83.33", "125.00", "166.67", "125.00", "–"],
      ],
      "en-US": [
        ["E-commerce team", "100.0%", "12,000.00", "2,000.00", "3,000.00", "4,000.00", "3,000.00", "8,000.00"],
        ["Livestream group", "41.7%", "5,000.00", "833.33", "1,250.00", "1,666.67", "1,250.00", "–"],
      ],
    },
    also: {
      page: "shell.page_channel",
      rows: {
        "zh-CN": [["抖音 曝光", "50.0%", "360", "60", "90", "120", "90", "–"]],
        "en-US": [["Douyin reach", "50.0%", "3,600", "600", "900", "1,200", "900", "–"]],
      },
    },
  },
  {
    id: "education",
    test: "S0-23 S0-24 · four seniors of 150 万 and five newcomers of 80 万 make 1,000 万; 60% of the seniors' are key accounts",
    title: { "zh-CN": "年度教育业务目标", "en-US": "Education target" },
    sums: 247,
    rows: {
      "zh-CN": [
        ["教育事业部", "100.0%", "1,000.0", "250.0", "200.0", "350.0", "200.0", "820.0"],
        ...["一", "二", "三", "四"].map((it) => [`资深${it} 资深`, "25.0%", "150.0", "37.5", "30.0", "52.5", "30.0", "–"]),
        ...["一", "二", "三", "四", "五"].map((it) => [`新人${it} 新人`, "20.0%", "80.0", "20.0", "16.0", "28.0", "16.0", "–"]),
      ],
      "en-US": [
        ["Education division", "100.0%", "10,000", "2,500", "2,000", "3,500", "2,000", "8,200"],
        ...[1, 2, 3, 4].map((it) => [`Senior ${it} senior`, "25.0%", "1,500", "375", "300", "525", "300", "–"]),
        ...[1, 2, 3, 4, 5].map((it) => [`Newcomer ${it} new`, "20.0%", "800", "200", "160", "280", "160", "–"]),
      ],
    },
    also: {
      page: "shell.page_customer",
      rows: {
        "zh-CN": [["大客户", "36.0%", "360", "90", "72", "126", "72", "–"]],
        "en-US": [["Key accounts", "36.0%", "3,600", "900", "720", "1,260", "720", "–"]],
      },
    },
  },
  {
    id: "enrolment",
    test: "S1-19 · 1,000 people: sales 400, operations 300, planning 300, counted in people and never in parts of one",
    title: { "zh-CN": "招生目标", "en-US": "Enrolment target" },
    sums: 201,
    rows: {
      "zh-CN": [
        ["招生团队", "100.0%", "1,000", "200", "300", "350", "150", "780"],
        ["销售岗", "40.0%", "400", "80", "120", "140", "60", "–"],
        ["运营岗", "30.0%", "300", "60", "90", "105", "45", "–"],
        ["策划岗", "30.0%", "300", "60", "90", "105", "45", "–"],
        ["社群裂变", "50.0%", "150", "30", "45", "52", "23", "–"],
        ["直播转化", "50.0%", "150", "30", "45", "53", "22", "–"],
      ],
      "en-US": [
        ["Enrolment team", "100.0%", "1,000", "200", "300", "350", "150", "780"],
        ["Sales", "40.0%", "400", "80", "120", "140", "60", "–"],
        ["Operations", "30.0%", "300", "60", "90", "105", "45", "–"],
        ["Planning", "30.0%", "300", "60", "90", "105", "45", "–"],
        ["Communities", "50.0%", "150", "30", "45", "52", "23", "–"],
        ["Livestream", "50.0%", "150", "30", "45", "53", "22", "–"],
      ],
    },
  },
  {
    id: "saas",
    test: "S0-04 · 1,000 new paying customers by capacity over three regions",
    title: { "zh-CN": "年新增付费客户目标", "en-US": "New paying customers" },
    sums: 258,
    rows: {
      "zh-CN": [
        ["销售部", "100.0%", "1,000", "200", "250", "250", "300", "690"],
        ["华东", "50.0%", "500", "100", "125", "125", "150", "–"],
        ["华南", "30.0%", "300", "60", "75", "75", "90", "–"],
        ["华北", "20.0%", "200", "40", "50", "50", "60", "–"],
      ],
      "en-US": [
        ["Sales", "100.0%", "1,000", "200", "250", "250", "300", "690"],
        ["East", "50.0%", "500", "100", "125", "125", "150", "–"],
        ["South", "30.0%", "300", "60", "75", "75", "90", "–"],
        ["North", "20.0%", "200", "40", "50", "50", "60", "–"],
      ],
    },
  },
  {
    id: "territories",
    test: "AdventureWorks · 40,000,000 USD by last year's sales over ten territories; managers and who sold nothing get nothing",
    title: { "zh-CN": "年销售区域目标", "en-US": "Territory targets" },
    sums: 427,
    rows: {
      "zh-CN": [
        ["全球销售", "100.0%", "4,000.00", "1,000.00", "1,000.00", "1,000.00", "1,000.00", "2,368.60"],
        ["North America", "67.8%", "2,713.35", "678.34", "678.34", "678.34", "678.34", "1,606.71"],
        ["France", "44.9%", "404.72", "101.18", "101.18", "101.18", "101.18", "239.65"],
        ...["274", "284", "285", "287"].map((it) => [it, "0.0%", "0.00", "0.00", "0.00", "0.00", "0.00", "0.00"]),
      ],
      "en-US": [
        ["Global sales", "100.0%", "40,000.00", "10,000.00", "10,000.00", "10,000.00", "10,000.00", "23,685.96"],
        ["North America", "67.8%", "27,133.54", "6,783.39", "6,783.39", "6,783.39", "6,783.39", "16,067.10"],
        ["France", "44.9%", "4,047.19", "1,011.80", "1,011.80", "1,011.80", "1,011.80", "2,396.54"],
        ...["274", "284", "285", "287"].map((it) => [it, "0.0%", "0.00", "0.00", "0.00", "0.00", "0.00", "0.00"]),
      ],
    },
  },
];

const nameOf = (cells) => cells[0].split(" ")[0];

for (const example of EXAMPLES) {
  test(example.test, async ({ page }) => {
    await open(page);
    for (const locale of LANGUAGES) {
      await test.step(`one click, ${locale}`, async () => {
        const w = words(locale);
        await fromTemplate(page, example.id, locale);
        await expect(page).toHaveTitle(new RegExp(`${example.title[locale]}.* · ${w("shell.product")}$`));
        const heads = await columns(page);
        if (example.quarters) expect(heads.slice(3, 7)).toEqual(example.quarters[locale]);
        const drawn = await figures(page);
        for (const cells of example.rows[locale]) {
          expect(drawn, `the row of ${nameOf(cells)}`).toContainEqual(cells);
        }
        await expect(status(page)).toContainText(`✓`);
        await expect(status(page)).toContainText(`${example.sums}`);
        if (example.also) {
          await goTo(page, w(example.also.page));
          for (const cells of example.also.rows[locale]) await expectRow(page, nameOf(cells), cells);
        }
      });
      if (locale === LANGUAGES[0]) {
        await page.getByRole("button", { name: words(locale)("shell.other_language_name") }).click();
        await goTo(page, words(LANGUAGES[1])("shell.page_start"));
      }
    }
  });
}

test("the territories are those of the source: three groups, ten territories, seventeen people", async ({ page }) => {
  await open(page);
  await fromTemplate(page, "territories");
  const rows = await tree(page);
  const level = (number) => rows.filter((it) => it.startsWith(`${number} `)).map((it) => it.slice(2));
  expect(level(2)).toEqual(["274", "North America", "285", "Pacific", "287", "Europe"]);
  expect(level(3)).toEqual([
    "Northeast", "Southwest", "Central", "Canada", "Southeast", "Northwest", "Australia", "Germany", "United Kingdom", "France",
  ]);
  await expect(grid(page)).toHaveAttribute("aria-rowcount", String(1 + 1 + 6 + 10 + 14)); // the head is a row as well
  await expect(page.getByRole("definition").filter({ hasText: /^17$/ })).toHaveCount(1);
  await choose(page, "全球销售", "全年");
  await page.keyboard.press("Control+End");
  await expectRow(page, "290", ["290", "100.0%", "404.72", "101.18", "101.18", "101.18", "101.18", "239.65"]);
});
