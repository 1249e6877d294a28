import { type RecordState, type RecordType, Refusal, type Uuid } from '#crm';
import { expectSound } from '../../../test/soundness.js';
import { captured, envelope, openWorkshop, type Workshop } from '../../../test/workshop.js';

const ROUNDS = 6;
const PROCESSES = 4;

describe('Undoing a conversion while others work on the same records', () => {
  let workshop: Workshop;
  let processes: readonly ReturnType<Workshop['hire']>[];
  beforeEach(async () => {
    workshop = await openWorkshop();
    processes = Array.from({ length: PROCESSES }, () => workshop.hire());
  });
  afterEach(() => workshop.close());

  const process = (n: number) => {
    const one = processes[n % PROCESSES];
    if (!one) throw new Error('There is no such process.');
    return one;
  };
  const fieldsOf = (round: number) => ({
    ...{ givenName: 'Khương', email: `khuong${round}@example.vn` },
    organisation: `Minh Phát ${round}`,
  });
  async function converted(round: number) {
    const lead = await captured(workshop, 'lead', fieldsOf(round));
    const request = { opportunity: { action: 'create' } } as const;
    const { conversion } = await process(round).conversions.convert(lead, { request }, envelope());
    return { lead, conversion };
  }
  const stateOf = async (type: RecordType, id: Uuid | undefined): Promise<RecordState> => {
    const state = (await workshop.all(type)).find((one) => one.id === id);
    if (!state) throw new Error(`There is no ${type} ${id}.`);
    return state;
  };
  const undo = (n: number, id: Uuid) =>
    process(n).conversionUndoing.undo(id, { decisions: {} }, envelope());
  /** All at once; what is refused must be refused for a reason. */
  async function together(...work: readonly (() => Promise<unknown>)[]) {
    const ended = await Promise.allSettled(work.map((one) => one()));
    return ended.map((end) => {
      if (end.status === 'fulfilled') return true;
      if (end.reason instanceof Refusal && end.reason.code !== 'busy') return end.reason.code;
      throw end.reason;
    });
  }
  it('an edit of the contact that it created: whoever is first wins, and nothing is half', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { conversion } = await converted(round);
      const contactId = conversion.contactId ?? '';
      const edit = { kind: 'edit', fields: { jobTitle: 'Kế toán' }, custom: {} } as const;
      const [undone, edited] = await together(
        () => undo(round, conversion.id),
        () => process(round + 1).records.handle('contact', contactId, edit, envelope()),
      );
      expect(undone).toBe(true);
      const contact = await stateOf('contact', contactId);
      if (edited === true) {
        expect(contact).toMatchObject({ lifecycle: 'live', fields: { jobTitle: 'Kế toán' } });
      } else {
        expect([edited, contact.lifecycle]).toEqual(['record_deleted', 'deleted']);
      }
      const account = await stateOf('account', conversion.accountId);
      expect(account.lifecycle).toBe(contact.lifecycle);
      expect((await stateOf('opportunity', conversion.opportunityId)).lifecycle).toBe('deleted');
    }
    await expectSound(workshop);
  }, 60_000);

  it.each([
    ['the same lead', true],
    ['another lead of the same e-mail and organisation', false],
  ])(
    'another conversion of %s: what that makes or updates lives',
    async (_of, same) => {
      for (let round = 0; round < ROUNDS; round++) {
        const { lead, conversion } = await converted(round);
        const other = same ? lead : await captured(workshop, 'lead', fieldsOf(round));
        const request = { opportunity: { action: 'create' } } as const;
        let second: typeof conversion | undefined;
        const ended = await together(
          () => undo(round, conversion.id),
          async () => {
            const { conversions } = process(round + 1);
            const answer = await conversions.convert(other, { request }, envelope());
            second = answer.conversion;
          },
        );
        expect(ended).toEqual([true, true]);
        for (const type of ['contact', 'account', 'opportunity'] as const) {
          const { lifecycle } = await stateOf(type, second?.[`${type}Id`]);
          expect([round, type, lifecycle]).toEqual([round, type, 'live']);
        }
        expect((await stateOf('opportunity', conversion.opportunityId)).lifecycle).toBe('deleted');
      }
      await expectSound(workshop);
    },
    60_000,
  );

  it('16 undoings of it: one wins', async () => {
    for (let round = 0; round < 3; round++) {
      const { conversion } = await converted(round);
      const ended = await together(
        ...Array.from({ length: 16 }, (_, client) => () => undo(client, conversion.id)),
      );
      expect(ended.filter((end) => end === true)).toHaveLength(1);
      expect(new Set(ended.filter((end) => end !== true))).toEqual(new Set(['already_undone']));
      const { events } = await workshop.log.readStream({
        stream: `contact-${conversion.contactId}`,
      });
      expect(events.map(({ type }) => type)).toEqual(['ContactCaptured', 'ContactDeleted']);
    }
    await expectSound(workshop);
  }, 60_000);

  it('a new opportunity for the contact: accepted, it keeps contact and account', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { conversion } = await converted(round);
      const { contactId = '', accountId = '' } = conversion;
      const fields = { name: 'Khóa cửa', contactId, accountId };
      const capture = { kind: 'capture', fields, custom: {}, tags: [] } as const;
      const [, made] = await together(
        () => undo(round, conversion.id),
        // In the same process: another one may not know yet that the contact is gone, as with any deletion.
        () => process(round).records.capture('opportunity', capture, envelope()),
      );
      const { lifecycle } = await stateOf('contact', contactId);
      expect([round, made, lifecycle]).toEqual([
        round,
        ...(made === true ? [true, 'live'] : ['unknown_reference', 'deleted']),
      ]);
    }
    await expectSound(workshop);
  }, 60_000);

  it('a merge of the contact with another: never half', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { conversion } = await converted(round);
      const contactId = conversion.contactId ?? '';
      const id = await captured(workshop, 'contact', { givenName: 'K' });
      const records = [
        { type: 'contact', id: contactId },
        { type: 'contact', id },
      ] as const;
      const [undone, merged] = await together(
        () => undo(round, conversion.id),
        () => process(round + 1).merges.merge({ request: { records } }, envelope()),
      );
      expect(undone).toBe(true);
      const contact = await stateOf('contact', contactId);
      expect([merged, contact.lifecycle]).toEqual(
        merged === true ? [true, 'live'] : ['record_deleted', 'deleted'],
      );
      expect((await stateOf('account', conversion.accountId)).lifecycle).toBe(contact.lifecycle);
    }
    await expectSound(workshop);
  }, 60_000);
});
