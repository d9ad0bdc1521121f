// A plan as a workbook, there and back (U70, N24, N31): exported, added up again from its own formulas, imported; sent to be
// filled in, and taken back; and files that are none of these, each refused by a sentence.
import { readFileSync } from "node:fs";
import { goTo, start, stored } from "../support/plans.mjs";
import { figures, grid, status } from "../support/sheet.mjs";
import { axe, expect, looks, open, test } from "../support/test.mjs";
import { cells, cents, put, sheets, unzip, zip } from "../support/workbook.mjs";
import { words } from "../support/words.mjs";

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const NAMES = {
  "zh-CN": { january: "1月", people: ["资深一", "资深二", "资深三", "资深四"], other: "ecommerce-percent" },
  "en-US": { january: "Jan", people: ["Senior 1", "Senior 2", "Senior 3", "Senior 4"], other: "ecommerce-percent" },
};

const dialog = (page, w) => page.getByRole("dialog", { name: w("table.title") });

/** Saves a kind of file by the keyboard alone, and gives its name and its bytes. */
async function save(page, w, kind) {
  await page.getByRole("banner").getByRole("button", { name: w("shell.share") }).click();
  const share = page.getByRole("dialog", { name: w("share.title") });
  await share.getByRole("button", { name: w("share.way_file"), exact: true }).press("Enter");
  const choice = share.getByRole("radio", { name: w(`share.${kind}`) });
  await choice.focus();
  await page.keyboard.press("Space");
  await expect(choice).toBeChecked();
  const coming = page.waitForEvent("download");
  await share.getByRole("button", { name: w("share.save_file") }).press("Enter");
  const file = await coming;
  const bytes = readFileSync(await file.path());
  await page.keyboard.press("Escape");
  await expect(share).toBeHidden();
  return { name: file.suggestedFilename(), bytes };
}

/** Hands a file to the import dialog, as one who opens it there. */
async function give(page, w, name, buffer, mimeType = XLSX) {
  if (!(await dialog(page, w).isVisible())) {
    await goTo(page, w("shell.page_start"));
    await page.getByRole("main").getByRole("button", { name: w("start.table") }).click();
    await expect(dialog(page, w)).toBeVisible();
  }
  await dialog(page, w).locator("input[type=file]").setInputFiles({ name, mimeType, buffer });
}

