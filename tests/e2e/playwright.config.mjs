// The journeys: the built page, in a real Chromium, from a folder of a plain static server.
import { createServer } from "node:net";
import { defineConfig } from "@playwright/test";
import { slowness } from "./support/slow.mjs";

const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

// Read once, by the first process; its workers inherit the answer. A free port, so that two checkouts can be tested
// at once and none of them meets the other's page.
process.env.E2E_PORT ??= String(await freePort());
const origin = `http://127.0.0.1:${process.env.E2E_PORT}`;

export default defineConfig({
  testDir: "journeys",
  outputDir: "results",
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000 * slowness,
  expect: { timeout: 10_000 * slowness },
  reporter: [["list"], ["./support/closing.mjs"]],
  use: {
    // `site/some/folder` is a link to dist: the page must work from any folder of any host.
    baseURL: `${origin}/some/folder/`,
    locale: "zh-CN",
    // Journeys that are about it allow it: a visitor's first ten seconds should not be spent on keeping the page.
    serviceWorkers: "block",
    timezoneId: "Asia/Shanghai",
    colorScheme: "light",
    viewport: { width: 1440, height: 900 },
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      // Where a machine says nothing of its language, files with Chinese names would be called "download".
      env: { ...process.env, LC_ALL: "C.UTF-8" },
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  webServer: {
    command: `../../tools/node_modules/.bin/sirv site --etag --quiet --host 127.0.0.1 --port ${process.env.E2E_PORT}`,
    url: `${origin}/some/folder/`,
    reuseExistingServer: false,
  },
});
