let passed = 0;
let failed = 0;
const cleanups = [];

/**
 * Runs one check and says how it went.
 * @returns what the check returned; undefined when it failed
 */
export async function check(name, run) {
  const started = performance.now();
  try {
    const result = await run();
    passed += 1;
    console.log(`ok      ${name} (${Math.round(performance.now() - started)} ms)`);
    return result;
  } catch (error) {
    failed += 1;
    console.log(
      `not ok  ${name}\n        ${String(error?.stack ?? error).replaceAll('\n', '\n        ')}`,
    );
    return undefined;
  }
}

/** Registers what must be undone however the run ends; last registered, first undone. */
export function atEnd(cleanup) {
  cleanups.push(cleanup);
}

/** Ends the run with the line that `.ci/run` adds up. */
export async function finish() {
  await cleanUp();
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed === 0 && passed > 0 ? 0 : 1);
}

/** What comes after a check that failed cannot run, and that counts. */
export class NotReached extends Error {}

async function cleanUp() {
  for (const cleanup of cleanups.splice(0).reverse()) {
    try {
      await cleanup();
    } catch (error) {
      console.log(`Cleaning up failed: ${error.message}`);
    }
  }
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.once(signal, async () => {
    await cleanUp();
    process.exit(1);
  });
}
for (const event of ['uncaughtException', 'unhandledRejection']) {
  process.once(event, async (error) => {
    console.log(error);
    failed += 1;
    await finish();
  });
}
