// A machine that is busy: `SLOW=4` has every page take four times as long for what it does, and learn late that its address
// has changed. A journey that passes only where the page is quick is found so, before it fails on somebody else's machine.

export const slowness = Number(process.env.SLOW ?? 1);

const LATE_MS = 100;

/** Slows every page that the context opens. */
export async function slow(context) {
  if (slowness <= 1) return;
  await context.addInitScript((late) => {
    const delay = (event) => {
      if (!event.isTrusted) return;
      event.stopImmediatePropagation();
      setTimeout(() => dispatchEvent(new HashChangeEvent("hashchange", { oldURL: event.oldURL, newURL: event.newURL })), late);
    };
    addEventListener("hashchange", delay, { capture: true });
  }, LATE_MS * slowness);
  context.on("page", async (page) => {
    const session = await context.newCDPSession(page).catch(() => null); // a page that is gone already
    await session?.send("Emulation.setCPUThrottlingRate", { rate: slowness }).catch(() => null);
  });
}
