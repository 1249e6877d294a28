#!/usr/bin/env node
// Loads a public data set of 85 companies and 8,800 sales opportunities into the built product, through the import and
// the API alone, and then finds over HTTP what went in. Usage: node .ci/dataset.mjs [folder of the data set]
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { Api } from './support/api.mjs';
import { atEnd, check, finish } from './support/checks.mjs';
import { cleanEnvironment, startProgram } from './support/server.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const DATA_SET = resolve(
  process.argv[2] ?? join(ROOT, '..', 'shared', 'data', 'crm-sales-opportunities'),
);
const AT_ONCE = 32;
/** A bulk conversion carries out several leads at once itself. */
const BULKS_AT_ONCE = 4;
const BULK = 200;
const ACCOUNT_FIELDS = {
  sector: ['text', 'Sector', 'Ngành'],
  yearEstablished: ['number', 'Year established', 'Năm thành lập'],
  revenue: ['number', 'Revenue (million USD)', 'Doanh thu (triệu USD)'],
  employees: ['number', 'Employees', 'Số nhân viên'],
  officeLocation: ['text', 'Office location', 'Nơi đặt văn phòng'],
  subsidiaryOf: ['text', 'Subsidiary of', 'Công ty mẹ'],
};

const table = (name) => parse(readFileSync(join(DATA_SET, name)), { columns: true, bom: true });
const accounts = table('accounts.csv');
const pipeline = table('sales_pipeline.csv');
const agents = table('sales_teams.csv');
const products = table('products.csv');

const dataFolder = await mkdtemp(join(tmpdir(), 'leadledger-dataset-'));
atEnd(() => rm(dataFolder, { recursive: true, force: true }));
const main = join(ROOT, 'dist', 'apps', 'api', 'src', 'main.js');
const server = startProgram(process.execPath, [main], {
  cwd: ROOT,
  env: cleanEnvironment({
    LEADLEDGER_DATA: dataFolder,
    LEADLEDGER_PORT: '0',
    LEADLEDGER_RATE_LIMIT: '0',
    LEADLEDGER_LOG_LEVEL: 'warn',
  }),
});
const url = await server.until('listening', 20_000, async () => {
  return /listens on (http:\S+)/.exec(server.output)?.[1];
});
const api = await Api.ofAdmin(url, dataFolder);

let commands = 0;
let position = 0;
/** Sends a command; 503 passes by itself. */
async function command(method, path, body) {
  for (let attempt = 1; ; attempt++) {
    try {
      const answer = await api.call(method, path, body);
      position = Math.max(position, answer?.position ?? 0);
      commands += 1;
      return answer;
    } catch (error) {
      if (attempt >= 20 || !/answered 503/.test(error.message)) throw error;
      await pause(250);
    }
  }
}

