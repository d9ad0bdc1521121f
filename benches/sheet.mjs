// Times the sheet as one who works in it feels it: in Chromium, on the page that `make dist` left, with people and periods
// in thousands. Prints a table in Markdown: `node benches/sheet.mjs`, `--quick` for fewer presses, `--only slider` (or `keys`,
// `pages`, `chance` or `scroll`) for some of its rows; `--write` puts it into docs/performance.md too.
//
// A key press is timed from the event's own time stamp to the end of the frame that shows the number, as the browser's own
// trace has it: a task that asks for the time behind the frame waits for a second one where the page has scrolled. Frames
// are not held back to sixty a second while keys are timed, so that the time is work and not waiting; while the sheet
// scrolls they are, and the time between two of them is what counts. Needs what the journeys need (`make test`), and what
// `tools/bench.sh` installs for the peer beside it.
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { readFile, writeFile } from "node:fs/promises";
import { extname } from "node:path";
import { plan, reached } from "./plans.mjs";

const root = new URL("../", import.meta.url);
const { chromium } = createRequire(new URL("tests/e2e/package.json", root))("@playwright/test");
const quick = process.argv.includes("--quick");
const only = process.argv.includes("--only") ? process.argv[process.argv.indexOf("--only") + 1] : undefined;
const wants = (rows) => only === undefined || only === rows;
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm", ".svg": "image/svg+xml" };

