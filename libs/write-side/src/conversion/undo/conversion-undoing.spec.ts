import { randomUUID } from 'node:crypto';
import type { RecordType, Uuid } from '#crm';
import { captured, envelope, openWorkshop, type Workshop } from '../../../test/workshop.js';

const FIELDS = { givenName: 'Khương', email: 'khuong@example.vn', organisation: 'Minh Phát' };
/** So that no two leads match the same records. */
const named = (name: unknown) => ({ email: `${name}@example.vn`, organisation: `Hoa Sen ${name}` });
const KEEP_ALL = { decisions: {} };
const edit = (fields: Record<string, string>) => ({ kind: 'edit', fields, custom: {} }) as const;

describe('Undoing a conversion', () => {
  let workshop: Workshop;
  beforeEach(async () => {
    workshop = await openWorkshop({ patienceMs: 200 });
  });
  afterEach(() => workshop.close());

  async function converted(fields: Record<string, string> = FIELDS) {
    const lead = await captured(workshop, 'lead', fields);
    const request = { opportunity: { action: 'create' } } as const;
    const { conversion } = await workshop.conversions.convert(lead, { request }, envelope());
    return { lead, conversion };
  }
  const lifecycle = async (type: RecordType, id: Uuid | undefined) =>
    (await workshop.all(type)).find((state) => state.id === id)?.lifecycle;
  const refused = (work: Promise<unknown>) =>
    work.then(
      () => 'accepted',
      (error: { readonly code?: string }) => error.code,
    );

  it('does what the preview said, under the basis that the preview gave', async () => {
    const { lead, conversion } = await converted();
    const head = await workshop.log.head();
    const { basis, plan } = await workshop.conversionUndoing.preview(conversion.id, {}, envelope());
    expect(await workshop.log.head()).toBe(head);
    expect([plan.contact?.action, plan.account?.action]).toEqual(['withdraw', 'withdraw']);
    const command = { ...KEEP_ALL, basis };
    const answer = await workshop.conversionUndoing.undo(conversion.id, command, envelope());
    expect(answer).toMatchObject({ id: lead, conversion: { id: conversion.id } });
    const { events } = await workshop.log.readStream({ stream: `lead-${lead}` });
    expect(events.slice(-2).map(({ type }) => type)).toEqual([
      'LeadConversionUndone',
      'LeadConversionUndoCompleted',
    ]);
    expect(answer.revision).toBe(events.at(-1)?.revision);
  });

  it('is refused when what it would do has changed since the preview', async () => {
    const { conversion } = await converted();
    const { basis } = await workshop.conversionUndoing.preview(conversion.id, {}, envelope());
    const contactId = conversion.contactId ?? '';
    await workshop.records.handle('contact', contactId, edit({ jobTitle: 'Kế toán' }), envelope());
    const undo = () =>
      workshop.conversionUndoing.undo(conversion.id, { ...KEEP_ALL, basis }, envelope());
    expect(await refused(undo())).toBe('stale_preview');
    expect(await lifecycle('opportunity', conversion.opportunityId)).toBe('live');
  });

  it('again is answered as at first under the same identity, and refused under another', async () => {
    const { conversion } = await converted();
    const own = envelope({ fresh: false, commandHash: 'a' });
    const undo = (under = own) => workshop.conversionUndoing.undo(conversion.id, KEEP_ALL, under);
    const answers = await Promise.all(Array.from({ length: 8 }, () => undo()));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(JSON.stringify(await undo())).toBe(JSON.stringify(answers[0]));
    expect(await refused(undo({ ...own, commandHash: 'b' }))).toBe('idempotency_key_reused');
    expect(await refused(undo(envelope()))).toBe('already_undone');
  });

  it('leaves the answer to the conversion, sent again, what it was', async () => {
    const lead = await captured(workshop, 'lead', FIELDS);
    const own = envelope({ fresh: false, commandHash: 'a' });
    const convert = () => workshop.conversions.convert(lead, { request: {} }, own);
    const first = await convert();
    await workshop.conversionUndoing.undo(first.conversion.id, KEEP_ALL, envelope());
    expect(await convert()).toEqual(first);
  });

  it('of one that is not there, or whose lead the caller may not read, is not found', async () => {
    const { conversion } = await converted();
    const undo = (id: Uuid, under = envelope()) =>
      refused(workshop.conversionUndoing.undo(id, KEEP_ALL, under));
    expect(await undo(randomUUID())).toBe('conversion_not_found');
    const actor = { kind: 'user', id: randomUUID() } as const;
    const nobody = { actor, may: () => false };
    expect(await undo(conversion.id, envelope({ authority: nobody }))).toBe('conversion_not_found');
  });

  it.each([
    ['convert', 'lead'],
    ['delete', 'contact'],
    ['delete', 'opportunity'],
  ])('needs the right to %s the %s, and writes nothing without', async (action, type) => {
    const { conversion } = await converted();
    const actor = { kind: 'user', id: randomUUID() } as const;
    const may = (asked: string, subject: { readonly type: string }) =>
      asked !== action || subject.type !== type;
    const head = await workshop.log.head();
    const under = envelope({ authority: { actor, may } });
    const { conversionUndoing } = workshop;
    expect(await refused(conversionUndoing.undo(conversion.id, KEEP_ALL, under))).toBe('forbidden');
    expect(await refused(conversionUndoing.preview(conversion.id, {}, under))).toBe('forbidden');
    expect(await workshop.log.head()).toBe(head);
  });

  it('needs the right to edit what is brought back', async () => {
    await captured(workshop, 'contact', { givenName: 'K', email: FIELDS.email });
    const { conversion } = await converted();
    expect(conversion.actions.contact).toBe('update');
    const actor = { kind: 'user', id: randomUUID() } as const;
    const may = (asked: string, { type }: { readonly type: string }) =>
      asked !== 'edit' || type !== 'contact';
    const under = envelope({ authority: { actor, may } });
    const undo = workshop.conversionUndoing.undo(conversion.id, KEEP_ALL, under);
    expect(await refused(undo)).toBe('forbidden');
  });

  it('asks no right to what it leaves alone, and tells nothing of what the caller may not read', async () => {
    const { conversion } = await converted();
    const { opportunityId = '', contactId = '', accountId = '' } = conversion;
    const { records } = workshop;
    await records.handle('opportunity', opportunityId, edit({ priority: 'Cao' }), envelope());
    const hidden = await captured(workshop, 'opportunity', { name: 'Khóa cửa', contactId });
    const actor = { kind: 'user', id: randomUUID() } as const;
    const may = (asked: string, { type }: { readonly type: string }) =>
      type === 'lead' || (asked === 'read' && type !== 'opportunity');
    const under = envelope({ authority: { actor, may } });
    const preview = await workshop.conversionUndoing.preview(conversion.id, {}, under);
    expect(preview.conflicts).toMatchObject([{ record: { id: opportunityId }, values: [] }]);
    expect(preview.kept).toContainEqual({
      ...{ record: { type: 'contact', id: contactId }, reason: 'referred_to', by: [] },
    });
    expect(preview.kept.map(({ record }) => record.id)).toContain(accountId);
    expect(JSON.stringify(preview)).not.toContain(hidden);
  });

  it('is refused at another revision of the lead than the caller saw', async () => {
    const { lead, conversion } = await converted();
    const { events } = await workshop.log.readStream({ stream: `lead-${lead}` });
    const last = events.at(-1)?.revision ?? -1;
    const undo = (ifRevision: number) =>
      refused(workshop.conversionUndoing.undo(conversion.id, KEEP_ALL, envelope({ ifRevision })));
    expect(await undo(last - 1)).toBe('revision_mismatch');
    expect(await undo(last)).toBe('accepted');
  });

  it('keeps what an activity or another conversion has to do with', async () => {
    const { conversion } = await converted();
    const { contactId = '', accountId = '' } = conversion;
    const links = [{ type: 'contact', id: contactId }] as const;
    const activity = { kind: 'task', subject: 'Gọi lại', links } as const;
    const { id } = await workshop.activities.plan(activity, envelope());
    const second = await captured(workshop, 'lead', { ...FIELDS, email: 'an@example.vn' });
    const request = { account: { action: 'link', id: accountId } } as const;
    await workshop.conversions.convert(second, { request }, envelope());
    const preview = () => workshop.conversionUndoing.preview(conversion.id, {}, envelope());
    const { kept } = await preview();
    expect(kept).toEqual(
      expect.arrayContaining([
        {
          record: { type: 'contact', id: contactId },
          reason: 'activities',
          by: [{ type: 'activity', id }],
        },
        {
          record: { type: 'account', id: accountId },
          reason: 'other_conversion',
          by: [{ type: 'lead', id: second }],
        },
      ]),
    );
    await workshop.activities.handle(id, { kind: 'delete' }, envelope());
    expect((await preview()).kept.map(({ record }) => record.type)).not.toContain('contact');
  });

  it('also goes for a lead that was merged away or deleted since', async () => {
    for (const remove of ['merge', 'delete'] as const) {
      const { lead, conversion } = await converted({ ...FIELDS, ...named(remove) });
      const first = await captured(workshop, 'lead', { givenName: 'K' });
      const ref = (id: Uuid) => ({ type: 'lead', id }) as const;
      const request = { records: [ref(first), ref(lead)], survivor: ref(first) };
      if (remove === 'merge') await workshop.merges.merge({ request }, envelope());
      else await workshop.records.handle('lead', lead, { kind: 'delete' }, envelope());
      await workshop.conversionUndoing.undo(conversion.id, KEEP_ALL, envelope());
      expect(await lifecycle('contact', conversion.contactId)).toBe('deleted');
    }
  });

  it.each([
    ['that was merged away since', false],
    ['that others were merged into since', true],
  ])('leaves a record alone %s', async (_what, survives) => {
    const { conversion } = await converted();
    const created = { type: 'contact', id: conversion.contactId ?? '' } as const;
    const other = {
      type: 'contact',
      id: await captured(workshop, 'contact', { givenName: 'K' }),
    } as const;
    const request = { records: [created, other], survivor: survives ? created : other };
    await workshop.merges.merge({ request }, envelope());
    const { kept } = await workshop.conversionUndoing.preview(conversion.id, {}, envelope());
    expect(kept).toContainEqual({ record: created, reason: 'merged', by: [] });
    const account = { type: 'account', id: conversion.accountId };
    expect(kept).toContainEqual({
      ...{ record: account, reason: 'referred_to' },
      by: expect.arrayContaining([created]),
    });
    await workshop.conversionUndoing.undo(conversion.id, KEEP_ALL, envelope());
    expect(await lifecycle('account', conversion.accountId)).toBe('live');
  });

  it('lets the lead be converted anew: the keys of what was withdrawn stand in nobody’s way', async () => {
    const { lead, conversion } = await converted();
    await workshop.conversionUndoing.undo(conversion.id, KEEP_ALL, envelope());
    const again = await workshop.conversions.convert(lead, { request: {} }, envelope());
    expect(again.conversion.actions).toEqual({ contact: 'create', account: 'create' });
    const other = await captured(workshop, 'lead', FIELDS);
    const third = await workshop.conversions.convert(other, { request: {} }, envelope());
    expect(third.conversion.contactId).toBe(again.conversion.contactId);
    const events = await workshop.log.readAll({ limit: 1_000, prefixes: ['lead-'] });
    expect(events.map(({ type }) => type)).not.toContain('LeadConversionAbandoned');
    expect((await workshop.all('contact')).map(({ lifecycle }) => lifecycle).sort()).toEqual([
      'deleted',
      'live',
    ]);
  });
});
