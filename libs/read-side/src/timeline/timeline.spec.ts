import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Locale, RecordType } from '#crm';
import type { Access } from '../queries/query-context.js';
import { openReadSide, type TestReadSide } from '../support/open-read-side.js';
import { TEST_ACTOR, type TestEvent } from '../support/open-stores.js';
import { captured, converted, id } from '../support/sample-events.js';

let side: TestReadSide;
beforeEach(async () => {
  side = await openReadSide();
});
afterEach(() => side.close());

const LEAD = `lead-${id(1)}`;
const CONTACT = `contact-${id(2)}`;
const ORIGIN = { type: 'lead', id: id(1), conversionId: id(5) };

interface Asked {
  readonly locale?: Locale;
  readonly limit?: number;
  readonly cursor?: string;
  readonly accessTo?: (type: RecordType) => Access;
}

async function timeline(type: RecordType, n: number, asked: Asked = {}) {
  const record = await side.queries.getRecord({ type, id: id(n), access: 'all' });
  if (!record) throw new Error('There is no such record.');
  const all = () => 'all' as const;
  return side.queries.readTimeline({ record, locale: 'en', accessTo: all, ...asked });
}

function edited(n: number): TestEvent {
  const changes = [{ field: 'need', from: `${n - 1}`, to: `${n}` }];
  return { type: 'LeadEdited', data: { changes } };
}

