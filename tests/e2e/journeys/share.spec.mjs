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

const PASSPHRASE = "芝麻 开门 2027!";

async function behind(dialog, w, passphrase = PASSPHRASE) {
  await dialog.getByRole("checkbox", { name: w("seal.add") }).check();
  await dialog.getByRole("textbox", { name: w("seal.passphrase") }).fill(passphrase);
  await expect(dialog.locator("#share-link")).toHaveValue(/#p1e\./);
  return dialog.locator("#share-link").inputValue();
}

for (const look of looks) {
  test.describe(look.name, () => {
    test.use(look.use);

    test("a link behind a passphrase opens for who has it, and for nobody else", async ({ page, newContext }) => {
      const { locale } = look.use;
      const w = words(locale);
      await take(page);
      const mine = await numbers(page);
      const dialog = await share(page, locale);
      await dialog.getByRole("checkbox", { name: w("seal.add") }).check();
      await dialog.getByRole("textbox", { name: w("seal.passphrase") }).fill("seven 7");
      await expect(dialog).toContainText(w("seal.too_short", { count: 7, least: 8 }));
      await expect(way(dialog, w("share.copy"))).toBeDisabled();
      const link = await behind(dialog, w);
      await expect(dialog).toContainText(w("seal.sealed", { length: link.length.toLocaleString("en") }));
      await axe(page);
      for (const person of PEOPLE) expect(Buffer.from(link.split("#")[1].split(".")[2], "base64url").includes(person)).toBe(false);

      const theirs = await (await newContext()).newPage();
      await theirs.goto(link);
      const asked = theirs.getByRole("dialog", { name: w("seal.title") });
      const field = asked.getByLabel(w("seal.passphrase"));
      await expect(field).toBeFocused();
      await axe(theirs);
      await field.fill("芝麻 关门 2027!");
      await theirs.keyboard.press("Enter");
      await expect(asked.getByRole("status")).toHaveText(w("seal.wrong"));
      await field.fill(PASSPHRASE);
      await theirs.keyboard.press("Enter");
      await expect(asked).toBeHidden();
      await expect(theirs.locator(".banner")).toContainText(w("share.preview_text"));
      await expect.poll(() => numbers(theirs)).toEqual(mine);
      await expect(theirs).toHaveURL(/#\/organisation$/);

      // The passphrase is nowhere: a reload asks for it again.
      const kept = await theirs.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
      expect(kept).not.toContain("芝麻");
      await theirs.reload();
      await expect(field).toBeVisible();
    });
  });
}

test("a passphrase is asked for, or not: the plan on screen stays", async ({ page, newContext }) => {
  const w = words();
  const other = await (await newContext()).newPage();
  await start(other, "saas");
  const link = await behind(await share(other), w);
  await start(page, "education");
  const mine = await page.locator(".bar__title").inputValue();
  await page.goto(link);
  const asked = page.getByRole("dialog", { name: w("seal.title") });
  await expect(asked).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(asked).toBeHidden();
  await expect(page).toHaveURL(/#\/organisation$/);
  await expect(page.locator(".bar__title")).toHaveValue(mine);

  // What was altered on the way is no matter of the passphrase.
  await page.goto(link.slice(0, 200) + (link[200] === "A" ? "B" : "A") + link.slice(201));
  await expect(page.locator(".banner")).toContainText(w("error.link_damaged"));
  await expect(asked).toBeHidden();
  await page.locator(".banner").getByRole("textbox").fill(`看看：${link}，口令另发`);
  await page.locator(".banner").getByRole("button", { name: w("start.link_open"), exact: true }).click();
  await asked.getByLabel(w("seal.passphrase")).fill(PASSPHRASE);
  await asked.getByRole("button", { name: w("seal.open") }).click();
  await expect(page.locator(".banner--preview")).toContainText("2027 年新增付费客户目标");
});

test("what is sealed is not told beside it, and each change is sealed anew", async ({ page }) => {
  const w = words();
  await take(page);
  const dialog = await share(page);
  const whole = await behind(dialog, w);
  await scope(dialog, w("share.scope_anonymous")).check();
  await expect(dialog.locator("#share-link")).toHaveValue(/#p1e\./);
  expect(await dialog.locator("#share-link").inputValue()).not.toBe(whole);
  await way(dialog, w("share.way_message")).click();
  await expect(dialog.locator("#share-link")).toHaveValue(new RegExp(`^${w("seal.message")}\nhttp\\S+#p1e\\.\\S+$`));
  await way(dialog, w("share.way_file")).click();
  await expect(dialog).toContainText(w("seal.not_the_file"));
  await dialog.getByRole("checkbox", { name: w("seal.add") }).uncheck();
  await way(dialog, w("share.way_link")).click();
  await expect(dialog.locator("#share-link")).toHaveValue(/#p1c\./);
});

test("without a secure origin no passphrase is offered, and a sealed link says why it stays shut", async ({ page, newContext }) => {
  const w = words();
  const other = await (await newContext()).newPage();
  await start(other, "saas");
  const link = await behind(await share(other), w);
  await page.addInitScript(() => Object.defineProperty(Crypto.prototype, "subtle", { value: undefined }));
  await start(page, "education");
  const dialog = await share(page);
  await expect(dialog.getByRole("checkbox")).toHaveCount(0);
  await page.keyboard.press("Escape");
  await page.goto(link);
  const asked = page.getByRole("dialog", { name: w("seal.title") });
  await asked.getByLabel(w("seal.passphrase")).fill(PASSPHRASE);
  await page.keyboard.press("Enter");
  await expect(asked.getByRole("status")).toHaveText(w("seal.insecure"));
});
