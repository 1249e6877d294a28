#!/usr/bin/env node
// Ends with 0 when the api or the worker on this machine is alive; for whoever watches a container.
const port = process.env.LEADLEDGER_HEALTH_PORT || process.env.LEADLEDGER_PORT || '3000';
const LIMIT_MS = 4_000;

try {
  const url = `http://127.0.0.1:${port}/health/live`;
  const answer = await fetch(url, { signal: AbortSignal.timeout(LIMIT_MS) });
  process.stdout.write(`${await answer.text()}\n`);
  process.exitCode = answer.ok ? 0 : 1;
} catch (error) {
  process.stderr.write(`Nobody answers at port ${port}: ${error.cause?.code ?? error.name}\n`);
  process.exitCode = 1;
}
