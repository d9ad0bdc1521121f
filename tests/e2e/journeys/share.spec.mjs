// Sending a plan: how much of it and in which form, how long each is, and that whoever gets it sees the same numbers, and no
// name where there is to be none.
import { readFileSync } from "node:fs";
import { inflateRawSync } from "node:zlib";
import { start } from "../support/plans.mjs";
import { figures, grid } from "../support/sheet.mjs";
import { axe, expect, looks, open, test } from "../support/test.mjs";
import { words } from "../support/words.mjs";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

const PEOPLE = ["王小明", "李思思", "欧阳青云"];

/** A plan with names wherever there is room for one, and with submitted and actual numbers. */
function told() {
  const url = new URL("../../../src/plan/template/saas.json", import.meta.url);
  const plan = JSON.parse(readFileSync(url, "utf8").replaceAll(/[^"]* \| /g, ""));
  const { organisation, time } = plan.trees;
  const people = Object.values(organisation.nodes);
  for (const [index, node] of people.entries()) {
    Object.assign(node, { name: PEOPLE[index % 3] + index, note: `问${PEOPLE[0]}0`, tag: PEOPLE[1], submitted: 100 + index });
  }
  time.nodes["5"].actual = 77;
  plan.title = `${PEOPLE[0]}0的计划`;
  plan.goal.basis = { strategy: `${PEOPLE[2]}2 说的`, market: "", capability: "" };
  return { name: "计划.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(plan)) };
}

async function take(page) {
  await open(page);
  await page.locator("input[type=file]").setInputFiles(told());
  await expect(grid(page)).toBeVisible();
}

async function share(page, locale = "zh-CN") {
  const w = words(locale);
  await page.getByRole("banner").getByRole("button", { name: w("shell.share") }).click();
  return page.getByRole("dialog", { name: w("share.title") });
}

const scope = (dialog, name) => dialog.getByRole("radio", { name: new RegExp(`^${name}`) });
const way = (dialog, name) => dialog.getByRole("button", { name, exact: true });
const sent = (dialog) => dialog.getByRole("textbox").inputValue();

/** What is in a link, as bytes. */
const inside = (link) => inflateRawSync(Buffer.from(link.split("#")[1].split(".")[2], "base64url"));

/** The figures of every row, whatever its name is. */
const numbers = async (page) => (await figures(page)).map(([, ...cells]) => cells);

/** What somebody else sees who opens it. */
async function received(newContext, link) {
  const page = await (await newContext()).newPage();
  await page.goto(link);
  await expect(page.locator(".banner")).toBeVisible();
  await expect(grid(page)).toBeVisible();
  return page;
}

for (const look of looks) {
  test.describe(look.name, () => {
    test.use(look.use);

    test("every scope and every form says how far it gets, without an accessibility fault", async ({ page }) => {
      const { locale } = look.use;
      const w = words(locale);
      await take(page);
      const dialog = await share(page, locale);
      await expect(dialog.getByRole("radio")).toHaveCount(3);
      for (const form of ["way_link", "way_message", "way_code", "way_file"]) {
        await way(dialog, w(`share.${form}`)).click();
        await expect(way(dialog, w(`share.${form}`))).toHaveAttribute("aria-pressed", "true");
        await axe(page);
      }
      await way(dialog, w("share.way_link")).click();
      for (const name of ["scope_whole", "scope_planned", "scope_anonymous"]) {
        await scope(dialog, w(`share.${name}`)).check();
        const { length } = await sent(dialog);
        const row = dialog.locator(".scope").filter({ hasText: w(`share.${name}_hint`) });
        await expect(row).toContainText(w("share.length", { length: length.toLocaleString("en") }));
        await expect(row.locator(".light--green")).toBeVisible();
        await expect(dialog.locator("#share-reach")).toHaveText(w("share.green"));
      }
    });

    test("whoever opens a link sees the same numbers, and no name in an anonymous one", async ({ page, newContext }) => {
      const { locale } = look.use;
      const w = words(locale);
      await take(page);
      const mine = await numbers(page);
      const dialog = await share(page, locale);
      const links = {};
      for (const name of ["scope_whole", "scope_planned", "scope_anonymous"]) {
        await scope(dialog, w(`share.${name}`)).check();
        links[name] = await sent(dialog);
        const theirs = await received(newContext, links[name]);
        await expect.poll(() => numbers(theirs), name).toEqual(mine);
        if (name !== "scope_anonymous") continue;
        const seen = await theirs.locator("body").innerText();
        for (const person of PEOPLE) expect(seen).not.toContain(person);
        expect(seen).toContain(w("share.standin_person", { number: 1 }));
      }
      expect(new Set(Object.values(links)).size).toBe(3);
      const bytes = inside(links.scope_anonymous);
      for (const person of PEOPLE) {
        expect(inside(links.scope_whole).includes(person)).toBe(true);
        expect(bytes.includes(person)).toBe(false);
      }
    });
  });
}

test("a plan that nothing came back to has no choice about that", async ({ page }) => {
  const w = words();
  await start(page, "education");
  const dialog = await share(page);
  await expect(dialog.getByRole("radio")).toHaveCount(2);
  await expect(scope(dialog, w("share.scope_whole"))).toBeChecked();
});

test("a message is copied whole and pasted whole", async ({ page, newContext }) => {
  const w = words();
  await start(page, "education");
  const dialog = await share(page);
  await way(dialog, w("share.way_message")).click();
  await way(dialog, w("share.copy_message")).click();
  await expect(dialog.getByRole("status")).toHaveText(w("share.copied"));
  const message = await page.evaluate(() => navigator.clipboard.readText());
  expect(message).toBe(await sent(dialog));
  expect(message).toContain(w("share.message_total", { amount: "1,000 万元" }));
  expect(message.split("\n").at(-1), "the link stands alone, so that nothing sticks to it").toMatch(/^http\S+$/);

  const theirs = await (await newContext()).newPage();
  await open(theirs);
  await theirs.getByLabel(w("start.link"), { exact: true }).fill(`${message}\n收到请回复`);
  await theirs.getByRole("button", { name: w("start.link_open"), exact: true }).click();
  await expect(theirs.locator(".banner")).toBeVisible();
});

test("a file holds what was chosen, and no more", async ({ page }) => {
  const w = words();
  await take(page);
  const dialog = await share(page);
  await scope(dialog, w("share.scope_anonymous")).check();
  await way(dialog, w("share.way_file")).click();
  const coming = page.waitForEvent("download");
  await way(dialog, w("share.save_file")).click();
  const file = await coming;
  expect(file.suggestedFilename()).toBe(`${w("share.standin_title", { year: 2027 })}.json`);
  const text = readFileSync(await file.path(), "utf8");
  for (const person of PEOPLE) expect(text).not.toContain(person);
  await expect(dialog).toContainText(w("share.file_size", { bytes: Buffer.byteLength(text).toLocaleString("en") }));
  expect(Object.keys(JSON.parse(text).trees.organisation.nodes)).toHaveLength(10);
});

test("a short link is a code too, a long one says what to send instead", async ({ page }) => {
  const w = words();
  await start(page, "education");
  let dialog = await share(page);
  await way(dialog, w("share.way_code")).click();
  await expect(dialog.getByRole("img", { name: w("share.code") })).toBeVisible();
  await page.keyboard.press("Escape");
  const plan = JSON.parse(told().buffer);
  plan.goal.basis.market = Array.from({ length: 1_900 }, (_, at) => String.fromCodePoint(0x4e00 + ((at * at * 7_919) % 20_000))).join("");
  await page.goto("./#/start");
  await page.locator("input[type=file]").setInputFiles({ ...told(), buffer: Buffer.from(JSON.stringify(plan)) });
  await expect(page.locator(".bar__title")).toHaveValue(/王小明/);
  dialog = await share(page);
  await expect(dialog.locator("#share-reach")).toHaveText(w("share.orange"));
  await way(dialog, w("share.way_code")).click();
  await expect(dialog).toContainText(w("share.code_too_long"));
  await expect(dialog.getByRole("img")).toHaveCount(0);
});

test("everything is within reach of the keyboard", async ({ page }) => {
  const w = words();
  await take(page);
  const dialog = await share(page);
  await expect(way(dialog, w("share.copy"))).toBeFocused();
  await scope(dialog, w("share.scope_whole")).focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(scope(dialog, w("share.scope_anonymous"))).toBeChecked();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(way(dialog, w("share.way_message"))).toHaveAttribute("aria-pressed", "true");
  await expect(dialog.getByRole("textbox")).toHaveValue(new RegExp(w("share.standin_title", { year: 2027 })));
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("banner").getByRole("button", { name: w("shell.share") })).toBeFocused();
});
