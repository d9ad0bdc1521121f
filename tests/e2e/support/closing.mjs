// A reporter of the last lines of the run: what failed, where and why in a few lines each, and at the very end the counts.
// Whoever is shown no more than the end of a long log still learns the reason.
const REASON_LINES = 12;

/** The start of an error's message, without what colours it. */
const reason = ({ message = "" }) => message.replace(/\u001b\[[0-9;]*m/g, "").split("\n").filter((line) => line.trim()).slice(0, REASON_LINES);

export default class Closing {
  counts = { passed: 0, failed: 0, skipped: 0 };

  onBegin(_config, suite) {
    this.suite = suite;
  }

  onEnd() {
    for (const test of this.suite?.allTests() ?? []) {
      const outcome = test.outcome();
      if (outcome === "skipped") this.counts.skipped += 1;
      else if (outcome === "unexpected") this.fail(test);
      else this.counts.passed += 1;
    }
    const { passed, failed, skipped } = this.counts;
    console.log(`journeys: ${passed} passed, ${failed} failed, ${skipped} skipped`);
  }

  fail(test) {
    this.counts.failed += 1;
    console.log(`\nfailed: ${test.titlePath().filter(Boolean).join(" › ")}`);
    for (const error of test.results.flatMap((it) => it.errors)) {
      const { file, line } = error.location ?? test.location;
      console.log([`  at ${file.split("/").at(-1)}:${line}`, ...reason(error)].join("\n    "));
    }
  }

  printsToStdio() {
    return false;
  }
}
