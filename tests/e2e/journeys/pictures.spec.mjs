// The pictures under a sheet: each says its point, has the numbers of the sheet, is read by keys and by mouse, goes along as
// PNG, SVG and CSV; and what is printed is all of the sheet.
import { readFileSync } from "node:fs";
import { start } from "../support/plans.mjs";
import { figures, grid, put } from "../support/sheet.mjs";
import { axe, expect, looks, open, test } from "../support/test.mjs";
import { words } from "../support/words.mjs";

const KINDS = ["heat", "icicle", "waterfall", "dots", "mix"];

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

const area = (page, w) => page.getByRole("region", { name: w("chart.pictures"), exact: true });

/** Shows a picture and returns its frame. */
async function show(page, w, kind) {
  await area(page, w).getByRole("button", { name: w(`chart.${kind}`), exact: true }).click();
  return area(page, w).locator("figure").first();
}

const picture = (frame) => frame.getByRole("img");

/** The rows of a picture's table, cell by cell; it is opened by key and closed again. */
async function table(page, frame, w) {
  const button = frame.getByRole("button", { name: w("chart.show_table") });
  await button.focus();
  await page.keyboard.press("Enter");
  const rows = await frame.getByRole("table").locator("tr").evaluateAll((all) => all.map((row) => [...row.cells].map((it) => it.textContent.trim())));
  await frame.getByRole("button", { name: w("chart.hide_table") }).press("Enter");
  await expect(frame.getByRole("table")).toHaveCount(0);
  return rows;
}

async function saved(page, frame, w, kind, name) {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    frame.getByRole("button", { name: w("chart.save_as", { name, kind }) }).click(),
  ]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

/** What a CSV says: its mark taken off, quotes too. No cell holds a comma here. */
const cells = (bytes) => {
  const text = bytes.toString("utf8");
  expect(text.startsWith("\uFEFF"), "the mark by which a spreadsheet knows UTF-8").toBe(true);
  return text.slice(1).trim().split("\r\n").map((row) => row.split(",").map((cell) => cell.replace(/^"|"$/g, "")));
};

const sum = (numbers) => numbers.reduce((all, it) => all + Math.round(Number(it) * 100), 0) / 100;

for (const look of looks) {
  test.describe(look.name, () => {
    test.use(look.use);

    test("N32: every picture has its point, its table and its marks, and axe finds nothing in any", async ({ page }) => {
      const w = words(look.use.locale);
      await start(page, "ecommerce-amount", look.use.locale);
      for (const kind of KINDS) {
        const frame = await show(page, w, kind);
        const title = await frame.getByRole("heading").textContent();
        expect(title, kind).toMatch(/./);
        if (kind === "mix") {
          await expect(frame.getByRole("heading")).toHaveText(w("chart.mix_unknown", { by: w("sheet.product") }));
          await expect(picture(frame)).toHaveCount(0);
          continue;
        }
        // Short text for whoever sees no picture: what it is, and its point.
        await expect(picture(frame)).toHaveAttribute("aria-label", w("chart.alternative", { name: w(`chart.${kind}`), title }));
        expect((await table(page, frame, w)).length, `${kind} as a table`).toBeGreaterThan(2);
        const mark = frame.locator(".chart__cursor");
        await mark.focus();
        const first = await frame.getByRole("status").textContent();
        await page.keyboard.press("End");
        await expect(frame.getByRole("status"), kind).not.toHaveText(first);
        await page.keyboard.press("Home");
        await expect(frame.getByRole("status"), kind).toHaveText(first);
        await axe(page, ".pictures");
      }
    });
  });
}