const server = createServer(async (request, response) => {
  const path = new URL(request.url, "http://localhost").pathname.replace(/\/$/, "/index.html");
  try {
    const body = await readFile(new URL(path.startsWith("/peers/") ? `benches${path}` : `dist${path}`, root));
    response.writeHead(200, { "content-type": TYPES[extname(path)] ?? "application/octet-stream" }).end(body);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const address = `http://127.0.0.1:${server.address().port}/`;

async function opened(browser, document) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: "zh-CN" });
  page.setDefaultTimeout(120_000);
  await page.goto(address);
  await page.locator("input[type=file]").first().setInputFiles({ name: "plan.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(document)) });
  await page.getByRole("treegrid").waitFor();
  await page.waitForTimeout(1_500); // the parts of the page that come in idle time are there
  return page;
}

// In the page: marks every press of a key and the frame behind it, and notes that the frame is out.
const watchKeys = (key) => {
  window.presses = [];
  let count = 0;
  window.addEventListener("keydown", (event) => {
    if (event.key !== key) return;
    const at = count++;
    performance.mark(`press ${at}`, { startTime: event.timeStamp });
    requestAnimationFrame(() => {
      performance.mark(`frame ${at}`);
      scheduler.postTask(() => window.presses.push(at), { priority: "user-blocking" });
    });
  }, true);
};

/** What each press of a key takes while that is done: to the end of the task in which the browser makes its frame. */
async function timed(page, key, act) {
  await page.evaluate(watchKeys, key);
  const browser = page.context().browser();
  await browser.startTracing(page, { categories: ["toplevel", "blink.user_timing"] });
  await act();
  const presses = await page.evaluate(() => window.presses);
  const { traceEvents } = JSON.parse(await browser.stopTracing());
  const marks = new Map(traceEvents.filter((it) => it.cat === "blink.user_timing").map((it) => [it.name, it]));
  const { pid, tid } = marks.get("frame 0");
  const tasks = traceEvents.filter((it) => it.ph === "X" && it.pid === pid && it.tid === tid && it.name.endsWith("RunTask"));
  return presses.map((at) => {
    const [press, frame] = [marks.get(`press ${at}`).ts, marks.get(`frame ${at}`).ts];
    const task = tasks.find((it) => it.ts <= frame && frame <= it.ts + it.dur);
    return (task.ts + task.dur - press) / 1_000;
  });
}

/**
 * A hand takes so long from one key to another that is not beside it. What the first one drew is out by then: a frame right
 * behind another waits for its turn, sixty a second or not.
 */
const PACE = 120;

/** Types a text and then the key that is timed, at the pace of a hand. */
async function press(page, text) {
  const before = await page.evaluate(() => window.presses.length);
  await page.keyboard.type(text, { delay: 25 });
  await page.waitForTimeout(PACE);
  await page.keyboard.press("Enter");
  await page.waitForFunction((before) => window.presses.length > before, before, { polling: 20 });
  await page.waitForTimeout(250);
}

/** Types numbers into cells of people, one below the other, and times the key that has each of them taken. */
async function typing(page, presses) {
  await page.locator("#cell-1-0").click();
  await page.keyboard.press("ArrowRight");
  const times = await timed(page, "Enter", async () => {
    for (let at = 0; at < presses; at += 1) {
      await press(page, `0.${1 + ((at * 37) % 5)}w`);
      // A team that was typed over leaves its people less than they are given here: that says so, and is no press.
      if (await page.locator("[aria-invalid=true]").count()) {
        await page.evaluate(() => window.presses.pop());
        await page.keyboard.press("Escape");
        await page.keyboard.press("ArrowDown");
      }
    }
  });
  if (times.length < presses / 2) throw new Error(`of ${presses} numbers only ${times.length} were taken`);
  return times;
}

/** Types one number and another into a field of a page, in turn, and times the key that has each of them taken. */
async function filling(page, field, numbers, presses) {
  await field.waitFor();
  await page.waitForTimeout(500);
  return timed(page, "Enter", async () => {
    for (let at = 0; at < presses; at += 1) {
      await field.fill(numbers[at % numbers.length]);
      await page.waitForTimeout(PACE);
      await page.keyboard.press("Enter");
      await page.waitForFunction((at) => window.presses.length > at, at, { polling: 20 });
      await page.waitForTimeout(200);
      if ((await field.getAttribute("aria-invalid")) === "true") throw new Error(`${numbers[at % numbers.length]} is not taken`);
    }
  });
}

/** Has what is proposed done by a key, times that, and takes it back. */
async function settling(page, presses) {
  return timed(page, "Enter", async () => {
    for (let at = 0; at < presses; at += 1) {
      await page.locator("#findings").getByRole("button", { name: /^把目标改为|^把“/ }).first().focus();
      await page.waitForTimeout(PACE);
      await page.keyboard.press("Enter");
      await page.waitForFunction((at) => window.presses.length > at, at, { polling: 20 });
      await page.waitForTimeout(200);
      await page.getByRole("banner").getByRole("button", { name: "撤销" }).click();
      await page.waitForTimeout(300);
    }
  });
}

/** Types the same numbers into the same table in Handsontable with HyperFormula. */
async function peerTyping(browser, people, presses) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.setDefaultTimeout(300_000);
  await page.goto(`${address}peers/handsontable.html?people=${people}`);
  await page.evaluate(() => begin());
  const times = await timed(page, "Enter", async () => {
    for (let at = 0; at < presses; at += 1) await press(page, `${1 + ((at * 37) % 5)}000`);
  });
  if ((await page.evaluate(() => figure(3))) !== 1000) throw new Error("the peer has not taken the first number");
  await page.close();
  return times;
}

/** What a press takes in a page that has nothing but a field and a figure that changes: no page on this machine is faster. */
async function emptyTyping(browser, presses) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.setContent(`<input autofocus><p id="figure">0</p>`);
  await page.evaluate(() => addEventListener("keydown", (event) => (document.getElementById("figure").textContent = `${event.timeStamp}`)));
  const times = await timed(page, "Enter", async () => {
    for (let at = 0; at < presses; at += 1) await press(page, `${1 + (at % 5)}000`);
  });
  await page.close();
  return times;
}

/** Moves the slider of the year's target in the what-if bar over the sheet, a step a press. */
async function sliding(page, presses) {
  await page.getByRole("banner").getByRole("button", { name: "试算", exact: true }).click();
  const slider = page.locator(".whatif .knob__slider").first();
  await slider.focus();
  await page.waitForTimeout(500);
  return timed(page, "ArrowRight", async () => {
    for (let at = 0; at < presses; at += 1) {
      const before = await slider.inputValue();
      await page.keyboard.press("ArrowRight");
      await page.waitForFunction((at) => window.presses.length > at, at, { polling: 20 });
      await page.waitForTimeout(150);
      if ((await slider.inputValue()) === before) throw new Error("the slider stands at its end");
    }
  });
}

