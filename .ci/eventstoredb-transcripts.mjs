// Replays what was recorded on a genuine EventStoreDB against the stand-in of the tests, and compares answers, codes and
// trailers. The recordings lie beside the clone; their path can be given as an argument or in EVENTSTOREDB_TRANSCRIPTS.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import '../test/support/run-typescript.mjs';
import { atEnd, check, finish } from './support/checks.mjs';
import { Bindings } from './support/transcripts/bindings.mjs';
import { prepareBatch, prepareCall, prepareScenario } from './support/transcripts/prepare.mjs';
import { eventsIn, Stage } from './support/transcripts/stage.mjs';
import { openCall, openClient } from './support/transcripts/wire.mjs';

const { startStandIn } = await import('../test/support/eventstoredb/stand-in.ts');
const beside = fileURLToPath(
  new URL('../../shared/eventstoredb-transcripts.json', import.meta.url),
);
const path = process.argv[2] ?? process.env.EVENTSTOREDB_TRANSCRIPTS ?? beside;
const [, ...scenarios] = JSON.parse(readFileSync(path, 'utf8'));

/** Whole scenarios that are not replayed. */
const LEFT_OUT = {
  'append-idempotent-restart': 'needs a kill',
  'append-double-dollar': 'ends the server',
  'sub-slow': 'holds counts of one machine',
  'sub-burst': 'holds counts of one machine',
  'sub-burst-size': 'holds counts of one machine',
  'stop-sigterm': 'needs a kill',
  'stop-sigkill': 'needs a kill',
  'stop-sigterm-idle': 'needs a kill',
  'stop-client-view': 'holds no call',
  'raw-http2': 'does not say what was sent',
  'cluster-gossip': 'needs three nodes',
  'cluster-follower': 'needs three nodes',
  'cluster-no-quorum': 'needs three nodes',
};

/** Why a call is not replayed, if it is not. */
function whyNot({ label, responses = [], request = [] }) {
  const sent = JSON.stringify(request);
  if (sent.includes('deadlineDuration')) return "has a field that the client's messages lack";
  // What is left when a second has passed, under metadata that no call of the recording sets.
  if (sent.includes('"me-4"')) return 'follows on metadata that was not recorded';
  if (/is a race/.test(label)) return 'was a race when it was recorded';
  if (label.includes('deadline already past')) return 'never leaves the client';
  const isComparable = (one) =>
    typeof one !== 'string' || /^<(as in|1 response|\d+ events>|last revision)/.test(one);
  return responses.every(isComparable) ? undefined : 'was shortened when it was recorded';
}

const left = new Map();
const leaveOut = (why, what) => left.set(why, [...(left.get(why) ?? []), what]);

for (const scenario of scenarios) {
  if (LEFT_OUT[scenario.id]) {
    leaveOut(LEFT_OUT[scenario.id], scenario.id);
    continue;
  }
  const standIn = await startStandIn({ graceMs: 0 });
  const client = openClient(standIn.port);
  atEnd(() => standIn.kill());
  const bindings = new Bindings();
  const stage = new Stage(standIn.log, bindings, scenario);
  prepareScenario(stage, scenario);
  for (const call of scenario.calls) {
    const why = whyNot(call);
    if (why) leaveOut(why, `${scenario.id}: ${call.label}`);
    else
      await check(`${scenario.id}: ${call.label}`, () =>
        replay(client, bindings, stage, call, standIn),
      );
  }
  await check(`${scenario.id}: order of positions`, () => bindings.checkOrder(stage.made));
  client.close();
  standIn.kill();
}
for (const [why, what] of left) console.log(`Left out, since it ${why}: ${what.join(' · ')}`);
await finish();

async function replay(client, bindings, stage, call, standIn) {
  const { method, request = [], responses = [], requestMetadata, status, order, label } = call;
  if (method !== 'Streams/BatchAppend') prepareCall(stage, call);
  if (responses[0]?.success?.noPosition) storeAndDelete(standIn.log, bindings, request);
  const deadline = label.includes('grpc-timeout') ? 300 : undefined;
  const { stream, seen } = openCall(client, method, requestMetadata, deadline);
  const send = (n) => {
    if (method === 'Streams/BatchAppend' && !isPipelined(order))
      prepareBatch(stage, request[n], responses);
    stream.write(
      bindings.fill(request[n], (number) => stage.positionOf(number), timestampFor(label, n)),
    );
  };
  const until = async (count, ms = 4_000) => {
    const deadlineAt = Date.now() + ms;
    while (seen.responses.length < count && !seen.status && Date.now() < deadlineAt) {
      await new Promise((resolve) => {
        seen.wake = resolve;
        setTimeout(resolve, 20);
      });
    }
  };
  const subscribes = request[0]?.options?.subscription !== undefined;
  if (method === 'Streams/BatchAppend' || subscribes) {
    if (subscribes) send(0);
    await follow(order ?? `${subscribes ? '' : 'send 0, '}recv 0-${responses.length - 1}`, {
      send,
      until,
      stream,
      seen,
      stage,
      responses,
      request,
      label,
    });
  } else {
    for (const n of request.keys()) send(n);
    stream.end();
    const endless = status?.code === 1;
    await until(Number.POSITIVE_INFINITY, endless ? 200 : 15_000);
  }
  if (!seen.status && status?.code !== 1 && status) await until(Number.POSITIVE_INFINITY, 2_000);
  const before = seen.status;
  stream.cancel();
  compare(bindings, call, seen.responses, before);
}

