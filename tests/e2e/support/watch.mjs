// Collects what a user would never see and should never happen: anything on the console, uncaught exceptions, and requests
// to any other host.

export function watch(context, home) {
  const problems = [];
  const origin = new URL(home).origin;
  context.on("console", (message) => {
    // The tests' own doing, and their own words.
    if (message.text() === "Service Worker registration blocked by Playwright") return;
    const { url, lineNumber } = message.location();
    problems.push(`console ${message.type()}: ${message.text()} (${url}:${lineNumber})`);
  });
  context.on("weberror", (error) => {
    problems.push(`uncaught: ${error.error().stack ?? error.error()}`);
  });
  context.on("request", (request) => {
    const url = new URL(request.url());
    if (/^https?:$/.test(url.protocol) && url.origin !== origin) problems.push(`request to another host: ${url}`);
  });
  return problems;
}
