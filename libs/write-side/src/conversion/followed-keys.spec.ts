import type { RecordRef, RecordType } from '#crm';
import { captured, envelope, openWorkshop, type Workshop } from '../../test/workshop.js';

describe('Converting a lead that matches a record which was merged away', () => {
  let workshop: Workshop;
  beforeEach(async () => {
    workshop = await openWorkshop({ patienceMs: 200 });
  });
  afterEach(() => workshop.close());

  const record = async (type: RecordType, fields: Record<string, string>): Promise<RecordRef> => ({
    type,
    id: await captured(workshop, type, fields),
  });
  const merge = async (survivor: RecordRef, ...others: readonly RecordRef[]) => {
    const request = { records: [survivor, ...others], survivor };
    return (await workshop.merges.merge({ request }, envelope())).id;
  };
  const convert = async (lead: RecordRef) =>
    (await workshop.conversions.convert(lead.id, { request: {} }, envelope())).conversion;
  const suggested = async (lead: RecordRef) =>
    (await workshop.conversions.preview(lead.id, {}, envelope())).suggestions;

  it('takes the account that stands for it, at the end of the chain', async () => {
    const last = await record('account', { name: 'MP Group' });
    const middle = await record('account', { name: 'MP Trading' });
    await merge(middle, await record('account', { name: 'Công ty TNHH Minh Phát' }));
    await merge(last, middle);
    const lead = await record('lead', { givenName: 'An', organisation: 'Minh Phát' });
    expect(await suggested(lead)).toMatchObject({ case: 3, account: { id: last.id } });
    expect(await convert(lead)).toMatchObject({
      ...{ accountId: last.id, actions: { account: 'update' } },
    });
    expect(await workshop.all('account')).toHaveLength(3);
  });

  it('takes the record itself again once the merge is undone', async () => {
    const away = await record('account', { name: 'Công ty TNHH Minh Phát' });
    const mergeId = await merge(await record('account', { name: 'MP Group' }), away);
    await workshop.undoing.undo(mergeId, { decisions: {} }, envelope());
    const lead = await record('lead', { givenName: 'An', organisation: 'Minh Phát' });
    expect(await convert(lead)).toMatchObject({ accountId: away.id });
  });

  it('takes a survivor that bears the key too but once', async () => {
    const kept = await record('contact', { givenName: 'An', email: 'an@example.vn' });
    await merge(kept, await record('contact', { givenName: 'An', email: 'an@example.vn' }));
    const lead = await record('lead', { givenName: 'An', email: 'an@example.vn' });
    expect(await suggested(lead)).toMatchObject({ contact: { action: 'update', id: kept.id } });
  });

  it('passes over a survivor that was deleted', async () => {
    const kept = await record('account', { name: 'MP Group' });
    await merge(kept, await record('account', { name: 'Công ty TNHH Minh Phát' }));
    await workshop.records.handle('account', kept.id, { kind: 'delete' }, envelope());
    const lead = await record('lead', { givenName: 'An', organisation: 'Minh Phát' });
    expect(await suggested(lead)).toMatchObject({ case: 1, account: { action: 'create' } });
  });

  it('suggests the opportunity that a lead was merged into whose e-mail lost', async () => {
    const deal = await record('opportunity', { name: 'Camera', email: 'khac@example.vn' });
    await merge(deal, await record('lead', { givenName: 'An', email: 'an@example.vn' }));
    const lead = await record('lead', { givenName: 'An', email: 'an@example.vn' });
    expect((await suggested(lead)).opportunity).toEqual({
      ...{ action: 'merge', into: deal, candidates: [deal] },
    });
  });
});
