// A browser of one's own, with a profile on the disk, that can be killed and started again: what nobody can do to the one
// that the journeys share.
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "@playwright/test";

export const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));

/** A profile, and ways to start a browser on it and to kill that. */
export function profile(use) {
  const folder = mkdtempSync(join(tmpdir(), "sextant-profile-"));
  const running = new Set();

  async function start() {
    const { executablePath, args } = use.launchOptions;
    rmSync(join(folder, "DevToolsActivePort"), { force: true });
    const all = [...args, "--headless=new", "--accept-lang=zh-CN", "--remote-debugging-port=0", `--user-data-dir=${folder}`, "about:blank"];
    // A group of its own, so that all of it can be killed, and nothing else.
    const child = spawn(executablePath, all, { detached: true, stdio: "ignore" });
    running.add(child);
    const port = await portOf(folder);
    const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
    const context = browser.contexts()[0];
    const page = context.pages()[0] ?? (await context.newPage());
    const kill = async () => {
      process.kill(-child.pid, "SIGKILL");
      running.delete(child);
      // The lock of the profile is free once the process is gone.
      await pause(1_000);
    };
    page.setDefaultTimeout(15_000);
    return { page, context, kill };
  }

  function end() {
    for (const child of running) process.kill(-child.pid, "SIGKILL");
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
  return { start, end };
}

async function portOf(folder) {
  const path = join(folder, "DevToolsActivePort");
  for (let tries = 0; tries < 300; tries += 1) {
    const port = existsSync(path) ? Number(readFileSync(path, "utf8").split("\n")[0]) : 0;
    if (port) return port;
    await pause(100);
  }
  throw new Error("the browser did not start");
}
