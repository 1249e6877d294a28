// kill -9 at every append of a merge and of its undoing, before and after it is stored: the next process on the folder completes what
// was committed, exactly once, and lets go of what was not.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareToRun } from '../apps/launcher/prepare.mjs';
import { ROOT } from '../test/faults/product.mjs';
import { atEnd, check, finish } from './support/checks.mjs';

const MOST_APPENDS = 30;
await prepareToRun();
const folder = mkdtempSync(join(tmpdir(), 'merge crash '));
atEnd(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a process that dies at an append, and answers what it found of the one before it, and whether it came to that append. */
async function run(act, append, moment) {
  const program = join(ROOT, 'test/faults/merge-until-killed.mjs');
  const child = spawn(process.execPath, [program, folder, act, String(append), moment], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    err += text;
  });
  const timer = setTimeout(() => child.kill('SIGTERM'), 60_000);
  const [code, signal] = await once(child, 'close');
  clearTimeout(timer);
  assert.ok(signal === 'SIGKILL' || code === 0, `it ended with ${code ?? signal}: ${err}`);
  const [line = '{}'] = out.split('\n');
  return { before: JSON.parse(line).before, survived: out.includes('survived') };
}

const count = (events, verb) => events.flat().filter((type) => type.endsWith(verb)).length;

/** Once, whole; or not at all, and free. */
function checkMerge({ answers, documents, merges, events }) {
  const [survivor, ...leads] = documents;
  if (merges.length === 0) {
    assert.deepEqual(answers, ['live', 'live', 'live']);
    assert.deepEqual(documents.map(({ status }) => status), ['open', 'open', 'open']);
    return false;
  }
  assert.deepEqual(answers, ['live', 'record_merged', 'record_merged']);
  assert.deepEqual(leads.map(({ status }) => status), ['merged', 'merged']);
  assert.deepEqual([survivor.email, survivor.need], ['a@example.vn', 'Camera']);
  for (const [verb, times] of [['RecordsMerged', 1], ['MergedAway', 2], ['MergeCompleted', 1]]) {
    assert.equal(count(events, verb), times, verb);
  }
  return true;
}

/** Undone once, whole; or still merged. */
function checkUndo({ answers, documents, merges, events }) {
  const [survivor, ...leads] = documents;
  assert.equal(merges.length, 1);
  if (!merges[0].undo) {
    assert.deepEqual(answers, ['live', 'record_merged', 'record_merged']);
    return false;
  }
  assert.deepEqual(answers, ['live', 'live', 'live']);
  assert.deepEqual([survivor.email, survivor.need, survivor.tags], [undefined, undefined, ['sau']]);
  assert.deepEqual(leads.map(({ status, tags }) => [status, tags]), [
    ['open', ['VIP', 'sau']],
    ['open', ['VIP', 'sau']],
  ]);
  for (const [verb, times] of [['MergeUndone', 1], ['Unmerged', 2], ['MergeUndoCompleted', 1]]) {
    assert.equal(count(events, verb), times, verb);
  }
  return true;
}

let last;
for (const [act, checkRound] of [
  ['merge', checkMerge],
  ['undo', checkUndo],
]) {
  for (const moment of ['before', 'after']) {
    await check(`killed ${moment} any append of a ${act}: done once, or not at all`, async () => {
      let [done, not] = [0, 0];
      for (let append = 1; ; append += 1) {
        assert.ok(append < MOST_APPENDS, 'it never ends');
        const { before, survived } = await run(act, append, moment);
        if (before && last) (last(before) ? (done += 1) : (not += 1));
        last = checkRound;
        if (survived) break;
      }
      console.log(`        ${done} completed by the next process, ${not} as if never begun`);
    });
  }
}
await check('the last round is sound as well', async () => {
  const { before } = await run('merge', 0, 'before');
  assert.ok(last(before));
});
await finish();
