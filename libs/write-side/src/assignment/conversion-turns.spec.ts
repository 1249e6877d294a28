import { randomUUID } from 'node:crypto';
import type { AssignmentHandler, AssignmentRule, Roster } from '#crm';
import { mortal } from '../../test/mortal.js';
import { captured, envelope, openWorkshop, type Workshop } from '../../test/workshop.js';

const TEAM = randomUUID();
const MEMBERS = Array.from({ length: 3 }, () => randomUUID());
const ROSTER: Roster = {
  user: () => ({ active: true }),
  team: () => ({ status: 'formed', memberIds: MEMBERS }),
};
const TO_TEAM: AssignmentHandler = { kind: 'team', teamId: TEAM, method: 'round-robin' };

function rule(handler: AssignmentHandler): AssignmentRule {
  return { id: 'sales', name: 'Sales', filter: {}, handler, enabled: true, retired: false };
}

let workshop: Workshop;
async function open(options: Parameters<typeof openWorkshop>[0] = {}) {
  workshop = await openWorkshop({ roster: ROSTER, rules: [rule(TO_TEAM)], ...options });
}
afterEach(() => workshop.close());

const WITH_OPPORTUNITY = { opportunity: { action: 'create' } } as const;
const newLead = (n: number, ownerId?: string) =>
  captured(
    workshop,
    'lead',
    { givenName: `Khương ${n}`, email: `k${n}@example.vn` },
    ownerId ? { ownerId } : {},
  );
async function owners() {
  return (await workshop.all('opportunity')).map(({ ownerId }) => ownerId);
}
async function turnEvents() {
  const events = await workshop.log.readAll({ limit: 1_000, prefixes: ['rotation-'] });
  return events.map(({ type }) => type);
}

describe('A conversion', () => {
  it('shows the rule in the preview, takes no turn for it, and does what was previewed', async () => {
    await open();
    const leadId = await newLead(1, MEMBERS[2]);
    const { plan, basis } = await workshop.conversions.preview(
      leadId,
      WITH_OPPORTUNITY,
      envelope(),
    );
    expect(plan?.opportunity?.assignment).toMatchObject({
      rule: { id: 'sales' },
      handler: TO_TEAM,
    });
    expect(await turnEvents()).toEqual([]);
    const command = { request: WITH_OPPORTUNITY, ...(basis && { basis }) };
    const { conversion } = await workshop.conversions.convert(leadId, command, envelope());
    const stream = `opportunity-${conversion.opportunityId}`;
    const { events } = await workshop.log.readStream({ stream });
    expect(events.map(({ type }) => type)).toEqual(['OpportunityCaptured', 'OpportunityAssigned']);
    expect(events[1]?.data).toMatchObject({
      to: { ownerId: MEMBERS[0], teamId: TEAM },
      by: { rule: { id: 'sales', name: 'Sales' }, reason: 'next-in-turn' },
    });
    expect(await turnEvents()).toEqual(['RotationTurnTaken']);
  });

  it('gives to a person without an append of its own', async () => {
    const [person = ''] = MEMBERS;
    await open({ rules: [rule({ kind: 'user', userId: person })] });
    await workshop.conversions.convert(await newLead(1), { request: WITH_OPPORTUNITY }, envelope());
    expect([await owners(), await turnEvents()]).toEqual([[person], []]);
  });

  it('of many leads at one instant, over several processes, shares their opportunities evenly', async () => {
    await open();
    const processes = [workshop.hire(), workshop.hire()];
    const leads = await Promise.all(Array.from({ length: 24 }, (_, n) => newLead(n)));
    await Promise.all(
      leads.map((id, n) =>
        processes[n % 2]?.conversions.convert(id, { request: WITH_OPPORTUNITY }, envelope()),
      ),
    );
    const given = await owners();
    expect(MEMBERS.map((member) => given.filter((id) => id === member).length)).toEqual([8, 8, 8]);
    expect(await turnEvents()).toHaveLength(24);
  });

  it.each([1, 2, 3, 4, 5, 6])(
    'that a crash interrupts at append %i gives its opportunity to one person, in one turn',
    async (append) => {
      const store = mortal();
      await open({ wrap: store.wrap });
      const leadId = await newLead(1);
      const own = envelope({ fresh: false });
      store.dieAt(append, append % 2 === 0 ? 'before' : 'after');
      const command = { request: WITH_OPPORTUNITY };
      await workshop.conversions.convert(leadId, command, own).catch(() => undefined);
      store.mend();
      const { turnWork, conversions } = workshop.hire();
      // Nothing that is still to come is taken for lost.
      expect((await turnWork.find(100)).filter(({ kind }) => kind === 'return')).toEqual([]);
      await conversions.convert(leadId, command, own);
      expect([await owners(), await turnEvents()]).toEqual([[MEMBERS[0]], ['RotationTurnTaken']]);
    },
  );
});
