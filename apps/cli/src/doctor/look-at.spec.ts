import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { examine } from './examine.js';
import { examined, type Finding } from './finding.js';
import { lookAtConfiguration } from './look-at-configuration.js';
import { lookAtFolder } from './look-at-folder.js';
import { lookAtLeases } from './look-at-leases.js';

const folder = mkdtempSync(join(tmpdir(), 'doctor '));
afterAll(() => rmSync(folder, { recursive: true }));

describe('What is configured', () => {
  it('is told without what is secret in it', () => {
    const { detail } = lookAtConfiguration({
      EVENTSTORE_URL: 'esdb://ops:p%40ss@one:2113,two:2113?tls=true&userKeyFile=/k',
      MONGODB_URL: 'mongodb+srv://ops:p@ss@host/crm?authSource=admin',
      LEADLEDGER_TOKEN: 'eyJ',
      LEADLEDGER_PORT: '3100',
    });
    expect(detail).toBe(
      'LEADLEDGER_PORT=3100 LEADLEDGER_TOKEN=(set) EVENTSTORE_URL=esdb://one:2113,two:2113 MONGODB_URL=mongodb+srv://host/crm',
    );
  });

  it('that cannot be read is all that is told', async () => {
    expect(await examine({ LEADLEDGER_PROT: '1' })).toMatchObject([
      {
        part: 'configuration',
        status: 'wrong',
        detail: expect.stringContaining('LEADLEDGER_PORT'),
      },
    ]);
  });
});

describe('A data folder', () => {
  it('is well when it is there for its owner alone', async () => {
    chmodSync(folder, 0o700);
    expect(await lookAtFolder(folder, true)).toMatchObject({
      status: expect.stringMatching(/ok|note/),
      detail: expect.stringMatching(/mode 700, [\d,]+ MiB free/),
    });
  });

  it('that others may read, or that is a file, is wrong; one that is not there is made', async () => {
    chmodSync(folder, 0o755);
    expect(await lookAtFolder(folder, true)).toMatchObject({ status: 'wrong' });
    chmodSync(folder, 0o700);
    const file = join(folder, 'file');
    writeFileSync(file, '');
    expect(await lookAtFolder(file, true)).toMatchObject({ status: 'wrong' });
    expect(await lookAtFolder(join(folder, 'none'), true)).toMatchObject({ status: 'note' });
  });
});

describe('Leases', () => {
  it('whose holder does not renew are wrong', async () => {
    let renewals = 0;
    const standing = async () => [
      { name: 'projections leads', holder: 'a', token: 1, renewals: renewals++ },
      { name: 'projections notes', holder: 'b', token: 1, renewals: 4 },
      { name: 'import 1', holder: undefined, token: 9, renewals: 0 },
    ];
    expect(await lookAtLeases({ standing }, 5)).toEqual([
      { part: 'lease projections leads', status: 'ok', detail: 'held by a.' },
      { part: 'lease projections notes', status: 'wrong', detail: expect.stringContaining('by b') },
    ]);
  });

  it('that nobody holds are told', async () => {
    expect(await lookAtLeases({ standing: async () => [] }, 5)).toMatchObject([{ status: 'note' }]);
  });
});

it('tells what a look throws, in one line, and goes on', async () => {
  const findings: Finding[] = [];
  const error = Object.assign(new Error('no\nroom'), { code: 'ENOSPC' });
  expect(await examined('disk', findings, () => Promise.reject(error))).toBeUndefined();
  expect(findings).toEqual([{ part: 'disk', status: 'wrong', detail: 'The disk is full.' }]);
});