for (const look of looks) {
  test.describe(look.name, () => {
    test.use(look.use);
    const { locale } = look.use;
    const w = words(locale);
    const its = NAMES[locale];

    test("exported, every formula comes to what stands beside it; imported, it is the same tree with the same numbers", async ({ page }) => {
      await start(page, "education", locale);
      const before = await figures(page);
      const { name, bytes } = await save(page, w, "file_workbook");
      expect(name).toMatch(/\.xlsx$/);
      const entries = unzip(bytes);
      const names = [...sheets(entries).keys()];
      const [rows, columns] = [w("sheet.organisation"), w("sheet.time")];
      expect(names[0]).toBe(w("workbook.sheet_of", { rows, columns }));
      expect(names.slice(-2)).toEqual([w("workbook.inputs"), w("workbook.plan")]);
      const all = cells(entries.get("xl/worksheets/sheet1.xml"));
      let sums = 0;
      for (const [at, { number, formula }] of all) {
        if (!formula || formula.startsWith("IF(")) continue;
        expect(cents(all, at), `${at} is ${formula}`).toBe(Math.round(number * 100));
        sums += 1;
      }
      expect(sums).toBeGreaterThan(80);
      const whole = [...all].find(([, it]) => it.text?.startsWith(w("workbook.target_of", { year: 2027 })))[0].replace("1", "2");
      expect(all.get(whole).number).toBe(10_000_000);
      expect(bytes.toString("latin1")).not.toContain("vbaProject");

      await give(page, w, name, bytes);
      const box = dialog(page, w);
      await expect(box.getByRole("combobox", { name: w("table.sheet"), exact: true })).toContainText(names[0]);
      await expect(box.getByRole("textbox", { name: w("table.target") })).toHaveAccessibleDescription(/10,000,000/);
      await axe(page, ".import");
      await box.getByRole("button", { name: w("table.create") }).click();
      await expect(box).toBeHidden();
      // The whole has the name of no table, and last year was not in this sheet; who has how much is the same.
      const amounts = (read) => read.slice(1).map((row) => [row[0].split(" ")[0], ...row.slice(1, 3)]);
      await expect.poll(async () => amounts(await figures(page))).toEqual(amounts(before));
      await expect(status(page)).toContainText("✓");
    });

    test("filled in by others and taken back: what changes is seen first, and is one step", async ({ page }) => {
      await start(page, "education", locale);
      const { name, bytes } = await save(page, w, "file_fill");
      const entries = unzip(bytes);
      const [people, periods] = ["fill_people", "fill_periods"].map((it) => sheets(entries).get(w(`workbook.${it}`)));
      const at = (entry, text, column) => {
        const found = [...cells(entries.get(entry))].find(([it, cell]) => cell.text === text && !it.startsWith("A"));
        return `${column}${found[0].replace(/[A-Z]+/, "")}`;
      };
      const [one, two, three, four] = its.people.map((it) => at(people, it, "F"));
      put(entries, people, one, 1_600_000.5);
      put(entries, people, two, "140万");
      put(entries, people, three, "12,50");
      put(entries, people, four, -1);
      put(entries, periods, at(periods, its.january, "D"), 812_345.67);
      const filled = zip(entries);

      await give(page, w, name, filled);
      const box = dialog(page, w);
      await expect(box.getByRole("status")).toContainText(w("table.return_counts", { changes: 3, same: 0, blank: 18, odd: 2 }));
      const rows = box.getByRole("table").getByRole("row");
      await expect(rows).toHaveCount(4);
      await expect(rows.nth(1)).toContainText(its.people[0]);
      await expect(rows.nth(1)).toContainText("1,600,000.5");
      await expect(rows.nth(1)).toContainText(one);
      await expect(rows.nth(2)).toContainText("1,400,000");
      await expect(rows.nth(3)).toContainText(its.january);
      const sheet = w("workbook.fill_people");
      await expect(box.getByRole("listitem").filter({ hasText: `${sheet}!${three}` })).toContainText("12,50");
      await expect(box.getByRole("listitem").filter({ hasText: `${sheet}!${four}` })).toContainText("-1");
      await axe(page, ".import");

      // Looked at and left, nothing has changed.
      const kept = await stored(page);
      await page.keyboard.press("Escape");
      await expect.poll(() => stored(page)).toEqual(kept);
      await page.getByRole("main").getByRole("button", { name: w("start.table") }).click();
      const take = box.getByRole("button", { name: w("table.return_take", { n: 3 }) });
      await take.focus();
      await page.keyboard.press("Enter");
      await expect(box).toBeHidden();
      const row = page.getByRole("main").getByRole("row").filter({ has: page.getByRole("rowheader", { name: its.people[0] }) });
      await expect(row.getByRole("textbox").first()).toHaveValue(/160\.00|1,600/);
      await expect(page.locator(".notice")).toContainText(w("table.return_taken", { n: 3 }));

      // The same workbook once more says nothing new.
      await give(page, w, name, filled);
      await expect(box.getByRole("status")).toContainText(w("table.return_counts", { changes: 0, same: 3, blank: 18, odd: 2 }));
      await expect(box.getByRole("button", { name: w("table.return_take", { n: 0 }) })).toBeDisabled();
      await box.getByRole("button", { name: w("table.return_other_file") }).click();
      await expect(box.getByRole("textbox", { name: w("table.text") })).toBeVisible();
      await page.keyboard.press("Escape");
      await page.keyboard.press("Control+z");
      await goTo(page, w("shell.page_agree"));
      await expect(row.getByRole("textbox").first()).toHaveValue("");
    });

    test("the workbook of another plan, and files that are none, are refused by a sentence each", async ({ page }) => {
      await start(page, "education", locale);
      const { name, bytes } = await save(page, w, "file_fill");
      const book = await save(page, w, "file_workbook");
      await goTo(page, w("shell.page_start"));
      const example = its.other.replaceAll("-", "_");
      await page.getByRole("main").getByRole("button", { name: w(`start.${example}_name`) }).click();
      await expect(grid(page)).toBeVisible();
      const kept = await stored(page);

      await give(page, w, name, bytes);
      const box = dialog(page, w);
      const alert = box.getByRole("alert");
      const title = name.replace(w("workbook.fill_file", { title: "" }).trim(), "").replace(".xlsx", "").trim();
      // One person has the same id and name in both examples.
      await expect(alert).toContainText(w("table.return_other", { title, unknown: 10, rows: 11 }));
      await expect(box.getByRole("button", { name: w("table.return_take", { n: 0 }) })).toBeDisabled();
      await box.getByRole("button", { name: w("table.return_other_file") }).click();

      const bomb = unzip(book.bytes);
      bomb.set("xl/worksheets/sheet1.xml", `<worksheet><sheetData>${" ".repeat(6 << 20)}</sheetData></worksheet>`);
      const long = unzip(book.bytes);
      long.set("xl/worksheets/sheet1.xml", `<worksheet><sheetData>${'<row><c><v>1</v></c></row>'.repeat(10_002)}</sheetData></worksheet>`);
      const refused = [
        ["old.xls", Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0]), w("table.old_or_locked")],
        ["cut.xlsx", book.bytes.subarray(0, book.bytes.length / 2), w("table.workbook_damaged")],
        ["letter.docx", zip(new Map([["word/document.xml", "<document/>"]])), w("table.not_a_workbook")],
        ["bomb.xlsx", zip(bomb), w("table.workbook_bomb")],
        ["long.xlsx", zip(long), w("table.sheet_too_long", { limit: "10,000" })],
      ];
      for (const [called, buffer, why] of refused) {
        await give(page, w, called, buffer);
        await expect(alert).toContainText(w("table.of_file", { name: called, why }));
      }
      // A sheet that cannot be read leaves the others.
      await box.getByRole("combobox", { name: w("table.sheet"), exact: true }).selectOption({ index: 1 });
      await expect(alert).toHaveText("");
      await expect(box.getByRole("textbox", { name: w("table.text") })).not.toHaveValue("");
      await expect.poll(() => stored(page)).toEqual(kept);
    });
  });
}