describe('the timeline of a record', () => {
  it('tells who did what and what it was before, newest first', async () => {
    const invited = { name: 'Trần Lan', email: 'lan@example.vn', locale: 'vi', roles: [] };
    await side.append(`user-${TEST_ACTOR.id}`, { type: 'UserInvited', data: invited });
    const stage = { marker: 'open', probability: 0, requiredFields: [], retired: false };
    const stages = [
      { ...stage, id: 'new', name: 'Mới' },
      { ...stage, id: 'called', name: 'Đã gọi' },
    ];
    const data = { pipelineId: 'p', recordType: 'opportunity', name: 'Bán hàng', stages };
    await side.append('settings', { type: 'PipelineDefined', data });
    const money = (amount: number) => ({ amount, currency: 'VND' });
    await side.happen(
      `opportunity-${id(3)}`,
      captured('opportunity', { name: 'Camera' }),
      {
        type: 'OpportunityStageChanged',
        data: {
          from: { pipelineId: 'p', stageId: 'new' },
          to: { pipelineId: 'p', stageId: 'called' },
          stoodMs: (3 * 24 + 4) * 3_600_000,
        },
      },
      {
        type: 'OpportunityEdited',
        data: {
          changes: [{ field: 'expectedRevenue', from: money(1_000), to: money(25_000_000) }],
        },
      },
    );
    const { entries } = await timeline('opportunity', 3, { locale: 'vi' });
    expect(entries.map(({ text }) => text)).toEqual([
      'Trần Lan đã sửa Doanh thu kỳ vọng của cơ hội.',
      'Trần Lan đã chuyển cơ hội từ “Mới” sang “Đã gọi” sau 3 ngày 4 giờ.',
      'Trần Lan đã tạo cơ hội.',
    ]);
    expect(entries[0]?.changes).toEqual([
      {
        field: 'expectedRevenue',
        label: 'Doanh thu kỳ vọng',
        from: money(1_000),
        to: money(25_000_000),
        fromText: '1.000 ₫',
        toText: '25.000.000 ₫',
      },
    ]);
    expect(entries[1]?.changes[0]).toMatchObject({ fromText: 'Mới', toText: 'Đã gọi' });
    const english = (await timeline('opportunity', 3)).entries;
    expect(english[0]?.changes[0]?.toText).toBe('₫25,000,000');
    expect(english[1]?.text).toContain('after 3 days 4 hours');
  });

  it('calls values of catalogues by their labels, also when they are retired', async () => {
    const label = { en: 'Too expensive', vi: 'Giá cao' };
    const entry = { catalogue: 'lost-reason', value: 'price' };
    await side.append('settings', {
      type: 'CatalogueEntryAdded',
      data: { ...entry, label, index: 0 },
    });
    await side.append('settings', { type: 'CatalogueEntryRetired', data: entry });
    await side.happen(`opportunity-${id(4)}`, captured('opportunity', { name: 'Camera' }), {
      type: 'OpportunityLost',
      data: { reason: 'price' },
    });
    const [lost] = (await timeline('opportunity', 4)).entries;
    expect(lost?.text).toContain('lost: Too expensive.');
    expect(lost?.changes).toMatchObject([{ to: 'price', toText: 'Too expensive' }]);
    const [vietnamese] = (await timeline('opportunity', 4, { locale: 'vi' })).entries;
    expect(vietnamese?.text).toContain('thất bại: Giá cao.');
  });

  it('holds the history of the lead that it came from, marked as such', async () => {
    await side.happen(
      LEAD,
      captured('lead', { givenName: 'Khương' }),
      converted(id(5), id(2), id(3)),
    );
    await side.happen(CONTACT, captured('contact', { givenName: 'Khương' }, { origin: ORIGIN }));
    const { entries } = await timeline('contact', 2);
    expect(entries.map(({ type, origin }) => [type, origin?.type])).toEqual([
      ['ContactCaptured', undefined],
      ['LeadConverted', 'lead'],
      ['LeadCaptured', 'lead'],
    ]);
    expect(entries[0]?.links).toEqual([{ type: 'lead', id: id(1), name: 'Khương' }]);
    expect(entries[0]?.text).toContain('by converting “Khương”');
  });

  it('does not tell names of records that the reader may not see', async () => {
    await side.happen(LEAD, captured('lead', { givenName: 'Khương' }));
    await side.happen(CONTACT, captured('contact', {}, { origin: ORIGIN }));
    const { entries } = await timeline('contact', 2, { accessTo: () => 'none' });
    expect(entries[0]?.links).toEqual([{ type: 'lead', id: id(1) }]);
    expect(entries[0]?.text).toContain('by converting lead');
  });

  it('shows activities from when they concern the record until they no longer do', async () => {
    await side.happen(LEAD, captured('lead', {}));
    await side.happen(CONTACT, captured('contact', {}, { origin: ORIGIN }));
    const link = { type: 'lead', id: id(1) };
    const planned = { kind: 'task', subject: 'Báo giá', links: [] };
    const activity = `activity-${id(9)}`;
    await side.happen(activity, { type: 'ActivityPlanned', data: planned });
    await side.happen(activity, { type: 'ActivityLinked', data: { link } });
    await side.happen(activity, { type: 'ActivityCompleted', data: {} });
    await side.happen(activity, { type: 'ActivityUnlinked', data: { link } });
    await side.happen(activity, { type: 'ActivityDeleted', data: {} });
    const activities = ['ActivityUnlinked', 'ActivityCompleted', 'ActivityLinked'];
    const types = async (type: RecordType, n: number) =>
      (await timeline(type, n)).entries.map((entry) => entry.type);
    expect(await types('lead', 1)).toEqual([...activities, 'LeadCaptured']);
    expect(await types('contact', 2)).toEqual([...activities, 'ContactCaptured', 'LeadCaptured']);
  });

  it('gives the same in pages as in one, however the pages are cut', async () => {
    await side.append(LEAD, captured('lead', {}), ...[1, 2, 3].map(edited));
    await side.append(CONTACT, captured('contact', {}, { origin: ORIGIN }));
    const links = [
      { type: 'lead', id: id(1) },
      { type: 'contact', id: id(2) },
    ];
    const data = { kind: 'task', subject: 'Báo giá', links };
    for (let n = 0; n < 4; n += 1) {
      await side.append(LEAD, edited(n + 4));
      await side.append(CONTACT, { type: 'ContactTagged', data: { added: [`${n}`], removed: [] } });
      await side.append(`activity-${id(50 + n)}`, { type: 'ActivityPlanned', data });
    }
    await side.engine.waitFor(await side.log.head(), 5_000);
    const whole = (await timeline('contact', 2, { limit: 200 })).entries;
    expect(whole).toHaveLength(17);
    expect(new Set(whole.map(({ position }) => position)).size).toBe(17);
    for (const limit of [1, 2, 3, 5, 16, 17]) {
      const paged = [];
      let cursor: string | undefined;
      do {
        const at = cursor === undefined ? {} : { cursor };
        const page = await timeline('contact', 2, { limit, ...at });
        expect(page.entries.length).toBeGreaterThan(0);
        paged.push(...page.entries);
        cursor = page.next;
      } while (cursor !== undefined);
      expect(paged).toEqual(whole);
    }
  });

  it('reads no more of a long history than of a short one', async () => {
    const reads: number[] = [];
    const many = Array.from({ length: 300 }, (_, n) => edited(n + 1));
    await side.happen(LEAD, captured('lead', {}), ...many);
    const { readStream } = side.log;
    side.log.readStream = async (read) => {
      const slice = await readStream(read);
      if (read.stream === LEAD) reads.push(slice.events.length);
      return slice;
    };
    await timeline('lead', 1, { limit: 10 });
    expect(reads).toEqual([11]);
  });

  it('refuses a cursor of another record or of nobody', async () => {
    await side.happen(LEAD, captured('lead', {}), edited(1), edited(2));
    await side.happen(CONTACT, captured('contact', {}));
    const { next } = await timeline('lead', 1, { limit: 1 });
    for (const cursor of [
      next ?? '',
      'x',
      '',
      'bnVsbA',
      Buffer.from('[1,[["lead-x",-1]]]').toString('base64url'),
    ]) {
      await expect(timeline('contact', 2, { cursor })).rejects.toMatchObject({ path: 'cursor' });
    }
  });

  it('says that the personal part of an event was erased', async () => {
    await side.append(LEAD, captured('lead', { givenName: 'Khương' }));
    await side.happen(LEAD, {
      type: 'LeadNoteAdded',
      data: { noteId: id(7), text: 'Bí mật', attachments: [] },
    });
    const { keyId } = await side.log.readStream({ stream: LEAD });
    await side.log.erase(keyId ? [keyId] : []);
    const { entries } = await timeline('lead', 1);
    expect(entries[0]).toMatchObject({ erased: true, attachments: [] });
    expect(entries[0]).not.toHaveProperty('note');
    expect(entries[0]?.text).toContain('The personal data were erased.');
  });
});

