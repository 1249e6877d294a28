#!/usr/bin/env node
// Runs a wire server until it is told to stop: node test/support/mongodb/main.mjs [--port 27017] [--file data.h2]
import { parseArgs } from 'node:util';
import { startWireServer } from './wire-server.mjs';

const { values } = parseArgs({ options: { port: { type: 'string' }, file: { type: 'string' } } });
const server = await startWireServer({ file: values.file, port: Number(values.port ?? 0) });
process.stdout.write(`${server.url}\n`);
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => void server.stop().then(() => process.exit(0)));
}