/** Draws the chance of attainment anew, and times how long its worker takes from when it is made to what it first says. */
async function drawing(page, draws) {
  const trials = page.getByLabel("模拟多少个年份", { exact: true });
  for (let at = 0; at < draws; at += 1) {
    await trials.fill(`${100_000 + at}`);
    await trials.press("Tab");
    await page.waitForFunction((at) => window.answers.length > at, at, { polling: 20 });
    await page.waitForTimeout(500);
  }
  return page.evaluate(() => window.answers);
}

// In the page: notes for every worker how long it takes until it says something.
const watchWorkers = () => {
  window.answers = [];
  window.Worker = class extends Worker {
    constructor(...given) {
      super(...given);
      const begun = performance.now();
      this.addEventListener("message", ({ data }) => data.said && window.answers.push(performance.now() - begun), { once: true });
    }
  };
};

/** Scrolls through the sheet, down and to the right, and notes the time between frames. */
async function scrolling(page) {
  return page.evaluate(async () => {
    const frame = document.querySelector(".sheet__frame");
    const times = [];
    const step = async (by, many) => {
      for (let at = 0; at < many; at += 1) {
        frame.scrollBy(by);
        times.push(await new Promise((resolve) => requestAnimationFrame(resolve)));
      }
    };
    await step({ top: 90 }, 120);
    await step({ top: 1_700 }, 120);
    await step({ left: 45 }, 60);
    await step({ left: -45, top: -1_700 }, 60);
    return times.slice(1).map((it, at) => it - times[at]).slice(2);
  });
}

const quantile = (times, share) => [...times].sort((one, other) => one - other)[Math.min(times.length - 1, Math.floor(times.length * share))];
const figure = (time) => `${time.toFixed(1)} ms`;
const args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"];
const launch = (more = []) => chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: [...args, ...more] });

/** Of sixty a second, in milliseconds. */
const FRAME = 16.7;

