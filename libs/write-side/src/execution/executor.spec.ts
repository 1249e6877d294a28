import { randomUUID } from 'node:crypto';
import { captured, envelope, openWorkshop, type Workshop } from '../../test/workshop.js';
import { recordTarget } from '../records/record-target.js';

describe('A command on a record', () => {
  let workshop: Workshop;
  beforeAll(async () => {
    workshop = await openWorkshop();
  });
  afterAll(() => workshop.close());

  const edit = (title: string) => ({ kind: 'edit', fields: { title }, custom: {} }) as const;

  it('has one effect and equal answers when it comes 64 times at once', async () => {
    const own = envelope({ fresh: false, commandHash: 'a' });
    const command = { kind: 'capture', fields: { title: 'Anh' }, custom: {}, tags: [] } as const;
    const answers = await Promise.all(
      Array.from({ length: 64 }, () => workshop.hire().records.capture('lead', command, own)),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    const stream = `lead-${answers[0]?.id}`;
    expect((await workshop.log.readStream({ stream })).events).toHaveLength(1);
  });

  it('is answered with its first outcome when it comes again after others', async () => {
    const id = await captured(workshop, 'lead', { title: 'Anh' });
    const own = envelope({ fresh: false, commandHash: 'a' });
    const first = await workshop.records.handle('lead', id, edit('Chị'), own);
    await workshop.records.handle('lead', id, edit('Ông'), envelope());
    const again = await workshop.hire().records.handle('lead', id, edit('Chị'), own);
    expect(again).toEqual(first);
    const { state } = await workshop.executor.load(recordTarget('lead', id));
    expect(state).toMatchObject({ fields: { title: 'Ông' } });
  });

  it('is refused when its identity was used for another content', async () => {
    const id = await captured(workshop, 'lead', { title: 'Anh' });
    const commandId = randomUUID();
    const first = envelope({ commandId, fresh: false, commandHash: 'a' });
    await workshop.records.handle('lead', id, edit('Chị'), first);
    const other = { ...first, commandHash: 'b' };
    await expect(workshop.records.handle('lead', id, edit('Bà'), other)).rejects.toMatchObject({
      code: 'idempotency_key_reused',
    });
  });

  it('wins alone among 64 that all saw the same revision, in four processes', async () => {
    const id = await captured(workshop, 'lead', { title: 'Anh' });
    const processes = Array.from({ length: 4 }, () => workshop.hire());
    const outcomes = await Promise.allSettled(
      Array.from({ length: 64 }, (_, index) =>
        processes[index % 4]?.records.handle(
          'lead',
          id,
          edit(`Số ${index}`),
          envelope({ ifRevision: 0 }),
        ),
      ),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const refused = outcomes.flatMap((outcome) =>
      outcome.status === 'rejected' ? [outcome.reason] : [],
    );
    expect(
      refused.every(({ kind, code }) => kind === 'precondition' && code === 'revision_mismatch'),
    ).toBe(true);
  });

  it('is decided again when another process was faster, so that no edit is lost', async () => {
    const id = await captured(workshop, 'lead', { title: 'Anh' });
    const processes = Array.from({ length: 4 }, () => workshop.hire());
    await Promise.all(
      Array.from({ length: 32 }, (_, index) => {
        const tag = { kind: 'tag', add: [`t${index}`], remove: [] } as const;
        return processes[index % 4]?.records.handle('lead', id, tag, envelope());
      }),
    );
    const { state } = await workshop.hire().executor.load(recordTarget('lead', id));
    expect(new Set(state.tags).size).toBe(32);
  });

  it('is not refused on what this process remembers of the record but on what it is now', async () => {
    const id = await captured(workshop, 'lead', { title: 'Anh' });
    await workshop.hire().records.handle('lead', id, { kind: 'delete' }, envelope());
    const other = workshop.hire();
    await other.records.handle('lead', id, { kind: 'restore' }, envelope());
    const note = { kind: 'add-note', text: 'Đã gọi', attachments: [] } as const;
    await expect(workshop.records.handle('lead', id, note, envelope())).resolves.toMatchObject({
      revision: 3,
    });
  });

  it('on a record that never was is answered as not found', async () => {
    const note = { kind: 'add-note', text: 'x', attachments: [] } as const;
    await expect(
      workshop.records.handle('lead', randomUUID(), note, envelope()),
    ).rejects.toMatchObject({
      kind: 'not-found',
    });
  });

  it('keeps when it happened apart from when it was recorded', async () => {
    const command = { kind: 'capture', fields: { title: 'Anh' }, custom: {}, tags: [] } as const;
    const past = envelope({ occurredAt: '2016-10-20T00:00:00.000Z' });
    const { id } = await workshop.records.capture('lead', command, past);
    const { events } = await workshop.log.readStream({ stream: `lead-${id}` });
    expect(events[0]?.metadata.occurredAt).toBe('2016-10-20T00:00:00.000Z');
    expect(Date.parse(events[0]?.metadata.recordedAt ?? '')).toBeGreaterThan(
      Date.parse('2026-01-01'),
    );
  });
});
