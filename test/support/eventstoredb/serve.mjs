#!/usr/bin/env node
// Starts the stand-in as a process of its own and prints one line of JSON: the port that clients connect to, the port that
// faults are switched at, and the certificate when it has credentials.
//   node test/support/eventstoredb/serve.mjs [--port 2113] [--credentials user:password] [--grace-ms 5000]
import { parseArgs } from 'node:util';
import '../run-typescript.mjs';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    credentials: { type: 'string' },
    'grace-ms': { type: 'string', default: '5000' },
  },
});
const { startStandIn } = await import('./stand-in.ts');
const { startControl } = await import('./control.ts');

const [username, password] = values.credentials?.split(':') ?? [];
const standIn = await startStandIn({
  port: Number(values.port),
  graceMs: Number(values['grace-ms']),
  ...(username && password && { credentials: { username, password } }),
});
const control = await startControl(standIn);
const { port, url, certificate } = standIn;
console.log(JSON.stringify({ port, url, controlPort: control.port, certificate }));

process.once('SIGTERM', async () => {
  await standIn.stop();
  process.exit(0);
});
