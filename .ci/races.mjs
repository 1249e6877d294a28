// What happens at one instant, over HTTP: conversions that share an e-mail and an organisation end in one contact and one
// account; of conditional changes one wins; a command sent 64 times has one effect; overlapping merges, their undoing, edits and
// conversions compose or are refused; opportunities that arrive are shared evenly in a team. `--rounds 50` for all of it.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareToRun } from '../apps/launcher/prepare.mjs';
import { Caller, command } from '../test/faults/caller.mjs';
import { checkLog, nothingSeen } from '../test/faults/events-of-commands.mjs';
import { startProduct } from '../test/faults/product.mjs';
import { roundsFrom } from '../test/faults/rounds.mjs';
import { atEnd, check, finish } from './support/checks.mjs';

const MANY = 64;
const rounds = roundsFrom(process.argv, 10);
await prepareToRun();
const data = mkdtempSync(join(tmpdir(), 'races-'));
atEnd(() => rmSync(data, { recursive: true, force: true }));
const { program, url } = await startProduct(data);
const api = Caller.ofAdmin(url, data, MANY);
atEnd(() => api.close());

const together = (commands) => Promise.all(commands.map((one) => api.send(one)));
const times = (count, make) => Array.from({ length: count }, (_, index) => make(index));

function captureOf(mark, index) {
  const email = index % 2 === 0 ? `${mark}@example.vn` : ` ${mark.toUpperCase()}@Example.VN `;
  return command('POST', '/v1/leads', {
    familyName: 'Nguyễn Gia',
    givenName: `Khương ${index}`,
    email: email.trim(),
    organisation: index % 3 === 0 ? `CÔNG TY TNHH  ${mark}` : `Công ty TNHH ${mark}`,
  });
}

async function captureMany(mark, count = MANY) {
  const answers = await together(times(count, (index) => captureOf(mark, index)));
  for (const { status, body } of answers) assert.equal(status, 201, JSON.stringify(body));
  return answers.map(({ body }) => body);
}

const CHOICES = {
  'without choices': {},
  'that all want to create': { contact: { action: 'create' }, account: { action: 'create' } },
  'with an opportunity each': { opportunity: { action: 'create' } },
};

async function conversionsRace(mark, kind) {
  const leads = await captureMany(mark);
  const convert = ({ id }) => command('POST', `/v1/leads/${id}/conversion`, CHOICES[kind]);
  const answers = await together(leads.map(convert));
  const done = answers.filter(({ status }) => status === 200).map(({ body }) => body);
  const refused = answers.filter(({ status }) => status !== 200);
  assert.ok(done.length > 0, `nothing was converted: ${JSON.stringify(refused[0])}`);
  if (kind !== 'that all want to create') {
    assert.equal(refused.length, 0, `refused: ${JSON.stringify(refused[0])}`);
  }
  const [contactId, ...otherContacts] = new Set(done.map((one) => one.conversion.contactId));
  const [accountId, ...otherAccounts] = new Set(done.map((one) => one.conversion.accountId));
  assert.deepEqual([otherContacts, otherAccounts], [[], []], 'more than one contact or account');
  for (const { status, body } of refused) {
    assert.equal(status, 409, JSON.stringify(body));
    const told = JSON.stringify(body);
    assert.ok(told.includes(contactId) || told.includes(accountId), `no candidates: ${told}`);
  }
  const after = Math.max(...done.map(({ position }) => position));
  // Searched for, since whoever came first gave the e-mail and the name in their own writing.
  const found = await Promise.all(
    ['contacts', 'accounts'].map((plural) => api.get(`/v1/${plural}?q=${mark}&after=${after}`)),
  );
  const ids = found.map(({ items }) => items.map(({ id }) => id));
  assert.deepEqual(ids, [[contactId], [accountId]]);
  const opportunities = new Set(done.flatMap((one) => one.conversion.opportunityId ?? []));
  assert.equal(opportunities.size, kind === 'with an opportunity each' ? MANY : 0);
  return done.length;
}

async function stageRace(mark) {
  const [{ id, revision }] = await captureMany(mark, 1);
  const headers = { 'if-match': `"${revision}"` };
  const change = (index) => ({ stageId: index % 2 === 0 ? 'contacted' : 'qualified' });
  const answers = await together(
    times(MANY, (index) => command('POST', `/v1/leads/${id}/stage`, change(index), headers)),
  );
  const statuses = answers.map(({ status }) => status).sort();
  assert.deepEqual(statuses, [200, ...times(MANY - 1, () => 412)]);
  const [won] = answers.filter(({ status }) => status === 200);
  assert.equal(won.body.revision, revision + 1);
  const winner = change(answers.indexOf(won)).stageId;
  const lead = await api.get(`/v1/leads/${id}?after=${won.body.position}`);
  assert.deepEqual([lead.revision, lead.stageId], [revision + 1, winner]);
}

