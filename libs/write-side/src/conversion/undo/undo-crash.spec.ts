import type { RecordType } from '#crm';
import { mortal } from '../../../test/mortal.js';
import { captured, envelope, openWorkshop, type Workshop } from '../../../test/workshop.js';

const OWNER = '88888888-8888-4888-8888-888888888888';
const PREVIOUS = '99999999-9999-4999-8999-999999999999';
const MOMENTS = ['before', 'after'] as const;

describe('A process that dies while it undoes a conversion', () => {
  let workshop: Workshop;
  const store = mortal();
  beforeEach(async () => {
    workshop = await openWorkshop({ wrap: store.wrap, patienceMs: 50 });
  });
  afterEach(() => workshop.close());

  /** A contact that is overwritten and handed over, with a new account and opportunity, and two to be told. */
  async function converted(round: number) {
    const email = `khuong${round}@example.vn`;
    const owned = { ownerId: PREVIOUS, tags: ['cũ'] };
    const contact = await captured(workshop, 'contact', { givenName: 'K', email }, owned);
    const fields = { givenName: 'Khương', email, organisation: `Minh Phát ${round}` };
    const lead = await captured(workshop, 'lead', fields, { tags: ['VIP'], ownerId: PREVIOUS });
    const request = {
      contact: { action: 'update', overwrite: true },
      account: { action: 'create' },
      opportunity: { action: 'create' },
      ownerId: OWNER,
    } as const;
    const handedOver = { ...request, contact: { ...request.contact, ownerId: OWNER } };
    const before = await stateOf('contact', contact);
    const { conversion } = await workshop.conversions.convert(
      lead,
      { request: handedOver },
      envelope(),
    );
    return { lead, contact, before, conversion };
  }
  const stateOf = async (type: RecordType, id: string | undefined) =>
    (await workshop.all(type)).find((state) => state.id === id);
  const count = async (type: string) =>
    (await workshop.log.readAll({ limit: 100_000 })).filter((event) => event.type === type).length;

  it.each(MOMENTS)(
    '%s any append leaves it done once, or not at all',
    async (moment) => {
      let rounds = 0;
      let committed = 0;
      for (let append = 1; ; append++) {
        const { lead, contact, before, conversion } = await converted(append);
        const own = envelope({ fresh: false, commandHash: 'a' });
        store.dieAt(append, moment);
        const survived = await workshop
          .hire()
          .conversionUndoing.undo(conversion.id, { decisions: {} }, own)
          .then(
            () => true,
            () => false,
          );
        const died = store.mend();
        rounds += 1;
        const [first, second] = [workshop.hire(), workshop.hire()];
        const leadState = await stateOf('lead', lead);
        const pending = leadState?.type === 'lead' ? Object.keys(leadState.pending) : [];
        committed += pending.length;
        // What the process does that follows; two at once, as where two processes do.
        await Promise.all(
          [first, second].map((process) =>
            Promise.all(pending.map((id) => process.complete(lead, id))),
          ),
        );
        // The caller, who had no answer, sends it again.
        const answer = await first.conversionUndoing.undo(conversion.id, { decisions: {} }, own);
        expect(answer.conversion.undone).toMatchObject({
          contact: { action: 'revert' },
          account: { action: 'withdraw' },
          opportunity: { action: 'withdraw' },
          completed: true,
        });
        const after = await stateOf('contact', contact);
        const shown = (state: typeof after) => [
          state?.fields,
          state?.tags,
          state?.ownerId,
          state?.origins,
        ];
        expect(shown(after)).toEqual(shown(before));
        expect((await stateOf('account', conversion.accountId))?.lifecycle).toBe('deleted');
        expect((await stateOf('opportunity', conversion.opportunityId))?.lifecycle).toBe('deleted');
        for (const type of [
          'LeadConversionUndone',
          'LeadConversionUndoCompleted',
          'AccountDeleted',
          'OpportunityDeleted',
        ]) {
          expect([append, type, await count(type)]).toEqual([append, type, rounds]);
        }
        // Of the conversion one for each of the two owners, of its undoing too.
        expect(await count('NotificationIssued')).toBe(4 * rounds);
        const { events } = await workshop.log.readStream({ stream: `contact-${contact}` });
        expect(events.map(({ type }) => type)).toEqual([
          'ContactCaptured',
          ...['ContactEdited', 'ContactTagged', 'ContactAssigned'],
          ...['ContactEdited', 'ContactTagged', 'ContactAssigned'],
        ]);
        if (survived && !died) break;
        expect(append).toBeLessThan(30);
      }
      // The commit, three effects, two notices, the completion.
      expect(rounds).toBe(8);
      expect(committed).toBe(moment === 'before' ? 6 : 6);
    },
    120_000,
  );
});
