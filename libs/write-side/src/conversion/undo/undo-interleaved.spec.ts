import { type RecordState, type RecordType, Refusal, type Uuid } from '#crm';
import { interruptible } from '../../../test/interruptible.js';
import { expectSound } from '../../../test/soundness.js';
import { captured, envelope, openWorkshop, type Workshop } from '../../../test/workshop.js';

type Hired = ReturnType<Workshop['hire']>;

/** Commits, withdraws three, completes. */
const APPENDS = 5;

/** Others, who work in a process of their own, at every point of an undoing: before and after each of its appends. */
describe('In the middle of undoing a conversion', () => {
  let workshop: Workshop;
  const store = interruptible();
  beforeEach(async () => {
    workshop = await openWorkshop({ wrap: store.wrap, patienceMs: 50 });
  });
  afterEach(() => {
    store.calm();
    return workshop.close();
  });

  const fieldsOf = (round: number) => ({
    ...{ givenName: 'Khương', email: `khuong${round}@example.vn` },
    organisation: `Minh Phát ${round}`,
  });
  const withOpportunity = { request: { opportunity: { action: 'create' } } } as const;
  async function converted(round: number) {
    const lead = await captured(workshop, 'lead', fieldsOf(round));
    const answer = await workshop.conversions.convert(lead, withOpportunity, envelope());
    const { id, contactId = '', accountId = '', opportunityId = '' } = answer.conversion;
    return { round, lead, id, contactId, accountId, opportunityId };
  }
  type Converted = Awaited<ReturnType<typeof converted>>;
  const stateOf = async (type: RecordType, id: Uuid | undefined): Promise<RecordState> => {
    const state = (await workshop.all(type)).find((one) => one.id === id);
    if (!state) throw new Error(`There is no ${type} ${id}.`);
    return state;
  };
  /** True, or the code of the refusal. */
  const outcome = (work: Promise<unknown>) =>
    work.then(
      () => true as const,
      (error: unknown) => {
        if (error instanceof Refusal && error.code !== 'busy') return error.code;
        throw error;
      },
    );

  /** What came of the other's work at every point; the conversion is undone in each. `passed`: so many appends were before. */
  async function atEveryPoint(
    work: (other: Hired, made: Converted, undoing: Hired) => Promise<unknown>,
    check: (came: true | string, made: Converted, passed: number) => Promise<void>,
  ): Promise<readonly (true | string)[]> {
    const seen: (true | string)[] = [];
    for (const moment of ['before', 'after'] as const) {
      for (let append = 1; append <= APPENDS; append++) {
        const made = await converted(seen.length);
        const [undoing, other] = [workshop.hire(), workshop.hire()];
        let came: true | string = 'never';
        store.interruptAt(append, moment, async () => {
          came = await outcome(work(other, made, undoing));
        });
        const decisions = { decisions: {} };
        const answer = await undoing.conversionUndoing.undo(made.id, decisions, envelope());
        expect(answer.conversion.undone?.completed).toBe(true);
        expect(store.wasInterrupted()).toBe(true);
        await check(came, made, moment === 'before' ? append - 1 : append);
        await expectSound(workshop);
        seen.push(came);
      }
    }
    return seen;
  }

  it('an edit of what it withdraws is made and keeps it, or is refused', async () => {
    const edit = { kind: 'edit', fields: { jobTitle: 'Kế toán' }, custom: {} } as const;
    const came = await atEveryPoint(
      (other, { contactId }) => other.records.handle('contact', contactId, edit, envelope()),
      async (edited, { contactId, accountId, opportunityId }) => {
        const contact = await stateOf('contact', contactId);
        const kept = { lifecycle: 'live', fields: { jobTitle: 'Kế toán' } };
        expect(contact).toMatchObject(edited === true ? kept : { lifecycle: 'deleted' });
        expect((await stateOf('account', accountId)).lifecycle).toBe(contact.lifecycle);
        expect((await stateOf('opportunity', opportunityId)).lifecycle).toBe('deleted');
      },
    );
    expect(new Set(came)).toEqual(new Set([true, 'record_deleted']));
  }, 60_000);

  it.each([
    ['the same lead', true],
    ['another lead of the same e-mail', false],
  ])(
    'a conversion of %s is made, and everything that it made or updated lives',
    async (_of, same) => {
      let second: { readonly [Name in 'contactId' | 'accountId' | 'opportunityId']?: Uuid } = {};
      const came = await atEveryPoint(
        async (other, { lead, round }) => {
          const of = same ? lead : await captured(other, 'lead', fieldsOf(round));
          second = (await other.conversions.convert(of, withOpportunity, envelope())).conversion;
        },
        async (_came, { contactId, opportunityId }, passed) => {
          const lives = async (type: RecordType, id?: Uuid) => (await stateOf(type, id)).lifecycle;
          expect([
            await lives('contact', second.contactId),
            await lives('account', second.accountId),
            await lives('opportunity', second.opportunityId),
            await lives('opportunity', opportunityId),
          ]).toEqual(['live', 'live', 'live', 'deleted']);
          // Once the undoing is committed, the lead is converted as if it were carried out.
          if (same) expect([passed, second.contactId !== contactId]).toEqual([passed, passed > 0]);
          if (second.contactId !== contactId) {
            expect(await lives('contact', contactId)).toBe('deleted');
          }
        },
      );
      expect(new Set(came)).toEqual(new Set([true]));
    },
    60_000,
  );

  it.each([
    ['and the account that it links to', {}],
    ['and the account that this is under', { account: { action: 'none' } }],
  ] as const)(
    'a conversion of another lead that was planned before brings back what it updates, %s',
    async (_what, more) => {
      for (let append = 1; append <= APPENDS; append++) {
        const made = await converted(append);
        const lead = await captured(workshop, 'lead', fieldsOf(append));
        const other = workshop.hire();
        // The undoing comes just before the other conversion commits, and in the middle of its effects.
        store.interruptAt(append, 'before', () =>
          workshop.hire().conversionUndoing.undo(made.id, { decisions: {} }, envelope()),
        );
        const request = { ...withOpportunity.request, ...more };
        const { conversion } = await other.conversions.convert(lead, { request }, envelope());
        expect(conversion.contactId).toBe(made.contactId);
        const contact = await stateOf('contact', made.contactId);
        expect(contact.lifecycle).toBe('live');
        expect(contact.origins.map(({ conversionId }) => conversionId)).toContain(conversion.id);
        expect((await stateOf('account', made.accountId)).lifecycle).toBe('live');
        await expectSound(workshop);
      }
    },
    60_000,
  );

  it('a new opportunity keeps the contact and the account that it refers to, or is refused', async () => {
    const came = await atEveryPoint(
      (_other, { contactId, accountId }, undoing) => {
        const fields = { name: 'Khóa cửa', contactId, accountId };
        const capture = { kind: 'capture', fields, custom: {}, tags: [] } as const;
        return undoing.records.capture('opportunity', capture, envelope());
      },
      async (captured, { contactId, accountId }, passed) => {
        const [contact, account] = [
          await stateOf('contact', contactId),
          await stateOf('account', accountId),
        ];
        const lifecycle = captured === true ? 'live' : 'deleted';
        expect([contact.lifecycle, account.lifecycle]).toEqual([lifecycle, lifecycle]);
        // Where it is known in time, nothing is deleted and brought back.
        const { events } = await workshop.log.readStream({ stream: `contact-${contactId}` });
        if (passed < 2) expect(events).toHaveLength(1);
      },
    );
    expect(new Set(came)).toEqual(new Set([true, 'unknown_reference']));
  }, 60_000);

  it('a merge with another contact is made and keeps it, or is refused', async () => {
    const came = await atEveryPoint(
      async (other, { contactId }) => {
        const id = await captured(other, 'contact', { givenName: 'K' });
        const records = [
          { type: 'contact', id: contactId },
          { type: 'contact', id },
        ] as const;
        return other.merges.merge({ request: { records } }, envelope());
      },
      async (merged, { contactId, accountId }) => {
        const lifecycle = merged === true ? 'live' : 'deleted';
        expect((await stateOf('contact', contactId)).lifecycle).toBe(lifecycle);
        expect((await stateOf('account', accountId)).lifecycle).toBe(lifecycle);
      },
    );
    expect(new Set(came)).toEqual(new Set([true, 'record_deleted']));
  }, 60_000);

  it('a second undoing is refused, or the first is', async () => {
    for (const [round, moment] of (['before', 'after'] as const).entries()) {
      for (let append = 1; append <= APPENDS; append++) {
        const { id, contactId } = await converted(10 * round + append);
        const undo = (process: Hired) =>
          outcome(process.conversionUndoing.undo(id, { decisions: {} }, envelope()));
        let second: true | string = 'never';
        store.interruptAt(append, moment, async () => {
          second = await undo(workshop.hire());
        });
        const first = await undo(workshop.hire());
        const isFirst = append > 1 || moment === 'after';
        expect([first, second]).toEqual(
          isFirst ? [true, 'already_undone'] : ['already_undone', true],
        );
        const { events } = await workshop.log.readStream({ stream: `contact-${contactId}` });
        expect(events.map(({ type }) => type)).toEqual(['ContactCaptured', 'ContactDeleted']);
      }
    }
    await expectSound(workshop);
  }, 60_000);
});
