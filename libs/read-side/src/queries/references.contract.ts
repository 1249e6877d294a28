import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { JsonObject, RecordRef } from '#crm';
import type { ReadStore } from '#read-store';
import { mergeReverted } from '../support/merge-events.js';
import { merge, undo } from '../support/merging.js';
import { openReadSide, type TestReadSide } from '../support/open-read-side.js';
import { captured, converted, id } from '../support/sample-events.js';

const contact = (n: number): RecordRef => ({ type: 'contact', id: id(n) });
const lead = (n: number): RecordRef => ({ type: 'lead', id: id(n) });
const opportunity = (n: number): RecordRef => ({ type: 'opportunity', id: id(n) });
const OF_B = `opportunity-${id(50)}`;

/** What references to merged records look like, on any read store. */
export function referencesContract(openStore: () => Promise<ReadStore | undefined>): void {
  describe('references to records that were merged away', () => {
    let side: TestReadSide;
    beforeEach(async () => {
      side = await openReadSide(await openStore());
      for (const n of [1, 2, 3]) await side.append(`contact-${id(n)}`, captured('contact', {}));
      await side.happen(OF_B, captured('opportunity', { name: 'Camera', contactId: id(2) }));
    });
    afterEach(() => side.close());

    const deals = async (filter: JsonObject) => {
      const query = { type: 'opportunity', access: 'all', filter } as const;
      return (await side.queries.listRecords(query)).documents;
    };
    const found = async (filter: JsonObject) => (await deals(filter)).map((deal) => deal.id);
    const shown = async (record: RecordRef) => {
      const stored = await side.queries.getRecord({ ...record, access: 'all' });
      const [resolved] = await side.queries.resolveReferences(stored ? [stored] : []);
      return resolved;
    };
    const past = async (record: RecordRef, position: number) =>
      side.queries.getRecordAsOf({ ...record, access: 'all', asOf: { position } });

    it('lead to the survivor, through chains, and back when a merge is undone', async () => {
      const before = await side.log.head();
      await merge(side, id(81), contact(1), [contact(2)]);
      const first = await side.log.head();
      const behind = [contact(2)];
      await merge(side, id(82), contact(3), [{ ...contact(1), behind }]);
      const second = await side.log.head();
      expect((await deals({})).map((deal) => deal.contactId)).toEqual([id(3)]);
      expect(await shown(opportunity(50))).toMatchObject({ contactId: id(3) });
      await undo(side, id(82), id(92), contact(3), [contact(1)]);
      expect(await shown(opportunity(50))).toMatchObject({ contactId: id(1) });
      await undo(side, id(81), id(91), contact(1), [contact(2)]);
      expect(await shown(opportunity(50))).toMatchObject({ contactId: id(2) });
      const then = async (position: number) => (await past(opportunity(50), position))?.contactId;
      expect(await then(before)).toBe(id(2));
      expect(await then(first)).toBe(id(1));
      expect(await then(second)).toBe(id(3));
      expect(await then(await side.log.head())).toBe(id(2));
      const absorbed = [{ ...contact(2), mergeId: id(81) }];
      expect(await past(contact(1), first)).toMatchObject({ status: 'active', absorbed });
      expect(await past(contact(2), first)).toMatchObject({ mergedInto: contact(1) });
      const chained = { mergedInto: contact(3), mergedFirstInto: contact(1) };
      expect(await past(contact(2), second)).toMatchObject({ status: 'merged', ...chained });
      const [standing, survivor] = [
        await past(contact(2), await side.log.head()),
        await past(contact(1), await side.log.head()),
      ];
      expect(standing).toMatchObject({ status: 'active' });
      expect(standing).not.toHaveProperty('mergedInto');
      expect(survivor).not.toHaveProperty('absorbed');
    });

    it('are found under the survivor and under what it stands for', async () => {
      await side.happen(`opportunity-${id(51)}`, captured('opportunity', { contactId: id(9) }));
      await merge(side, id(81), contact(1), [contact(2)]);
      const [ofB, other] = [id(50), id(51)];
      for (const asked of [id(1), id(2)]) {
        expect(await found({ contactId: asked })).toEqual([ofB]);
        expect(await found({ contactId: { $eq: asked } })).toEqual([ofB]);
        expect(await found({ contactId: { $in: [asked, null] } })).toEqual([ofB]);
        expect(await found({ contactId: { $ne: asked } })).toEqual([other]);
        expect(await found({ contactId: { $nin: [asked] } })).toEqual([other]);
        expect(await found({ contactId: { $not: { $in: [asked] } } })).toEqual([other]);
        expect(await found({ $or: [{ contactId: asked }, { name: 'x' }] })).toEqual([ofB]);
        expect(await found({ $nor: [{ contactId: asked }] })).toEqual([other]);
        const odd = { contactId: { $in: [asked, id(9)], $ne: id(9), $exists: true } };
        expect(await found(odd)).toEqual([ofB]);
      }
      expect(await found({ contactId: id(3) })).toEqual([]);
    });

    it('are found of hundreds that were merged into one', async () => {
      const many = Array.from({ length: 450 }, (_, n) => contact(1_000 + n));
      await merge(side, id(81), contact(1), many.slice(0, 225));
      await merge(side, id(82), contact(1), many.slice(225));
      const last = `opportunity-${id(51)}`;
      await side.happen(last, captured('opportunity', { contactId: id(1_449) }));
      await merge(side, id(83), contact(3), [{ ...contact(1), behind: many }]);
      expect(await found({ contactId: id(3) })).toEqual([id(51)]);
      expect(await found({ contactId: { $ne: id(3) } })).toEqual([id(50)]);
      const both = { $or: [{ contactId: id(3) }, { contactId: id(2) }], status: 'open' };
      expect(await found(both)).toEqual([id(51), id(50)]);
    });

    it('name the end of the chain for a merged record, and what it was merged into itself', async () => {
      for (const n of [11, 12]) await side.append(`lead-${id(n)}`, captured('lead', {}));
      await merge(side, id(81), lead(12), [lead(11)]);
      expect(await shown(lead(11))).toMatchObject({ status: 'merged', mergedInto: lead(12) });
      expect(await shown(lead(11))).not.toHaveProperty('mergedFirstInto');
      await merge(side, id(82), opportunity(50), [{ ...lead(12), behind: [lead(11)] }]);
      const chained = { mergedInto: opportunity(50), mergedFirstInto: lead(12) };
      expect(await shown(lead(11))).toMatchObject(chained);
      const merged = async (filter: JsonObject) =>
        (await side.queries.listRecords({ type: 'lead', access: 'all', filter })).documents;
      expect(await merged({})).toEqual([]);
      const away = await merged({ status: 'merged', 'mergedInto.id': id(50) });
      expect(away).toMatchObject([{ id: id(12) }, { id: id(11), ...chained }]);
      await side.append(
        `opportunity-${id(50)}`,
        mergeReverted(
          opportunity(50),
          { mergeId: id(81), undoId: id(91) },
          { mergeId: id(82), record: lead(12) },
          [],
        ),
      );
      await undo(side, id(81), id(91), lead(12), [lead(11)]);
      expect(await shown(lead(11))).toMatchObject({ status: 'open' });
      expect(await shown(lead(11))).not.toHaveProperty('mergedInto');
    });

    it('find activities by the record that stands for the one they are linked to', async () => {
      const planned = { kind: 'task', subject: 'Gọi lại', links: [contact(2)] };
      await side.append(`activity-${id(20)}`, { type: 'ActivityPlanned', data: planned });
      await merge(side, id(81), contact(1), [contact(2)]);
      const linked = async (linkKeys: JsonObject | string) =>
        (await side.queries.listActivities({ access: 'all', filter: { linkKeys } })).documents;
      const [survivor, away, none] = [1, 2, 3].map((n) => `contact:${id(n)}`) as [
        string,
        string,
        string,
      ];
      expect(await linked(survivor)).toHaveLength(1);
      expect(await linked(away)).toHaveLength(1);
      expect(await linked({ $all: [survivor, away] })).toHaveLength(1);
      expect(await linked({ $all: [survivor, none] })).toEqual([]);
      expect(await linked({ $nin: [survivor] })).toEqual([]);
      expect(await linked(none)).toEqual([]);
    });

    it('link activities to the survivor, once, and again to each when the merge is undone', async () => {
      const links = [contact(2), contact(1), contact(3)];
      const planned = { kind: 'task', subject: 'Gọi lại', links };
      await side.happen(`activity-${id(20)}`, { type: 'ActivityPlanned', data: planned });
      const shownLinks = async () => {
        const survivor = await side.queries.getRecord({ ...contact(1), access: 'all' });
        if (!survivor) throw new Error('There is no such contact.');
        const of = await side.queries.listActivitiesOf({ record: survivor });
        const all = await side.queries.listActivities({ access: 'all' });
        expect(of.documents).toEqual(all.documents);
        return all.documents.map((activity) => activity.links);
      };
      expect(await shownLinks()).toEqual([links]);
      await merge(side, id(81), contact(1), [contact(2)]);
      expect(await shownLinks()).toEqual([[contact(1), contact(3)]]);
      await undo(side, id(81), id(91), contact(1), [contact(2)]);
      expect(await shownLinks()).toEqual([links]);
    });

    it('bring conversions of merged leads to the survivor, which lists them as its own', async () => {
      await side.append(`lead-${id(11)}`, captured('lead', { givenName: 'An' }));
      await side.append(`lead-${id(12)}`, captured('lead', {}), converted(id(71), id(2), id(51)));
      const before = await side.log.head();
      await merge(side, id(81), lead(11), [lead(12)]);
      const merged = await side.log.head();
      const conversions = [{ id: id(71), contactId: id(2) }];
      expect(await shown(lead(11))).toMatchObject({ converted: true, conversions });
      expect(await past(lead(11), merged)).toMatchObject({ converted: true, conversions });
      expect(await past(lead(11), before)).toMatchObject({ converted: false, conversions: [] });
      const listed = await side.queries.listRecords({ type: 'lead', access: 'all' });
      expect(listed.documents).toMatchObject([{ id: id(11), converted: true, conversions }]);
      const audited = await side.queries.listConversions({ leadId: id(11) });
      expect(audited.documents).toMatchObject([{ id: id(71), leadId: id(12) }]);
      await undo(side, id(81), id(91), lead(11), [lead(12)]);
      expect(await shown(lead(11))).toMatchObject({ converted: false, conversions: [] });
    });

    it('are looked up in as many batches as the chain has links, however many there are', async () => {
      for (let n = 51; n < 80; n += 1) {
        await side.append(`opportunity-${id(n)}`, captured('opportunity', { contactId: id(2) }));
      }
      await merge(side, id(81), contact(1), [contact(2)]);
      const { lookUp } = side.readStore;
      const asked: number[] = [];
      side.readStore.lookUp = (collection, look) => {
        asked.push(look.elements.length);
        return lookUp.call(side.readStore, collection, look) as never;
      };
      expect(new Set((await deals({})).map((deal) => deal.contactId))).toEqual(new Set([id(1)]));
      expect(asked).toEqual([1, 1]);
    });
  });
}