test("a table as CSV opens in a Chinese Excel, and is read again; in GBK, UTF-16 or any other encoding, which is said and can be changed (U70)", async ({ page }) => {
  const w = words();
  await start(page, "education");
  const { name, bytes } = await save(page, w, "file_table");
  expect(name).toMatch(/\.csv$/);
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  await give(page, w, name, bytes, "text/csv");
  const box = dialog(page, w);
  const text = box.getByRole("textbox", { name: w("table.text") });
  await expect(box.getByRole("status")).toContainText(w("table.people", { n: 9 }));
  await expect(box).toContainText(w("table.utf8_marked"));

  // 姓名,权重 / 张三,1 / 李四,2
  const gbk = Buffer.from("d0d5c3fb2cc8a8d6d80ad5c5c8fd2c310ac0eecbc42c320a", "hex");
  await give(page, w, "gbk.csv", gbk, "text/csv");
  await expect(box).toContainText(w("table.gbk"));
  await expect(text).toHaveValue(/张三,1/);
  const encoding = box.getByRole("combobox", { name: w("table.read_as"), exact: true });
  await expect(encoding).toContainText("GBK");
  await encoding.selectOption({ label: "UTF-8" });
  await expect(text).toHaveValue(/�/);
  await expect(box).toContainText(w("table.unread", { n: ((await text.inputValue()).match(/�/g) ?? []).length }));
  await encoding.selectOption({ label: "GBK / GB 18030" });
  await expect(text).toHaveValue(/李四,2/);

  await give(page, w, "utf16.txt", Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from("姓名\t权重\n张三\t1\n", "utf16le")]), "text/plain");
  await expect(box).toContainText(w("table.utf16"));
  await expect(text).toHaveValue(/张三\t1/);

  // 姓名,權重 / 張三,1 in Big5: neither UTF-8 nor likely GBK, or taken for GBK; either way it can be told what it is.
  await give(page, w, "big5.csv", Buffer.from("a96da6572cc576adab0ab169a4542c310a", "hex"), "text/csv");
  await encoding.selectOption({ label: "Big5" });
  await expect(text).toHaveValue(/張三,1/);
  await expect(box).toContainText(w("table.read_as_other", { encoding: "Big5" }));
});
