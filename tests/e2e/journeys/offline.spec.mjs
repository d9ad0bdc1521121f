// The page without a network, in a newer version, in somebody else's frame, and after the app has stopped: what
// src/page/boot.js and src/page/worker.js promise.
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { copyLink, goTo, start } from "../support/plans.mjs";
import { expectCell, put, status } from "../support/sheet.mjs";
import { axe, expect, open, test } from "../support/test.mjs";
import { words } from "../support/words.mjs";

const w = words();
const DIST = new URL("../../../dist/", import.meta.url).pathname;
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm", ".svg": "image/svg+xml", ".webmanifest": "application/manifest+json" };

/** A copy of the page that can be changed, on a host of its own. */
async function copied() {
  const folder = mkdtempSync(join(tmpdir(), "sextant-page-"));
  for (const name of readdirSync(DIST)) copyFileSync(join(DIST, name), join(folder, name));
  const server = createServer((request, response) => {
    const name = new URL(request.url, "http://localhost").pathname.slice(1) || "index.html";
    try {
      const bytes = readFileSync(join(folder, name));
      response.writeHead(200, { "content-type": TYPES[extname(name)] ?? "application/octet-stream" }).end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { folder, server, home: `http://127.0.0.1:${server.address().port}/` };
}

const kept = (page) => expect.poll(() => page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.active?.state), { timeout: 30_000 }).toBe("activated");

// Copies of the page are hosts of their own.
const COPIES = /^request to another host: http:\/\/127\.0\.0\.1:/;

test.describe("with a service worker", () => {
  test.use({ allowed: COPIES, serviceWorkers: "allow", permissions: ["clipboard-read", "clipboard-write"] });
  test.setTimeout(120_000);

  test("test 21: without a network the page opens again, and so does a link", async ({ page, context }) => {
    await start(page, "ecommerce-percent");
    await put(page, "华南大区", "全年", "400");
    await expect(status(page)).toContainText("✓");
    const link = await copyLink(page);
    await kept(page);
    // The second visit is the first one that the worker answers.
    await page.reload();
    await expectCell(page, "华南大区", "全年", `${w("sheet.typed")} 400.00`);
    await context.setOffline(true);
    await page.reload();
    await expectCell(page, "华南大区", "全年", `${w("sheet.typed")} 400.00`);
    // Years are drawn by the worker that was kept along.
    await goTo(page, w("shell.page_chance"));
    await expect(page.locator(".chance .chance__progress")).toContainText(w("chance.done"), { timeout: 30_000 });
    // It may have a helper still.
    expect(page.workers().filter((it) => it.url().includes("chance")).length).toBeGreaterThan(0);
    const other = await context.newPage();
    await other.goto(link);
    await expect(other.getByRole("treegrid")).toBeVisible();
    await expectCell(other, "华南大区", "全年", `${w("sheet.typed")} 400.00`);
  });

  test("test 22: a newer version is offered, and taken when somebody wants it", async ({ page }) => {
    const { folder, server, home } = await copied();
    try {
      await page.goto(home);
      await kept(page);
      await page.reload();
      const worker = join(folder, "worker.js");
      writeFileSync(worker, readFileSync(worker, "utf8").replace(/sextant-[0-9a-f]{16}/, "sextant-0123456789abcdef"));
      await page.reload();
      const banner = page.getByRole("region", { name: w("shell.newer") });
      await expect(banner).toBeVisible({ timeout: 30_000 });
      await axe(page);
      await Promise.all([page.waitForEvent("load"), banner.getByRole("button", { name: w("shell.newer_take") }).click()]);
      await expect.poll(() => page.evaluate(() => caches.keys())).toEqual(["sextant-0123456789abcdef"]);
      await expect(banner).toHaveCount(0);
    } finally {
      server.close();
    }
  });
});

test.describe("after the app has stopped", () => {
  test.use({ allowed: /unreachable|panicked|RuntimeError|Error/ });

  test("test 16: a panel says so, gives out what is kept, and opens the page again", async ({ page }) => {
    await start(page, "ecommerce-percent");
    await put(page, "华南大区", "全年", "400");
    await expect(status(page)).toContainText("✓");
    await expect.poll(() => page.evaluate(() => Object.values({ ...localStorage }).join().includes("400"))).toBe(true);
    // As a panic in the app does: a trap, in a task of its own.
    await page.evaluate(() => setTimeout(() => {
      const bytes = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 102, 0, 0, 10, 5, 1, 3, 0, 0, 11]);
      new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports.f();
    }));
    const panel = page.getByRole("alertdialog", { name: "页面出错，已停止" });
    await expect(panel).toBeVisible();
    await expect(panel.getByRole("button", { name: "重新打开" })).toBeFocused();
    await axe(page, ".crash");
    const [file] = await Promise.all([page.waitForEvent("download"), panel.getByRole("button", { name: "下载已存的计划（1）" }).click()]);
    expect(JSON.parse(readFileSync(await file.path(), "utf8")).title).toBe("2027 年度电商团队目标");
    await panel.getByRole("button", { name: "重新打开" }).click();
    await expectCell(page, "华南大区", "全年", `${w("sheet.typed")} 400.00`);
  });
});

test("nothing runs, loads or becomes markup that is not the page's own", async ({ page, baseURL }) => {
  await open(page);
  const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute("content");
  for (const rule of ["default-src 'none'", "script-src 'self' 'wasm-unsafe-eval'", "require-trusted-types-for 'script'"]) expect(policy).toContain(rule);
  const refused = await page.evaluate(() => {
    const tries = [
      () => (document.createElement("div").innerHTML = "<img src=x onerror=alert(1)>"),
      () => (document.createElement("div").innerHTML = "<iframe srcdoc=x></iframe>"),
    ];
    return tries.map((attempt) => {
      try {
        attempt();
        return "taken";
      } catch (error) {
        return error.name;
      }
    });
  });
  expect(refused).toEqual(["TypeError", "TypeError"]);
  const headers = readFileSync(join(DIST, "_headers"), "utf8");
  for (const header of ["frame-ancestors 'none'", "X-Content-Type-Options: nosniff", "Referrer-Policy: no-referrer"]) expect(headers).toContain(header);
  const html = await (await page.request.get(baseURL)).text();
  for (const [tag] of html.matchAll(/<(?:script|link rel="stylesheet")[^>]*>/g)) expect(tag).toContain("integrity=");
});

test.describe("in a frame", () => {
  test.use({ allowed: COPIES });

  test("in somebody else's frame there is only a way out of it", async ({ page }) => {
    const { server, home } = await copied();
    try {
      await page.route("**/framing.html", (route) => route.fulfill({ contentType: "text/html", body: `<iframe src="${home}" width="800" height="600"></iframe>` }));
      await page.goto(`${home}framing.html`);
      const frame = page.frameLocator("iframe");
      await expect(frame.getByRole("link", { name: "在新标签页中打开" })).toHaveAttribute("target", "_blank");
      await expect(frame.getByRole("navigation")).toHaveCount(0);
    } finally {
      server.close();
    }
  });
});
