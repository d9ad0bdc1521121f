// The sheet as a user knows it: rows and columns by their names, keys to the grid, figures as they are read out.
import { expect } from "./test.mjs";

export const grid = (page) => page.getByRole("treegrid");

/** The field that takes the keys while no cell is typed in: it lies unseen over the chosen one. */
export const keys = (page) => page.getByRole("textbox", { name: /^(选中的单元格|Chosen cell)$/ });

/** Why what is typed cannot be taken, beside its cell. */
export const problem = (page) => page.locator(".sheet__frame").getByRole("alert");

/** The row of that name; a tag may follow the name in its cell. Where several have it, the one at `index`. */
export function row(page, name, index = 0) {
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const named = page.getByRole("gridcell", { name: new RegExp(`^${escaped}( |$)`) });
  return grid(page).getByRole("row").filter({ has: named }).nth(index);
}

export async function columns(page) {
  await expect(grid(page)).toBeVisible();
  return (await grid(page).getByRole("columnheader").allTextContents()).map((it) => it.replace(/[▸◂]/, "").trim());
}

/** The cell of a row under the head that starts with `column`. */
export async function cell(page, name, column, index = 0) {
  const heads = await columns(page);
  const place = heads.findIndex((it) => it === column || it.startsWith(`${column} `));
  if (place < 0) throw new Error(`no column ${column} among ${heads.join(", ")}`);
  return row(page, name, index).getByRole("gridcell").nth(place);
}

// What assistive technology reads of each element: its text without what is hidden from it.
const spoken = (elements) =>
  elements.map((element) => {
    const read = (node) => {
      if (node.nodeType === Node.TEXT_NODE) return [node.data.trim()];
      if (node.nodeType !== Node.ELEMENT_NODE || node.ariaHidden === "true") return [];
      return [...node.childNodes].flatMap(read);
    };
    return read(element).filter(Boolean).join(" ");
  });

/** Every row that is drawn, as its cells are read out: `["资深一 资深", "47.6%", "已锁定 150.00", …]`. */
export async function figures(page) {
  const rows = await grid(page).getByRole("row").all();
  const read = await Promise.all(rows.map((it) => it.getByRole("gridcell").evaluateAll(spoken)));
  return read.filter((cells) => cells.length);
}

export async function expectRow(page, name, cells, index = 0) {
  const read = () => row(page, name, index).getByRole("gridcell").evaluateAll(spoken);
  await expect.poll(read, `the row of ${name}`).toEqual(cells);
}

/** The names of all rows, in their order and with their level: `"2 华东大区"`. */
export async function tree(page) {
  return grid(page).getByRole("row").evaluateAll((rows) =>
    rows
      .filter((it) => it.ariaLevel)
      .map((it) => `${it.ariaLevel} ${it.querySelector("[role=gridcell]").innerText.replace(/[▾▸]/g, "").trim().split(/\s*\n\s*/)[0]}`),
  );
}

export async function expectCell(page, name, column, text, index = 0) {
  const at = await cell(page, name, column, index);
  await expect.poll(async () => (await at.evaluateAll(spoken))[0], `${name}, ${column}`).toBe(text);
}

/** Chooses a cell; keys go to the grid from then on. */
export async function choose(page, name, column, index = 0) {
  const at = await cell(page, name, column, index);
  await at.click();
  await expect(at).toHaveAttribute("aria-selected", "true");
  await expectKeys(page);
}

/** Keys go to the grid, and the grid says to which of its cells. */
export async function expectKeys(page) {
  await expect(keys(page)).toBeFocused();
  const active = await keys(page).getAttribute("aria-activedescendant");
  await expect(page.locator(`[id="${active}"]`)).toHaveAttribute("aria-selected", "true");
}

/** The field that opens in a cell. */
export const field = (page) => page.getByRole("textbox", { name: /^(输入新值|New value)$/ });

/** Opens the cell for typing, writes and ends with a key. */
export async function type(page, name, column, text, { key = "Enter", index = 0 } = {}) {
  await choose(page, name, column, index);
  await page.keyboard.press("F2");
  await expect(field(page)).toBeFocused();
  await field(page).fill(text);
  if (key) await page.keyboard.press(key);
}

/** Types what the page takes. */
export async function put(page, name, column, text, options) {
  await type(page, name, column, text, options);
  await expect(field(page)).toHaveCount(0);
  await expectKeys(page);
}

/** The one line at the foot that says whether everything adds up. */
export const status = (page) => page.getByRole("contentinfo").getByRole("status");
