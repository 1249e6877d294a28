import { given } from '../../test/given.js';
import { importDecider } from './import.js';
import { type ImportEvent, NO_ROWS } from './import-events.js';

const FILE = { sha256: 'a', bytes: 10, rows: 3, delimiter: ',', unmapped: [] } as const;
const MAPPING = { email: { column: 'Email' } };
const REQUESTED: ImportEvent = {
  type: 'ImportRequested',
  data: { recordType: 'lead', mapping: MAPPING, options: {} },
};
const STARTED: ImportEvent = { type: 'ImportStarted', data: { mapping: MAPPING, file: FILE } };
const PROGRESS = { upToLine: 3, rows: 2, counts: { ...NO_ROWS, created: 2 }, issues: [] } as const;
const on = (...events: readonly ImportEvent[]) => given(importDecider, events);

describe('an import', () => {
  it('waits for its file, runs, and is done', () => {
    const events = [
      REQUESTED,
      STARTED,
      { type: 'ImportProgressed', data: PROGRESS },
      { type: 'ImportCompleted', data: {} },
    ] as const;
    const statuses = events.map((_, index) => on(...events.slice(0, index + 1)).state.status);
    expect(statuses).toEqual(['waiting', 'running', 'running', 'done']);
    expect(on(...events).state).toMatchObject({ rows: 2, counts: { created: 2 }, upToLine: 3 });
  });

  it('is started by its first file; the same one again changes nothing, another is refused', () => {
    const start = (sha256: string) =>
      ({ kind: 'start', mapping: MAPPING, file: { ...FILE, sha256 } }) as const;
    on(REQUESTED).when(start('a')).decides(STARTED);
    on(REQUESTED, STARTED).when(start('a')).decides();
    on(REQUESTED, STARTED).when(start('b')).refused('import_running');
  });

  it('does not go back in its file', () => {
    const progressed: ImportEvent = { type: 'ImportProgressed', data: PROGRESS };
    const command = { kind: 'progress', ...PROGRESS } as const;
    on(REQUESTED, STARTED).when(command).decides(progressed);
    on(REQUESTED, STARTED, progressed).when(command).decides();
  });

  it('is cancelled once, while it is not over; nothing is recorded of it afterwards', () => {
    const cancelled: ImportEvent = { type: 'ImportCancelled', data: {} };
    on(REQUESTED).when({ kind: 'cancel' }).decides(cancelled);
    on(REQUESTED, STARTED, cancelled).when({ kind: 'cancel' }).decides();
    on(REQUESTED, STARTED, cancelled).when({ kind: 'complete' }).refused('import_cancelled');
    on(REQUESTED, STARTED, { type: 'ImportCompleted', data: {} })
      .when({ kind: 'cancel' })
      .refused('import_done');
  });

  it('that was never announced is not there', () => {
    on().when({ kind: 'cancel' }).refused('import_not_found');
  });
});