/** Whether requests went out without waiting for answers: those then come in the order of their completion. */
function isPipelined(order = '') {
  return /send \d+-\d+/.test(order);
}

async function follow(order, { send, until, stream, seen, stage, responses, request, label }) {
  const steps = order === '' ? [] : order.split(', ');
  const subscribed = request[0]?.options?.stream?.streamIdentifier?.streamName;
  const noises = steps.filter((step) => /^\d+ non-matching/.test(step));
  const makeNoise = async () => {
    stage.noise(Number.parseInt(noises.shift(), 10));
    await pause(50);
  };
  for (const [at, step] of steps.entries()) {
    const [, verb, from, to = from] = /^(send|recv) (\d+)(?:-(\d+))?$/.exec(step) ?? [];
    if (verb === 'send') for (let n = Number(from); n <= Number(to); n += 1) send(n);
    else if (verb === 'recv') {
      for (let n = Number(from); n <= Number(to); n += 1) {
        // What comes live is made to happen when its turn comes.
        if (n === seen.responses.length) await until(n + 1, 60);
        // A live checkpoint is written down before what led to it.
        if (n === seen.responses.length && responses[n].checkpoint && noises.length > 0)
          await makeNoise();
        if (seen.responses.length <= n)
          for (const event of eventsIn([responses[n]]).reverse()) stage.ensure(event);
        await until(n + 1);
      }
    } else if (step === 'half-close') {
      stream.end();
      await pause(50);
    } else if (noises.includes(step)) {
      await makeNoise();
    } else if (
      step.startsWith('append') &&
      !steps.slice(at).some((later) => later.startsWith('recv'))
    ) {
      if (subscribed) stage.live(subscribed);
    } else if (step === 'soft delete') stage.softDelete(subscribed);
    // A final chunk that comes late.
    if (verb === 'recv' && label.includes('1.2 s later')) await pause(900);
  }
  // Nothing more may come.
  if (order !== 'send 0, client cancels, status') await pause(40);
}

function compare(bindings, call, actual, status) {
  const { responses = [], status: expected, method, order } = call;
  if (typeof responses[0] === 'string' && /^<(as in|1 response)/.test(responses[0])) {
    return assert.equal(actual.length, 1);
  }
  if (method === 'ServerFeatures/GetSupportedMethods') compareFeatures(responses[0], actual[0]);
  else if (method === 'Gossip/Read') compareGossip(responses[0], actual[0]);
  else {
    const wanted = responses.flatMap((one) => expanded(one, actual));
    const given =
      isPipelined(order) && method === 'Streams/BatchAppend'
        ? sorted(bindings, wanted, actual)
        : actual;
    assert.equal(
      given.length,
      wanted.length,
      `${given.length} answers: ${JSON.stringify(given).slice(0, 400)}`,
    );
    for (const [n, one] of wanted.entries()) bindings.match(one, given[n], `answer ${n}`);
  }
  if (!expected) return;
  const ended = status ?? { code: 1, details: 'Cancelled on client', trailers: {} };
  assert.equal(ended.code, expected.code, `ended with ${JSON.stringify(ended)}`);
  // The library's own texts name the address.
  if (ended.code !== 4) assert.equal(ended.details, expected.details);
  if (call.trailers) assert.deepEqual(ended.trailers, call.trailers);
}

/** What stands for many answers. */
function expanded(one, actual) {
  if (typeof one !== 'string') return [one];
  const [, count] = /^<(\d+) events>$/.exec(one) ?? [];
  if (count) return actual.slice(0, Number(count)).map((event) => ({ event: event.event }));
  const [, revision] = /^<last revision stored: (\d+)>$/.exec(one) ?? [];
  assert.equal(actual[0]?.event?.event?.streamRevision, revision);
  return actual;
}

function sorted(bindings, wanted, actual) {
  const key = (one) => JSON.stringify(one.correlationId);
  return wanted.flatMap((one) => {
    const filled = key({ correlationId: bindings.fill(one.correlationId ?? {}) });
    return actual.filter((given) => key(given) === filled);
  });
}

function compareFeatures(expected, actual) {
  assert.equal(actual.eventStoreServerVersion, expected.eventStoreServerVersion);
  for (const method of actual.methodsList) {
    const known = expected.methodsList.find(
      (one) => one.methodName === method.methodName && one.serviceName === method.serviceName,
    );
    assert.deepEqual(method, known);
  }
}

function compareGossip(expected, actual) {
  const states = ({ membersList }) => membersList.map(({ state, isAlive }) => ({ state, isAlive }));
  assert.deepEqual(states(actual), states(expected));
}

/** A deadline for a request: ahead, unless the recording says that it has passed. */
function timestampFor(label, n) {
  const ms =
    label.includes('10 s ago') && n === 1 ? -10_000 : label.includes('400 ms') ? 400 : 10_000;
  const at = Date.now() + ms;
  return { seconds: Math.floor(at / 1_000), nanos: (at % 1_000) * 1e6 };
}

/** What a repeated append on a deleted stream finds. */
function storeAndDelete(log, bindings, request) {
  const [{ options }, ...messages] = bindings.fill(request, () => '0');
  const stream = options.streamIdentifier.streamName;
  const proposed = messages.map(({ proposedMessage: { id, metadataMap, data } }) => ({
    id: id.string,
    type: metadataMap.type,
    json: true,
    data: Buffer.from(data),
    metadata: new Uint8Array(),
  }));
  log.append(stream, 'no_stream', proposed);
  log.softDelete(stream, 'any');
}
