// What a visit costs: how long until somebody who is sent the example sees anything of it and then its numbers, what
// Lighthouse says of the page, and how much memory a tab takes that holds ten thousand people by week. Prints a table in
// Markdown; `node benches/visit.mjs --write` puts it into docs/performance.md too. On the page that `make dist` left; needs what
// the journeys need (`make test`), and what `tools/bench.sh` installs.
//
// Every visit is the first: nothing is kept from the one before it. The connection is that of Lighthouse's desktop profile.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { plan } from "./plans.mjs";

const root = new URL("../", import.meta.url);
const { chromium } = createRequire(new URL("tests/e2e/package.json", root))("@playwright/test");
const { default: lighthouse, desktopConfig } = await import(new URL("peers/node_modules/lighthouse/core/index.js", import.meta.url));

/** A port that nobody listens on. */
async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  return port;
}

const [port, control] = [await freePort(), await freePort()];
const address = `http://127.0.0.1:${port}/`;
const program = new URL("tools/node_modules/.bin/sirv", root).pathname;
const server = spawn(program, [new URL("dist", root).pathname, "--brotli", "--gzip", "--etag", "--quiet", "--host", "127.0.0.1", "--port", `${port}`]);
while (!(await fetch(address).catch(() => undefined))) await new Promise((resolve) => setTimeout(resolve, 50));

const args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", `--remote-debugging-port=${control}`];
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args });

/** A page of somebody who was never here. */
async function stranger() {
  const context = await browser.newContext({ viewport: { width: 1350, height: 940 }, locale: "zh-CN", permissions: ["clipboard-read", "clipboard-write"] });
  const page = await context.newPage();
  page.setDefaultTimeout(120_000);
  return page;
}

/** The example, as a link to it. */
async function example() {
  const page = await stranger();
  await page.goto(address);
  await page.getByRole("main").getByRole("button", { name: "电商团队 · 按比例" }).first().click();
  await page.getByRole("treegrid").waitFor();
  await page.getByRole("banner").getByRole("button", { name: "分享链接" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "复制链接" }).click();
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  let link = "";
  while (!link.startsWith("http")) link = await copied();
  await page.context().close();
  return link;
}

// In the page: notes when the first row of a sheet has its numbers, in the frame that shows them.
const watchSheet = () => {
  const look = () => {
    if (document.querySelector(".sheet__row [role=gridcell]")) requestAnimationFrame(() => (window.shown = performance.now()));
    else requestAnimationFrame(look);
  };
  look();
};

/** Milliseconds from asking for the page to its first paint, and to the sheet. */
async function visit(link) {
  const page = await stranger();
  const session = await page.context().newCDPSession(page);
  const { rttMs, throughputKbps } = desktopConfig.settings.throttling;
  const bytes = (throughputKbps * 1024) / 8;
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", { offline: false, latency: rttMs, downloadThroughput: bytes, uploadThroughput: bytes });
  await page.addInitScript(watchSheet);
  await page.goto(link);
  await page.waitForFunction(() => window.shown);
  const times = await page.evaluate(() => [performance.getEntriesByName("first-contentful-paint")[0].startTime, window.shown]);
  await page.context().close();
  return times;
}

/** What Lighthouse says of it, of a hundred: performance, accessibility, best practices. */
async function judged(link) {
  const wanted = ["performance", "accessibility", "best-practices"];
  const { lhr } = await lighthouse(link, { port: control, onlyCategories: wanted, logLevel: "error" }, desktopConfig);
  return wanted.map((it) => Math.round(lhr.categories[it].score * 100));
}

/** Megabytes of the process of a tab in which ten thousand people by week were unfolded and scrolled through. */
async function memory() {
  const page = await stranger();
  await page.goto(address);
  const buffer = Buffer.from(JSON.stringify(plan(10_000, true)));
  await page.locator("input[type=file]").first().setInputFiles({ name: "plan.json", mimeType: "application/json", buffer });
  await page.getByRole("treegrid").waitFor();
  await page.getByRole("button", { name: "周", exact: true }).first().click();
  await page.evaluate(async () => {
    const frame = document.querySelector(".sheet__frame");
    for (let at = 0; at < 200; at += 1) {
      frame.scrollBy({ top: 1_800, left: at % 20 < 10 ? 200 : -200 });
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
  });
  const { processInfo } = await (await browser.newBrowserCDPSession()).send("SystemInfo.getProcessInfo");
  const own = processInfo.filter((it) => it.type === "renderer").map(async (it) => {
    const status = await readFile(`/proc/${it.id}/status`, "utf8");
    return Number(/RssAnon:\s+(\d+)/.exec(status)[1]) / 1_024;
  });
  const most = Math.max(...(await Promise.all(own)));
  await page.context().close();
  return most;
}

const quantile = (numbers, share) => [...numbers].sort((one, other) => one - other)[Math.min(numbers.length - 1, Math.floor(numbers.length * share))];
const verdict = (is) => (is ? "reached" : "**missed**");
const rows = [];

const link = await example();
const visits = [];
for (let at = 0; at < 11; at += 1) visits.push(await visit(link));
const [paints, sheets] = [visits.map(([paint]) => paint), visits.map(([, sheet]) => sheet)];
const time = (times) => `${Math.round(quantile(times, 0.5))} ms | ${Math.round(Math.max(...times))} ms`;
rows.push(`| first paint, the example sent as a link | ${time(paints)} | 1,000 ms ${verdict(Math.max(...paints) <= 1_000)} |`);
rows.push(`| the numbers of its sheet | ${time(sheets)} | |`);
const names = ["performance", "accessibility", "best practices"];
const goals = [95, 100, 100];
for (const [what, where] of [["the page of a stranger", address], ["the example sent as a link", link]]) {
  const runs = [];
  for (let at = 0; at < 3; at += 1) runs.push(await judged(where));
  names.forEach((name, at) => {
    const scores = runs.map((it) => it[at]);
    const middle = quantile(scores, 0.5);
    rows.push(`| Lighthouse, ${name}, ${what} | ${middle} | ${Math.min(...scores)} | ${goals[at]} ${verdict(goals[at] <= middle)} |`);
  });
}
const megabytes = await memory();
rows.push(`| memory of a tab with 10,000 people x 52 weeks, unfolded and scrolled through | ${Math.round(megabytes)} MB | | 300 MB ${verdict(megabytes <= 300)} |`);
await browser.close();
server.kill();
const table = ["| on Lighthouse's desktop profile | median | worst | goal |", "| --- | ---: | ---: | --- |", ...rows].join("\n");
console.log(table);

const HEAD = "## A visit";
const words = `${HEAD}

Somebody opens the page for the first time, over the connection of Lighthouse's desktop profile: nothing of it is kept, and
all of it comes packed from a plain static server. Of eleven visits and of three runs of Lighthouse, the middle and the worst. The memory
is what the process of the tab holds for itself, as Linux counts it.
`;

/** Puts the table into its section of the page on performance, before what the rows do not say. */
async function write() {
  const file = new URL("docs/performance.md", root);
  const text = (await readFile(file, "utf8")).replace(new RegExp(`${HEAD}[\\s\\S]*?(?=\\n## |$)\\n?`), "");
  const notes = "## What the rows do not say";
  await writeFile(file, text.replace(notes, () => `${words}\n${table}\n\n${notes}`));
}
if (process.argv.includes("--write")) await write();