for (const locale of ["zh-CN", "en-US"]) {
  test.describe(locale, () => {
    test.use({ locale });

    test("what a picture says is what the sheet has, and follows it", async ({ page }) => {
      const w = words(locale);
      await start(page, "ecommerce-amount", locale);
      const sheet = (await figures(page)).map(([name, , ...cells]) => [name, ...cells]);
      const frame = await show(page, w, "heat");
      const [, ...rows] = await table(page, frame, w);
      // The sheet's first column is the whole; the picture's is its last, and the whole is its last row.
      const [whole, ...teams] = sheet.map(([name, sum, q1, q2, q3, q4]) => [name, q1, q2, q3, q4, sum]);
      const plain = (rows) => rows.map((row) => row.map((it, at) => (at ? Number(it.replaceAll(",", "")) : it)));
      expect(plain(rows.slice(0, -1))).toEqual(plain(teams));
      expect(plain(rows.slice(-1))[0].slice(1)).toEqual(plain([whole])[0].slice(1));
      // In the cells, as they are drawn: with four digits or so.
      const drawn = (await picture(frame).locator("text").allTextContents()).map((it) => Number(it.replaceAll(",", "")));
      for (const it of plain(teams).flatMap((row) => row.slice(1, 5))) {
        expect(drawn.some((text) => Math.abs(text - it) <= 0.51), `${it} is drawn`).toBe(true);
      }

      await put(page, teams[0][0], w("sheet.year"), "600");
      await expect.poll(async () => Number((await table(page, frame, w))[1][5].replaceAll(",", ""))).toBe(600);
    });

    test("a mark is read by keys and by mouse, and leads to its place in the sheet", async ({ page }) => {
      const w = words(locale);
      await start(page, "ecommerce-amount", locale);
      const frame = await show(page, w, "heat");
      const says = frame.getByRole("status");
      await expect(says).toHaveText(w("chart.read_hint"));
      const [, first, second] = await table(page, frame, w);
      // By keys, from one to the next and down a row.
      await frame.locator(".chart__cursor").focus();
      await expect(says).toContainText(`${first[0]} · Q1`);
      await page.keyboard.press("ArrowRight");
      await expect(says).toContainText(`${first[0]} · Q2`);
      await page.keyboard.press("ArrowDown");
      await expect(says).toContainText(`${second[0]} · Q2`);
      await page.keyboard.press("Enter");
      await expect(grid(page).locator("[data-active]")).toHaveAttribute("id", /^cell-\d+-2$/);
      // By mouse: pointing reads, and leaving puts it away.
      await picture(frame).hover({ position: { x: 300, y: 40 } });
      await expect(says).toContainText(first[0]);
      await page.mouse.move(0, 0);
      await expect(says).toHaveText(w("chart.read_hint"));
    });

    test("each picture goes along as PNG, SVG and CSV, whose amounts come to the target", async ({ page }) => {
      test.setTimeout(120_000);
      const w = words(locale);
      await start(page, "education", locale);
      const target = 10_000_000;
      for (const kind of KINDS) {
        const frame = await show(page, w, kind);
        await expect(picture(frame)).toBeVisible();
        const name = w(`chart.${kind}`);
        const title = await frame.getByRole("heading").textContent();

        const svg = await saved(page, frame, w, "SVG", name);
        expect(svg.name).toMatch(/\.svg$/);
        const drawn = await page.evaluate((text) => {
          const root = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
          const texts = [...root.querySelectorAll("text")];
          const unstyled = [...root.querySelectorAll("rect, text, circle, polyline")].filter((it) => !it.getAttribute("fill"));
          return { name: root.nodeName, width: root.getAttribute("width"), says: texts.map((it) => it.textContent).join(""), unstyled: unstyled.length, classes: root.querySelectorAll("[class]").length };
        }, svg.bytes.toString("utf8"));
        expect(drawn, kind).toMatchObject({ name: "svg", width: "960", unstyled: 0, classes: 0 });
        expect(drawn.says.replaceAll(" ", ""), "the title is in the picture").toContain(title.replaceAll(" ", ""));

        const png = await saved(page, frame, w, "PNG", name);
        expect(png.bytes.subarray(1, 4).toString()).toBe("PNG");
        expect(png.bytes.readUInt32BE(16), "twice as many pixels as it is wide").toBe(1920);
        expect(png.bytes.readUInt32BE(20)).toBeGreaterThan(200);

        const [head, ...rows] = cells((await saved(page, frame, w, "CSV", name)).bytes);
        const column = (start) => head.findIndex((it) => it.startsWith(start));
        if (kind === "icicle") {
          const level = column(w("chart.level"));
          const leaves = rows.filter((row) => row[level] === "2");
          expect(sum(leaves.map((row) => row[column(w("chart.target"))])), kind).toBe(target);
        } else {
          const place = kind === "heat" || kind === "mix" ? head.length - 1 : column(w("chart.target"));
          expect(sum(rows.map((row) => row[place])), kind).toBe(target);
        }
      }
    });

    test("a picture of every kind fits a phone", async ({ page }) => {
      const w = words(locale);
      await start(page, "education", locale);
      for (const width of [390, 320]) {
        await page.setViewportSize({ width, height: 800 });
        for (const kind of ["overview", ...KINDS]) {
          const frame = await show(page, w, kind);
          await expect(picture(frame)).toBeVisible();
          await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth), `${kind}, ${width}`).toBe(width);
          const drawn = picture(frame);
          const out = await drawn.evaluate((svg) => {
            const all = svg.getBoundingClientRect();
            const boxes = [...svg.querySelectorAll("text")].map((it) => [it.textContent, it.getBoundingClientRect()]);
            return boxes.filter(([, it]) => it.right > all.right + 6 || it.left < all.left - 6).map(([text]) => text);
          });
          expect(out, `${kind}, ${width}: texts outside of the picture`).toEqual([]);
        }
      }
    });

    test("paper has all rows of the sheet, light, with its name, day, unit and grounds", async ({ page }) => {
      const w = words(locale);
      await page.emulateMedia({ colorScheme: "dark" });
      await start(page, "saas", locale);
      const title = (await page.title()).split(" · ")[0];
      const shown = await figures(page);
      await page.emulateMedia({ media: "print" });
      const paper = page.locator(".printed");
      await expect(paper.locator("tbody tr")).toHaveCount(shown.length);
      const first = await paper.locator("tbody tr").first().locator("th, td").allTextContents();
      expect(first.at(-1)).toBe(shown[0].at(-1));
      expect(await page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue("--paper").trim())).toBe("#fff");
      await expect(grid(page)).toBeHidden();
      await expect(page.locator(".on-paper")).toContainText(title);
      await expect(page.locator(".on-paper")).toContainText(/20\d\d-\d\d-\d\d/);
      await expect(paper.locator("dt").first()).toHaveText(w("print.unit"));
      await expect(page.getByRole("navigation")).toBeHidden();
      await page.emulateMedia({ media: "screen" });
      await expect(paper.locator("tbody tr")).toHaveCount(0);
      await expect(grid(page)).toBeVisible();
    });
  });
}