describe('the event feed', () => {
  it('pages through the log, opens personal parts only when told to, and keeps match keys to itself', async () => {
    await side.append(LEAD, captured('lead', { givenName: 'Khương', source: 'Web' }), edited(1));
    await side.append('key-1', { type: 'Renamed', data: {} });
    await side.append(CONTACT, captured('contact', {}));
    const closed = await side.queries.readHistoryEvents({ limit: 2, personal: false });
    expect(closed.events.map(({ type }) => type)).toEqual(['LeadCaptured', 'LeadEdited']);
    expect(JSON.stringify(closed.events)).not.toContain('Khương');
    expect(closed.more).toBe(true);
    const after = closed.position;
    const rest = await side.queries.readHistoryEvents({ after, limit: 2, personal: true });
    expect(rest.events.map(({ type }) => type)).toEqual(['ContactCaptured']);
    const only = { types: ['LeadCaptured'], prefixes: ['lead-'], personal: true };
    const { events } = await side.queries.readHistoryEvents(only);
    expect(JSON.stringify(events)).toContain('Khương');
    expect(events).toHaveLength(1);
    await expect(side.queries.readHistoryEvents({ after: -2, personal: true })).rejects.toThrow();
  });

  it('fills a page of few types from among many others', async () => {
    await side.append(LEAD, captured('lead', {}), ...Array.from({ length: 450 }, () => edited(1)));
    await side.append(CONTACT, captured('contact', {}));
    const types = ['LeadCaptured', 'ContactCaptured'];
    const all = await side.queries.readHistoryEvents({ types, limit: 2, personal: true });
    expect(all.events.map(({ type }) => type)).toEqual(types);
    const first = await side.queries.readHistoryEvents({ types, limit: 1, personal: true });
    expect(first).toMatchObject({ more: true, position: first.events[0]?.position });
    const after = first.position;
    const second = await side.queries.readHistoryEvents({ types, after, personal: true });
    expect(second).toMatchObject({ events: [{ type: 'ContactCaptured' }], more: false });
  });
});