async function repeatedRace(mark) {
  const one = (sent) => together(times(MANY, () => sent));
  const same = async (what, sent) => {
    const answers = await one(sent);
    const [first] = answers;
    assert.ok(first.status < 300, `${what}: ${JSON.stringify(first)}`);
    for (const { status, body } of answers) {
      // What else looks like the record may show in one answer and not yet in another.
      const { duplicates: _seen, ...told } = body;
      const { duplicates: _too, ...expected } = first.body;
      assert.deepEqual({ status, body: told }, { status: first.status, body: expected }, what);
    }
    return first.body;
  };
  const { id, revision } = await same('capture', captureOf(mark, 0));
  assert.equal(revision, 0);
  const moved = command('POST', `/v1/leads/${id}/stage`, { stageId: 'qualified' });
  assert.equal((await same('stage change', moved)).revision, 1);
  const wanted = { opportunity: { action: 'create' } };
  const { position } = await same('conversion', command('POST', `/v1/leads/${id}/conversion`, wanted));
  const filter = { email: `${mark}@example.vn` };
  const found = await Promise.all(
    ['leads', 'contacts'].map((plural) => api.list(plural, filter, position)),
  );
  assert.deepEqual(found.map((items) => items.length), [1, 1]);
}

/** Clients that merge, edit, convert and undo at once. */
const MERGING = 16;

/** Overlapping selections of the same six leads, some with a survivor of the caller's choosing. */
async function mergeRace(mark) {
  const leads = await captureApart(mark, 6);
  const refs = leads.map(({ id }) => ({ type: 'lead', id }));
  const selections = times(MERGING, (index) => [
    ...new Set([index, index + 1 + (index % 3), index + 3].map((at) => refs[at % refs.length])),
  ]);
  const answers = await together(
    selections.map((records, index) =>
      command('POST', '/v1/merges', {
        records,
        ...(index % 2 === 0 && { survivor: records[index % records.length] }),
      }),
    ),
  );
  const merged = answers.filter(({ status }) => status === 201);
  assert.ok(merged.length > 0, `nothing was merged: ${JSON.stringify(answers[0])}`);
  for (const { status, body } of answers) {
    assert.ok(status === 201 || status === 409, JSON.stringify(body));
  }
  const away = merged.flatMap(({ body }) => body.mergedAway.map(({ id }) => id));
  assert.equal(new Set(away).size, away.length, 'a record was merged away twice');
  await resolveSoundly(refs, Math.max(...merged.map(({ body }) => body.position)));
}

/** A merge of the same records races edits, conversions, other merges and its own undoing. */
async function mixedRace(mark) {
  const refs = (await captureApart(mark, 4)).map(({ id }) => ({ type: 'lead', id }));
  const first = await api.send(command('POST', '/v1/merges', { records: refs.slice(0, 2) }));
  assert.equal(first.status, 201, JSON.stringify(first.body));
  const answers = await together(
    times(MERGING, (index) => {
      const { id } = refs[index % refs.length];
      switch (index % 4) {
        case 0:
          return command('POST', '/v1/merges', { records: refs.slice(index % 2) });
        case 1:
          return command('PATCH', `/v1/leads/${id}`, { need: `${mark} ${index}` });
        case 2:
          return command('POST', `/v1/merges/${first.body.id}/undo`, {});
        default:
          return command('POST', `/v1/leads/${id}/conversion`, {});
      }
    }),
  );
  for (const { status, body } of answers) {
    assert.ok([200, 201, 409].includes(status), JSON.stringify(body));
  }
  const undone = answers.filter(({ status }, index) => index % 4 === 2 && status === 200);
  assert.equal(undone.length, 1, 'a merge is undone once');
  const done = answers.filter(({ status }) => status < 300);
  await resolveSoundly(refs, Math.max(...done.map(({ body }) => body.position)));
}

/** Opportunities that arrive at once, by capture and by conversion, while members of the team come and go. */
const ARRIVING = 32;

