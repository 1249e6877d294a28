import { randomUUID } from 'node:crypto';
import type { EventStore } from '#event-store';
import { captured, envelope, openWorkshop, type Workshop } from '../../test/workshop.js';

const MAIL = { givenName: 'Khương', email: 'khuong@example.vn', organisation: 'Minh Phát' };

async function withWorkshop(
  options: Parameters<typeof openWorkshop>[0],
  test: (workshop: Workshop) => Promise<void>,
): Promise<void> {
  const workshop = await openWorkshop(options);
  try {
    await test(workshop);
  } finally {
    await workshop.close();
  }
}

describe('Conversions of leads with one e-mail and one organisation', () => {
  it.each([
    ['following the suggestion', {}],
    ['with an opportunity each', { opportunity: { action: 'create' } }],
  ] as const)('at one instant end in one contact and one account, %s', async (_name, request) => {
    await withWorkshop({}, async (workshop) => {
      const processes = [workshop.hire(), workshop.hire(), workshop.hire()];
      for (let round = 0; round < 3; round++) {
        const fields = {
          ...MAIL,
          email: `k${round}@example.vn`,
          organisation: `Minh Phát ${round}`,
        };
        const ids = await Promise.all(
          Array.from({ length: 24 }, () => captured(workshop, 'lead', fields)),
        );
        const answers = await Promise.all(
          ids.map((id, index) =>
            processes[index % 3]?.conversions.convert(id, { request }, envelope()),
          ),
        );
        expect(new Set(answers.map((answer) => answer?.conversion.contactId)).size).toBe(1);
        expect(new Set(answers.map((answer) => answer?.conversion.accountId)).size).toBe(1);
        const [contact] = (await workshop.all('contact')).slice(-1);
        expect(contact?.origins).toHaveLength(24);
      }
      expect(await workshop.all('contact')).toHaveLength(3);
      expect(await workshop.all('account')).toHaveLength(3);
    });
  });
});

/** Fails the n-th append from when it is armed, as if the process had been killed just before it. */
function stopper() {
  let left = Number.POSITIVE_INFINITY;
  return {
    arm: (appends: number) => {
      left = appends;
    },
    wrap: (store: EventStore): EventStore => ({
      ...store,
      append: async (append) => {
        left -= 1;
        if (left < 0) throw new Error('killed');
        return store.append(append);
      },
      readStream: (read) => store.readStream(read),
      readAll: (read) => store.readAll(read),
      subscribe: (subscribe) => store.subscribe(subscribe),
      head: () => store.head(),
    }),
  };
}

describe('A conversion that is killed', () => {
  it('at any append is completed exactly once afterwards, or never happened', async () => {
    for (let step = 0; step <= 8; step++) {
      const stop = stopper();
      await withWorkshop({ wrap: stop.wrap, patienceMs: 50 }, async (workshop) => {
        const id = await captured(workshop, 'lead', MAIL);
        stop.arm(step);
        const request = { opportunity: { action: 'create' } } as const;
        const commandId = randomUUID();
        const own = envelope({ commandId, fresh: false, commandHash: 'a' });
        const first = await workshop.conversions.convert(id, { request }, own).then(
          () => 'answered',
          () => 'killed',
        );
        expect(first).toBe(step < 7 ? 'killed' : 'answered');
        stop.arm(Number.POSITIVE_INFINITY);
        const restarted = workshop.hire();
        const [lead] = await workshop.all('lead');
        const pending = lead?.type === 'lead' ? Object.keys(lead.pending) : [];
        for (const conversionId of pending) {
          await restarted.effects.complete(id, conversionId);
          await workshop.hire().effects.complete(id, conversionId);
        }
        const committed = lead?.type === 'lead' && lead.conversions.length > 0;
        for (const type of ['contact', 'account', 'opportunity'] as const) {
          expect(await workshop.all(type)).toHaveLength(committed ? 1 : 0);
        }
        const again = await restarted.conversions.convert(id, { request }, own);
        expect(again.conversion.completed).toBe(true);
        for (const type of ['contact', 'account', 'opportunity'] as const) {
          expect(await workshop.all(type)).toHaveLength(1);
        }
      });
    }
  });

  it('before it committed leaves its claim to be taken over', async () => {
    const stop = stopper();
    await withWorkshop({ wrap: stop.wrap, patienceMs: 50 }, async (workshop) => {
      const first = await captured(workshop, 'lead', MAIL);
      const second = await captured(workshop, 'lead', MAIL);
      stop.arm(2);
      await expect(
        workshop.conversions.convert(first, { request: {} }, envelope()),
      ).rejects.toThrow('killed');
      stop.arm(Number.POSITIVE_INFINITY);
      const other = workshop.hire();
      const { conversion } = await other.conversions.convert(second, { request: {} }, envelope());
      expect(conversion.actions).toEqual({ contact: 'create', account: 'create' });
      const { events } = await workshop.log.readStream({ stream: `lead-${first}` });
      expect(events.at(-1)?.type).toBe('LeadConversionAbandoned');
      const late = await workshop.conversions.convert(first, { request: {} }, envelope());
      expect(late.conversion.contactId).toBe(conversion.contactId);
      expect(await workshop.all('contact')).toHaveLength(1);
    });
  });

  it('before it committed does not hold up the next conversion of its lead, nor later ones for long', async () => {
    const stop = stopper();
    await withWorkshop({ wrap: stop.wrap, patienceMs: 500 }, async (workshop) => {
      const lead = await captured(workshop, 'lead', MAIL);
      const elsewhere = await captured(workshop, 'lead', { ...MAIL, email: 'an@example.vn' });
      const contactOnly = { request: { account: { action: 'none' } } } as const;
      stop.arm(2);
      await expect(workshop.conversions.convert(lead, { request: {} }, envelope())).rejects.toThrow(
        'killed',
      );
      stop.arm(Number.POSITIVE_INFINITY);
      const other = workshop.hire();
      const started = Date.now();
      await other.conversions.convert(lead, contactOnly, envelope());
      await other.conversions.convert(elsewhere, { request: {} }, envelope());
      expect(Date.now() - started).toBeLessThan(400);
      const { events } = await workshop.log.readStream({ stream: `lead-${lead}` });
      expect(events.map(({ type }) => type)).not.toContain('LeadConversionAbandoned');
    });
  });
});

describe('A conversion that is refused', () => {
  const toMarked = { kind: 'change-stage', stageId: 'contacted' } as const;

  it.each([
    ['for the revision that the caller saw', {}, { ifRevision: 7 }],
    ['for a stage that does not convert', { stage: toMarked }, {}],
  ])('%s claims nothing', async (_name, more, under) => {
    await withWorkshop({}, async (workshop) => {
      const lead = await captured(workshop, 'lead', MAIL);
      const head = await workshop.log.head();
      const refused = { request: {}, ...more };
      await expect(workshop.conversions.convert(lead, refused, envelope(under))).rejects.toThrow();
      expect(await workshop.log.head()).toBe(head);
    });
  });
});