// The worked example with what each is able to: the first of them to less than they are asked for.
function withCapacity() {
  const url = new URL("../../../src/plan/template/territories.json", import.meta.url);
  const plan = JSON.parse(readFileSync(url, "utf8"));
  const people = Object.values(plan.trees.organisation.nodes).filter((it) => it.last_year);
  for (const [index, node] of people.entries()) {
    node.name = `=销售 ${index}`;
    node.capacity = node.last_year * (index === 0 ? 1.5 : 2);
    node.capacity -= node.capacity % 1;
  }
  return { name: "产能.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(plan)) };
}

test("who is asked for more than they are able to is said, in the title, beside the mark and in the table", async ({ page }) => {
  const w = words();
  await open(page);
  await page.locator("input[type=file]").setInputFiles(withCapacity());
  await expect(grid(page)).toBeVisible();
  const frame = await show(page, w, "dots");
  await expect(frame.getByRole("heading")).toContainText("=销售 0");
  await expect(frame.getByRole("heading")).toContainText(/13 个有产能数的当中，1 个/);
  const alarm = picture(frame).locator(".chart__alarm");
  await expect(alarm).toHaveCount(1);
  const [head, ...rows] = await table(page, frame, w);
  const over = head.indexOf(w("chart.over_capacity"));
  const above = rows.filter((row) => row[over].startsWith("+"));
  expect(above.map((row) => row[0])).toEqual(["=销售 0"]);
  const drawn = Number((await alarm.textContent()).replace("▲ +", ""));
  expect(Math.abs(drawn - Number(above[0][over].replace("+", "")))).toBeLessThan(0.051);
  // A name that a spreadsheet would run is a name.
  const csv = (await saved(page, frame, w, "CSV", w("chart.dots"))).bytes.toString("utf8");
  expect(csv).toContain(`"'=销售 0"`);
  expect(csv).not.toContain(`"=`);
});

test("a long sheet is printed whole, its head on every page", async ({ page }) => {
  const w = words();
  const rows = Array.from({ length: 300 }, (_, at) => `大区${at % 5}\t成员${at + 1}\t${at + 100}`);
  await open(page);
  await page.getByRole("main").getByRole("button", { name: w("start.table") }).click();
  const dialog = page.getByRole("dialog", { name: w("table.title") });
  await page.evaluate((it) => navigator.clipboard.writeText(it), ["大区\t姓名\t目标", ...rows].join("\n"));
  await dialog.getByRole("textbox", { name: w("table.text") }).focus();
  await page.keyboard.press("Control+v");
  await dialog.getByRole("textbox", { name: w("table.target") }).fill("100万");
  await dialog.getByRole("button", { name: w("table.create") }).click();
  await expect(grid(page)).toBeVisible();
  const drawn = await grid(page).getByRole("row").count();
  expect(drawn, "the screen draws a window").toBeLessThan(100);
  await page.emulateMedia({ media: "print" });
  await expect(page.locator(".printed tbody tr")).toHaveCount(306);
  const head = await page.locator(".printed thead").first().evaluate((it) => getComputedStyle(it).display);
  expect(head).toBe("table-header-group");
  const pages = (await page.pdf()).toString("latin1").match(/\/Type\s*\/Page\b/g).length;
  expect(pages).toBeGreaterThan(4);
});