/** Carries out so many at once, and says how fast. */
async function phase(name, items, atOnce, work, countOf = () => 1) {
  const started = performance.now();
  const waiting = items.values();
  let done = 0;
  const worker = async () => {
    for (const item of waiting) {
      await work(item);
      done += countOf(item);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  const seconds = (performance.now() - started) / 1_000;
  console.log(`        ${name}: ${done} in ${seconds.toFixed(1)} s, ${Math.round(done / seconds)}/s`);
}

async function importFile(file, body) {
  const started = performance.now();
  const shown = await runImport(file, body);
  const { id, state, rows, created, failed, differs, ratePerSecond } = shown;
  const errors = await api.get(`/v1/imports/${id}/errors?limit=3`);
  assert.deepEqual(
    { state, done: rows.done, created, failed, differs },
    { state: 'done', done: rows.total, created: rows.total, failed: 0, differs: 0 },
    JSON.stringify(errors),
  );
  commands += created;
  position = Math.max(position, shown.position);
  const seconds = ((performance.now() - started) / 1_000).toFixed(1);
  console.log(`        ${file}: ${created} rows in ${seconds} s, ${ratePerSecond}/s`);
}

/** Imports a file and answers how it ended. */
async function runImport(file, body) {
  const { id, upload } = await command('POST', '/v1/imports', body);
  const answer = await fetch(url + upload, {
    method: 'PUT',
    headers: { authorization: `Bearer ${api.token}`, 'content-type': 'text/csv' },
    body: await readFile(join(DATA_SET, file)),
  });
  assert.equal(answer.status, 202, await answer.text());
  for (;;) {
    const shown = await api.get(`/v1/imports/${id}`);
    if (shown.state !== 'running') return shown;
    await pause(200);
  }
}

/** Everything of a list, page by page. */
async function listed(plural, filter) {
  const items = [];
  const query = filter ? `&filter=${encodeURIComponent(JSON.stringify(filter))}` : '';
  for (let cursor = ''; ; ) {
    const path = `/v1/${plural}?limit=200&after=${position}${query}`;
    const page = await api.get(cursor ? `${path}&cursor=${encodeURIComponent(cursor)}` : path);
    items.push(...page.items);
    if (page.next === undefined) return items;
    cursor = page.next;
  }
}

const day = (written) => {
  const [month, date, year] = written.split('/').map(Number);
  return new Date(Date.UTC(year, month - 1, date)).toISOString();
};
const started = performance.now();

await check('people, teams, fields and the pipeline are set up', async () => {
  const slug = (name) => name.toLowerCase().replace(/[^a-z]+/g, '.');
  const invite = (name, roles) =>
    command('POST', '/v1/users', { name, email: `${slug(name)}@example.com`, roles });
  for (const manager of new Set(agents.map((agent) => agent.manager))) {
    const team = await command('POST', '/v1/teams', { name: `Team ${manager}` });
    const members = [(await invite(manager, ['manager'])).id];
    for (const agent of agents.filter((one) => one.manager === manager)) {
      members.push((await invite(agent.sales_agent, ['salesperson'])).id);
    }
    for (const id of members) await command('PUT', `/v1/teams/${team.id}/members/${id}`);
  }
  for (const [key, [type, en, vi]] of Object.entries(ACCOUNT_FIELDS)) {
    const field = { recordType: 'account', key, type, label: { en, vi } };
    await command('POST', '/v1/settings/custom-fields', field);
  }
  await command('POST', '/v1/settings/custom-fields', {
    recordType: 'opportunity',
    key: 'catalogueProduct',
    type: 'select',
    label: { en: 'Product of the catalogue', vi: 'Sản phẩm trong danh mục' },
    options: products.map(({ product }) => product),
  });
  await command('POST', '/v1/settings/pipelines', {
    pipelineId: 'opportunities',
    recordType: 'opportunity',
    name: 'Opportunities',
    stages: [
      { id: 'prospecting', name: 'Prospecting', probability: 10 },
      { id: 'engaging', name: 'Engaging', probability: 40 },
      { id: 'won', name: 'Won', probability: 100, marker: 'won' },
      { id: 'lost', name: 'Lost', probability: 0, marker: 'lost' },
    ],
  });
});

const accountsImport = {
  recordType: 'account',
  mapping: {
    name: 'account',
    'custom.sector': 'sector',
    'custom.yearEstablished': 'year_established',
    'custom.revenue': 'revenue',
    'custom.employees': 'employees',
    'custom.officeLocation': 'office_location',
    'custom.subsidiaryOf': 'subsidiary_of',
  },
};
await check('the companies are imported', () => importFile('accounts.csv', accountsImport));

const leadsImport = {
  recordType: 'lead',
  mapping: {
    externalId: 'opportunity_id',
    owner: 'sales_agent',
    products: 'product',
    organisation: 'account',
    occurredAt: { column: 'engage_date', dateFormat: 'M/d/yyyy' },
    source: { value: 'Sales pipeline' },
  },
};
await check('every row of the pipeline is imported as a lead', () =>
  importFile('sales_pipeline.csv', leadsImport),
);

const leads = new Map();
const opportunities = new Map();

await check('every lead is converted, to its company where it has one', async () => {
  for (const { id, externalId } of await listed('leads')) leads.set(externalId, id);
  assert.equal(leads.size, pipeline.length);
  const groups = new Map();
  for (const row of pipeline) {
    const key = `${row.engage_date}|${row.account === ''}`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  const bulks = [...groups.values()].flatMap((rows) =>
    Array.from({ length: Math.ceil(rows.length / BULK) }, (_, at) =>
      rows.slice(at * BULK, (at + 1) * BULK),
    ),
  );
  const externalIds = new Map([...leads].map(([externalId, id]) => [id, externalId]));
  const convert = async (rows) => {
    const [{ engage_date, account }] = rows;
    const answer = await command('POST', '/v1/leads/conversions', {
      leadIds: rows.map((row) => leads.get(row.opportunity_id)),
      contact: { action: 'none' },
      account: { action: account === '' ? 'none' : 'link' },
      opportunity: { action: 'create', pipelineId: 'opportunities', stageId: 'prospecting' },
      ...(engage_date !== '' && { occurredAt: day(engage_date) }),
    });
    commands += rows.length - 1;
    for (const { leadId, result, error } of answer.results) {
      assert.ok(result, JSON.stringify(error));
      position = Math.max(position, result.position);
      opportunities.set(externalIds.get(leadId), result.conversion.opportunityId);
    }
  };
  await phase('conversions', bulks, BULKS_AT_ONCE, convert, (rows) => rows.length);
  assert.equal(opportunities.size, pipeline.length);
});

const opportunityOf = (row) => `/v1/opportunities/${opportunities.get(row.opportunity_id)}`;

await check('every opportunity is moved to its stage', async () => {
  const engaged = pipeline.filter((row) => row.deal_stage !== 'Prospecting');
  await phase('stages', engaged, AT_ONCE, (row) => {
    const body = { stageId: 'engaging', occurredAt: day(row.engage_date) };
    return command('POST', `${opportunityOf(row)}/stage`, body);
  });
});

await check('every closed opportunity is won or lost at its close date', async () => {
  const closed = pipeline.filter((row) => ['Won', 'Lost'].includes(row.deal_stage));
  await phase('outcomes', closed, AT_ONCE, (row) => {
    const occurredAt = day(row.close_date);
    if (row.deal_stage === 'Lost') {
      return command('POST', `${opportunityOf(row)}/loss`, { reason: 'Không rõ', occurredAt });
    }
    const expectedRevenue = { amount: Number(row.close_value) * 100, currency: 'USD' };
    return command('POST', `${opportunityOf(row)}/win`, { expectedRevenue, occurredAt });
  });
});

const seconds = (performance.now() - started) / 1_000;
const peakOf = (status) => Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1_024);
const loaded = await readFile(`/proc/${server.pid}/status`, 'utf8').catch(() => '');

await check('85 companies, with their sectors as they were spelt', async () => {
  const found = await listed('accounts');
  assert.equal(found.length, 85);
  for (const row of accounts) {
    const account = found.find(({ name }) => name === row.account);
    assert.equal(account?.custom.sector, row.sector);
    assert.equal(account.custom.revenue, Number(row.revenue));
    assert.equal(account.custom.employees, Number(row.employees));
    assert.equal(account.custom.subsidiaryOf, row.subsidiary_of || undefined);
  }
  const technolgy = await listed('accounts', { 'custom.sector': 'technolgy' });
  const wanted = accounts.filter(({ sector }) => sector === 'technolgy').length;
  assert.equal(technolgy.length, wanted);
  assert.ok(wanted > 0);
});

await check('8,800 leads, of their agents, captured at their engage dates', async () => {
  const found = await listed('leads');
  assert.equal(found.length, 8_800);
  const users = new Map((await listed('users')).map(({ id, name }) => [id, name]));
  const byExternalId = new Map(found.map((lead) => [lead.externalId, lead]));
  for (const row of pipeline) {
    const lead = byExternalId.get(row.opportunity_id);
    assert.deepEqual(lead.products, [row.product]);
    assert.equal(users.get(lead.ownerId), row.sales_agent);
    assert.equal(lead.organisation, row.account || undefined);
    assert.equal(lead.converted, true);
    if (row.engage_date !== '') assert.equal(lead.createdAt, day(row.engage_date));
  }
});

let all = [];
await check('8,800 opportunities, each as its row says', async () => {
  all = await listed('opportunities');
  assert.equal(all.length, 8_800);
  const byId = new Map(all.map((opportunity) => [opportunity.id, opportunity]));
  const nameOf = new Map((await listed('accounts')).map(({ id, name }) => [id, name]));
  const status = { Won: 'won', Lost: 'lost', Engaging: 'open', Prospecting: 'open' };
  for (const row of pipeline) {
    const opportunity = byId.get(opportunities.get(row.opportunity_id));
    assert.equal(opportunity.stageId, row.deal_stage.toLowerCase());
    assert.equal(opportunity.status, status[row.deal_stage]);
    assert.equal(nameOf.get(opportunity.accountId), row.account || undefined);
    assert.equal(opportunity.contactId, undefined);
    assert.deepEqual(opportunity.products, [row.product]);
    if (row.close_date !== '') assert.equal(opportunity.closedAt, day(row.close_date));
  }
});

await check('4,238 won and 2,473 lost', async () => {
  assert.equal((await listed('opportunities', { status: 'won' })).length, 4_238);
  assert.equal((await listed('opportunities', { status: 'lost' })).length, 2_473);
});

await check('won for 10,005,534 dollars', () => {
  const won = all.filter(({ status }) => status === 'won');
  assert.ok(won.every(({ expectedRevenue }) => expectedRevenue.currency === 'USD'));
  const cents = won.reduce((sum, { expectedRevenue }) => sum + expectedRevenue.amount, 0);
  assert.equal(cents, 1_000_553_400);
});

await check('1,425 opportunities without a company', async () => {
  const found = await listed('opportunities', { accountId: null });
  assert.equal(found.length, 1_425);
});

await check('GTXPro of the pipeline and GTX Pro of the catalogue stay apart', async () => {
  const rows = pipeline.filter(({ product }) => product === 'GTXPro');
  const found = await listed('opportunities', { products: 'GTXPro' });
  assert.equal(found.length, rows.length);
  assert.ok(rows.length > 0);
  assert.equal((await listed('opportunities', { products: 'GTX Pro' })).length, 0);
  const { customFields } = await settings();
  const { options } = customFields.find(({ key }) => key === 'catalogueProduct');
  assert.deepEqual(options, products.map(({ product }) => product));
  assert.ok(options.includes('GTX Pro'));
});

await check('importing both files again creates nothing', async () => {
  for (const [file, body, rows] of [
    ['accounts.csv', accountsImport, accounts],
    ['sales_pipeline.csv', leadsImport, pipeline],
  ]) {
    const { state, created, unchanged } = await runImport(file, body);
    assert.deepEqual([state, created, unchanged], ['done', 0, rows.length]);
  }
  assert.equal((await listed('accounts')).length, 85);
});

async function settings() {
  const answer = await api.get('/v1/settings');
  return answer.settings ?? answer;
}

console.log(
  `Loaded with ${commands} commands in ${seconds.toFixed(1)} s: ${Math.round(commands / seconds)} commands/s; the server's peak memory was ${peakOf(loaded)} MiB.`,
);
await finish();
