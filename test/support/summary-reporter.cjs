/**
 * Ends a run with the line `N passed, N failed`. A file that cannot even be loaded counts as one failure, and so does
 * each test that was skipped: what did not run has not passed.
 */
module.exports = class SummaryReporter {
  constructor(globalConfig) {
    // Someone who asks for some tests by name has left the others out on purpose.
    this.countsSkipped = !globalConfig.testNamePattern;
  }

  onRunComplete(_contexts, results) {
    const skipped = this.countsSkipped ? results.numPendingTests + results.numTodoTests : 0;
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites + skipped;
    if (skipped > 0)
      this.error = new Error(`${skipped} tests did not run; skipping counts as failing.`);
    process.stdout.write(`${results.numPassedTests} passed, ${failed} failed\n`);
  }

  getLastError() {
    return this.error;
  }
};
