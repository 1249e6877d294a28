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
    const lines = [`${results.numPassedTests} passed, ${failed} failed\n`];
    if (skipped > 0) {
      lines.unshift(`${skipped} tests were skipped, which counts as failing.\n`);
      this.error = new Error(lines[0]);
    }
    // Jest prints a summary of its own after its reporters; ours is to be the last word.
    process.once('exit', () => process.stdout.write(lines.join('')));
  }

  /** Jest ends with a failure when a reporter has an error. */
  getLastError() {
    return this.error;
  }
};
