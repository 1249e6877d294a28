#!/usr/bin/env node
// `npm run test:servers`: the suites that need EventStoreDB, MongoDB or both, the whole acceptance suite on every pairing with a
// server among them; on the servers that the environment names, or else on some of their own, in each of their forms. Words after
// it choose specs by their path and suites by their name. Ends with `N passed, N failed`; a spec that could not run has failed.
import { prepareToDevelop } from '../../apps/launcher/prepare.mjs';
import { runJest } from './run-jest.mjs';
import { SUITES } from './suites.mjs';

await prepareToDevelop();
const wanted = process.argv.slice(2);
const isWanted = (suite, spec) =>
  wanted.every((part) => spec.includes(part) || suite.name.includes(part));
// A server that the environment names has one form only.
const addsSomething = ({ servers, anotherForm }) =>
  !anotherForm || servers.some(({ variable }) => !process.env[variable]);
const suites = SUITES.filter(addsSomething)
  .map((suite) => ({ ...suite, specs: suite.specs.filter((spec) => isWanted(suite, spec)) }))
  .filter(({ specs }) => specs.length > 0);

const interruption = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => interruption.abort());
const provided = new Map();
const told = [];
let passed = 0;
let failed = 0;
try {
  for (const suite of suites) await run(suite);
} finally {
  await Promise.all([...provided.values()].map((server) => server.stop?.()));
}
for (const line of told) console.log(line);
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;

async function run({ name, specs, servers, variable }) {
  if (interruption.signal.aborted) {
    told.push(`Not run: ${name}: interrupted.`);
    failed += specs.length;
    return;
  }
  const label = `${name} (${servers.map(nameOf).join('; ')})`;
  console.error(`\n${label}`);
  const variables = {};
  for (const server of servers) {
    const { url, missing } = await provide(server);
    if (missing) {
      told.push(...specs.map((spec) => `Not run: ${spec} (${name}): ${missing}`));
      failed += specs.length;
      return;
    }
    variables[variable(server)] = url;
  }
  const counts = await runJest(specs, variables, interruption.signal);
  told.push(`${label}: ${counts.passed} passed, ${counts.failed} failed.`);
  passed += counts.passed;
  failed += counts.failed;
}

function nameOf({ name, variable, form }) {
  return `${name}: ${process.env[variable] ? `the one that ${variable} names` : `the tests' own, ${form}`}`;
}

/** The server that the environment names, or one that is started for all suites; or why there is none. */
async function provide(server) {
  const name = nameOf(server);
  const found = provided.get(name) ?? (await find(server, name));
  provided.set(name, found);
  return found;
}

async function find({ variable, start, notShown }, name) {
  const url = process.env[variable];
  if (url) {
    told.push(`${name}.`);
    return { url };
  }
  try {
    const server = await start();
    told.push(`${name}. Not shown: ${notShown}. Set ${variable} to test on a real one.`);
    return server;
  } catch (error) {
    return { missing: error.message };
  }
}