const rows = [];
const row = (name, times, goal) => rows.push(`| ${name} | ${figure(quantile(times, 0.5))} | ${figure(quantile(times, 0.95))} | ${goal} |`);
/** While a browser compiles for speed what runs often, presses are no measure of those after them: of each row so many first. */
const COLD = 8;
const cold = [];
const warm = (times) => {
  const [first, rest] = [times.slice(1, 1 + COLD), times.slice(1 + COLD)];
  cold.push(quantile(first, 0.5) / quantile(rest, 0.5));
  return rest;
};
/** A row with a goal for 95 of 100. */
const held = (name, times, goal) => row(name, times, `${goal} ms ${quantile(times, 0.95) <= goal ? "reached" : "**missed**"}`);
const fast = await launch(["--disable-frame-rate-limit", "--disable-gpu-vsync"]);
for (const [people, goal, presses] of wants("keys") ? [[60, FRAME, 100], [1_000, FRAME, 100], [10_000, 50, 40]] : []) {
  const page = await opened(fast, plan(people, false));
  const times = warm(await typing(page, quick ? 20 : presses));
  await page.close();
  held(`a number typed, ${people.toLocaleString("en")} people x 12 months, key press to paint`, times, goal);
  if (people < 1_000) continue;
  const theirs = (await peerTyping(fast, people, quick ? 20 : presses)).slice(1 + COLD);
  const ratio = (share) => (quantile(theirs, share) / quantile(times, share)).toFixed(1);
  row("the same in Handsontable with HyperFormula", theirs, `${ratio(0.5)} and ${ratio(0.95)} times as long as ours`);
}
if (wants("keys")) row("the same key in a page with one field and one figure: the least on this machine", (await emptyTyping(fast, quick ? 20 : 40)).slice(1 + COLD), "");
if (wants("slider")) {
  const page = await opened(fast, plan(1_000, false));
  const times = warm(await sliding(page, quick ? 20 : 100));
  held("the slider of a what-if moved by a step, 1,000 people x 12 months, key press to paint", times, FRAME);
}
if (wants("pages")) {
  const line = (page, list, label) => page.locator(`#${list}`).getByLabel(label).first();
  const pages = [
    ["a target typed on the page of the goal", "目标与依据", (page, many) => filling(page, page.locator("#goal-Target"), ["1234万", "1235万"], many)],
    ["heads typed on the page of capacity, a line for each person", "产能", (page, many) => filling(page, line(page, "crews", /^人数/), ["2", "1"], many)],
    ["a conversion typed on the page of the funnel", "漏斗", (page, many) => filling(page, line(page, "stages", /^转化率/), ["41", "40"], many)],
    ["a limit typed on the page of feasibility", "可行性", (page, many) => filling(page, line(page, "limits", /^每月/), ["100万", "110万"], many)],
    ["what is proposed there, done by a key", "可行性", settling],
  ];
  for (const [what, name, press] of pages) {
    const page = await opened(fast, reached(1_000));
    await page.getByRole("navigation").getByRole("link", { name: new RegExp(`^${name}`) }).click();
    await page.waitForTimeout(1_000);
    held(`${what}, 1,000 people x 12 months, key press to paint`, warm(await press(page, quick ? 20 : 60)), FRAME);
    await page.close();
  }
}
if (wants("chance")) {
  const page = await opened(fast, reached(1_000));
  await page.getByRole("navigation").getByRole("link", { name: /^达成概率/ }).click();
  await page.getByLabel("模拟多少个年份", { exact: true }).waitFor();
  await page.waitForTimeout(3_000);
  await page.evaluate(watchWorkers);
  held("the first answer on the chance, 1,000 people, 100,000 years, from its worker's start", await drawing(page, quick ? 4 : 24), 100);
}
await fast.close();
const calm = await launch();
if (wants("scroll")) {
  const page = await opened(calm, plan(10_000, true));
  await page.getByRole("button", { name: "周", exact: true }).first().click();
  await page.waitForTimeout(500);
  const frames = await scrolling(page);
  const longest = Math.max(...frames);
  rows.push(`| a frame while 10,000 people x 52 weeks scroll, the longest on the right | ${figure(quantile(frames, 0.5))} | ${figure(longest)} | 33 ms ${longest <= 33.4 ? "reached" : "**missed**"} |`);
}
await calm.close();
server.close();
const table = ["| in Chromium, on the release build | median | 95 of 100 | goal |", "| --- | ---: | ---: | --- |", ...rows].join("\n");
console.log(table);

const HEAD = "## The sheet in a browser";
const words = () => `${HEAD}

A key press is timed from its own time stamp to the end of the frame that shows the number, with frames that are not held
back to sixty a second; while the sheet scrolls they are, so that a frame that is in time takes 16.7 ms. What trails the
sheet by a frame (its rows that are out of sight, pictures, findings, the panel, keeping the plan) is no part of the wait; on
the other pages the field and the sentence that judges it are in the frame, and figures that are only read trail it too.
Each number is the median of all presses, and the time below which 95 of 100 stay. Other work on the machine is in all of
them. The first ${COLD} presses of each row are not: the browser compiles for speed what it finds to run often, and they took
${quantile(cold, 0.5).toFixed(1)} times as long as those after them (the middle row; the worst ${Math.max(...cold).toFixed(1)} times).

Beside it, in the same run, the same numbers are typed into the same people in Handsontable with HyperFormula
(\`benches/peers/handsontable.html\`): what is typed stands in a column of its own there, and formulas give the rest of the
quarter to the siblings. Its columns have fixed widths; measured anew after each edit, as it does unless told not to, they
take it twice as long. The last row of keys is what a page takes here that does nothing else.
`;

/** Puts the table into its section of the page on performance, before what the rows do not say. */
async function write() {
  const file = new URL("docs/performance.md", root);
  const text = (await readFile(file, "utf8")).replace(new RegExp(`${HEAD}[\\s\\S]*?(?=\\n## |$)\\n?`), "");
  const notes = "## What the rows do not say";
  await writeFile(file, text.replace(notes, () => `${words()}\n${table}\n\n${notes}`));
}
if (process.argv.includes("--write") && only === undefined) await write();