async function assignmentRace(mark) {
  const created = async (path, body) => {
    const { status, body: answer } = await api.send(command('POST', path, body));
    assert.equal(status, 201, JSON.stringify(answer));
    return answer.id;
  };
  const changed = async (method, path, body) => {
    const { status, body: answer } = await api.send(command(method, path, body));
    assert.equal(status, 200, JSON.stringify(answer));
  };
  const teamId = await created('/v1/teams', { name: mark });
  const members = await Promise.all(
    times(5, async (index) => {
      const email = `${mark}.${index}@team.example.vn`;
      const id = await created('/v1/users', { name: mark, email, roles: ['salesperson'] });
      await changed('PUT', `/v1/teams/${teamId}/members/${id}`);
      return id;
    }),
  );
  const [leaving, ...staying] = members;
  const handler = { kind: 'team', teamId, method: 'round-robin' };
  const rule = { ruleId: mark, name: mark, filter: { need: mark }, handler };
  await changed('POST', '/v1/settings/assignment-rules', rule);
  const leads = await Promise.all(
    times(ARRIVING / 4, (index) =>
      created('/v1/leads', { givenName: mark, email: `${mark}.${index}@example.vn`, need: mark }),
    ),
  );
  const absence = `/v1/users/${leaving}/absence`;
  const until = new Date(Date.now() + 3_600_000).toISOString();
  const answers = await together([
    ...leads.map((id) =>
      command('POST', `/v1/leads/${id}/conversion`, { opportunity: { action: 'create' } }),
    ),
    command('PUT', absence, { until }),
    ...times(ARRIVING - leads.length, (index) =>
      command('POST', '/v1/opportunities', { name: `Camera ${index}`, need: mark }),
    ),
    command('DELETE', absence),
  ]);
  for (const { status, body } of answers) assert.ok(status < 300, JSON.stringify(body));
  const after = Math.max(...answers.map(({ body }) => body.position));
  const found = await api.list('opportunities', { need: mark }, after);
  assert.equal(found.length, ARRIVING);
  const had = (member) => found.filter(({ ownerId }) => ownerId === member).length;
  const counts = staying.map(had);
  assert.equal(counts.reduce((sum, count) => sum + count, had(leaving)), ARRIVING);
  assert.ok(Math.max(...counts) - Math.min(...counts) <= 1, `shared as ${counts}`);
  assert.ok(had(leaving) <= Math.max(...counts), 'whoever was away made up for it');
}

/** Every id leads to one living record, and nothing is half done. */
async function resolveSoundly(refs, after) {
  const told = await Promise.all(
    refs.map(({ id }) => api.get(`/v1/leads/${id}?after=${after}`)),
  );
  const byId = new Map(told.map((lead) => [lead.id, lead]));
  for (const { status, mergedInto } of told) {
    if (status === 'merged') assert.equal(byId.get(mergedInto.id)?.status, 'open');
    else assert.equal(status, 'open');
  }
  const { items } = await api.get(`/v1/merges?limit=50&after=${after}`);
  for (const { completed, undo } of items) {
    assert.ok(completed && undo?.completed !== false, 'a merge is not completed');
  }
}

/** Leads that share nothing. */
async function captureApart(mark, count) {
  const answers = await together(
    times(count, (index) =>
      command('POST', '/v1/leads', {
        givenName: `Khương ${mark} ${index}`,
        email: `${mark}.${index}@example.vn`,
        tags: [`${index}`],
      }),
    ),
  );
  for (const { status, body } of answers) assert.equal(status, 201, JSON.stringify(body));
  return answers.map(({ body }) => body);
}

const kinds = Object.keys(CHOICES);
for (let round = 1; round <= rounds; round += 1) {
  const mark = `vong${process.pid}x${round}`;
  const kind = kinds[round % kinds.length];
  await check(`round ${round}: ${MANY} conversions ${kind}: one contact, one account`, () =>
    conversionsRace(`${mark}a`, kind),
  );
  await check(`round ${round}: ${MANY} stage changes with If-Match: one wins`, () => stageRace(`${mark}b`));
  await check(`round ${round}: a command sent ${MANY} times: one effect, equal answers`, () =>
    repeatedRace(`${mark}c`),
  );
  await check(`round ${round}: ${MERGING} overlapping merges: each record goes away once at most`, () =>
    mergeRace(`${mark}d`),
  );
  await check(`round ${round}: merges, edits, conversions and an undoing at once: none half done`, () =>
    mixedRace(`${mark}e`),
  );
  await check(`round ${round}: ${ARRIVING} opportunities arrive in a team: shared evenly`, () =>
    assignmentRace(`${mark}f`),
  );
}
await check('the log has every event once, and no command twice in a stream', async () => {
  checkLog(await api.eventsAfter(-1), nothingSeen());
});
await check('stops cleanly', async () => {
  api.close();
  assert.equal(await program.stop('SIGTERM'), 0);
});
await finish();
