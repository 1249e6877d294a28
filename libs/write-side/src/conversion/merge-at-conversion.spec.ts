import type { RecordRef, RecordType } from '#crm';
import { captured, envelope, openWorkshop, type Workshop } from '../../test/workshop.js';

const EMAIL = 'khuong@example.vn';

describe('Converting a lead whose e-mail another lead or opportunity has', () => {
  let workshop: Workshop;
  beforeEach(async () => {
    workshop = await openWorkshop({ patienceMs: 200 });
  });
  afterEach(() => workshop.close());

  const record = async (type: RecordType, fields: Record<string, string>): Promise<RecordRef> => ({
    type,
    id: await captured(workshop, type, fields),
  });
  const stateOf = async ({ type, id }: RecordRef) => {
    const found = (await workshop.all(type)).find((state) => state.id === id);
    if (!found) throw new Error('There is no such record.');
    return found;
  };
  const convert = (lead: RecordRef, opportunity: object, more = {}) =>
    workshop.conversions.convert(
      lead.id,
      { request: { opportunity: opportunity as never }, ...more },
      envelope(),
    );

  it('suggests a merge into the opportunity, and converts plainly unless asked', async () => {
    const older = await record('lead', { givenName: 'K', email: EMAIL });
    const deal = await record('opportunity', { name: 'Camera', email: ` ${EMAIL.toUpperCase()}` });
    const lead = await record('lead', { givenName: 'Khương', email: EMAIL });
    const { suggestions } = await workshop.conversions.preview(lead.id, {}, envelope());
    expect(suggestions.opportunity).toEqual({
      action: 'merge',
      into: deal,
      candidates: [older, deal],
    });
    await workshop.conversions.convert(lead.id, { request: {} }, envelope());
    expect([(await stateOf(lead)).lifecycle, (await stateOf(deal)).lifecycle]).toEqual([
      'live',
      'live',
    ]);
  });

  it('suggests nothing for what came from the lead itself, is lost, or is hidden', async () => {
    const lead = await record('lead', { givenName: 'Khương', email: EMAIL });
    await convert(lead, { action: 'create' });
    const lost = await record('lead', { givenName: 'K', email: EMAIL });
    const lose = { kind: 'lose', reason: 'Giá cao' } as const;
    await workshop.records.handle('lead', lost.id, lose, envelope());
    const { suggestions } = await workshop.conversions.preview(lead.id, {}, envelope());
    expect(suggestions.opportunity).toEqual({ action: 'none' });
  });

  it('merges into the opportunity, links the new contact to it, and is one conversion and one merge', async () => {
    const deal = await record('opportunity', { name: 'Camera', email: EMAIL });
    const lead = await record('lead', { givenName: 'Khương', email: EMAIL, need: 'Camera' });
    const preview = await workshop.conversions.preview(
      lead.id,
      { opportunity: { action: 'merge', into: deal } },
      envelope(),
    );
    const { conversion } = await convert(
      lead,
      { action: 'merge', into: deal },
      { basis: preview.basis },
    );
    expect(conversion).toMatchObject({
      actions: { contact: 'create', opportunity: 'merge' },
      opportunityId: deal.id,
      merge: { survivor: deal },
    });
    expect(await stateOf(deal)).toMatchObject({
      fields: { name: 'Camera', need: 'Camera', contactId: conversion.contactId },
      absorbed: [{ ...lead }],
    });
    expect(await stateOf(lead)).toMatchObject({ lifecycle: 'merged', mergedInto: deal });
    expect((await stateOf(lead)).reservation).toBeUndefined();
    const mergeId = conversion.merge?.id ?? '';
    await workshop.undoing.undo(mergeId, { decisions: {} }, envelope());
    expect(await stateOf(lead)).toMatchObject({ lifecycle: 'live', conversions: [conversion] });
    expect((await stateOf(deal)).fields).toEqual({ name: 'Camera', email: EMAIL });
  });

  it('merges leads of one e-mail into the first created, which can then be converted', async () => {
    const first = await record('lead', { givenName: 'Khương', email: EMAIL });
    const second = await record('lead', { email: EMAIL, organisation: 'Minh Phát' });
    const { conversion } = await convert(second, { action: 'merge' });
    expect(conversion.merge).toMatchObject({ survivor: first });
    expect(await stateOf(first)).toMatchObject({ fields: { organisation: 'Minh Phát' } });
    await convert(first, { action: 'create' });
  });

  it('asks which, when several have the e-mail', async () => {
    await record('lead', { givenName: 'K', email: EMAIL });
    await record('opportunity', { name: 'Camera', email: EMAIL });
    const lead = await record('lead', { givenName: 'Khương', email: EMAIL });
    await expect(convert(lead, { action: 'merge' })).rejects.toMatchObject({
      code: 'choice_needed',
      errors: [{ path: 'opportunity.into' }],
    });
  });

  it('is one or the other when it races a merge of the same records', async () => {
    for (let round = 0; round < 5; round++) {
      const deal = await record('opportunity', { name: 'Camera', email: `${round}@example.vn` });
      const lead = await record('lead', { givenName: 'K', email: `${round}@example.vn` });
      const other = await record('opportunity', { name: 'Khác' });
      const outcomes = await Promise.allSettled([
        convert(lead, { action: 'merge', into: deal }),
        workshop
          .hire()
          .merges.merge({ request: { records: [deal, other], survivor: other } }, envelope()),
        workshop
          .hire()
          .merges.merge({ request: { records: [lead, other], survivor: other } }, envelope()),
      ]);
      const states = [await stateOf(deal), await stateOf(lead), await stateOf(other)];
      expect(states.map(({ reservation }) => reservation)).toEqual([
        undefined,
        undefined,
        undefined,
      ]);
      expect(states.filter(({ lifecycle }) => lifecycle === 'live')).toHaveLength(1);
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    }
  });
});
