import {
  lead,
  MAIL,
  NEW_OWNER,
  OWNER,
  PERSON,
  pipeline,
  planned,
  settingsOf,
} from '../../test/converting.js';
import { ACTOR, COMMAND_ID, happened } from '../../test/given.js';
import { assignedToPerson } from '../assignment/choose-rule.js';
import type { Roster } from '../assignment/roster.js';
import { opportunityDecider } from '../opportunity/opportunity.js';
import type { AssignmentHandler } from '../settings/assignment-rules/assignment-rule.js';
import { creationEvents } from './conversion-effects.js';
import type { ConversionRequest, OpportunityChoice } from './conversion-request.js';
import { NOTHING_FOUND } from './found.js';
import { planBasis } from './plan-basis.js';
import { planWithdrawal } from './undo/plan-withdrawal.js';
import { doneBy } from './undo/undo-found.js';

const SELLER = '88888888-8888-4888-8888-888888888888';
const TEAM = '99999999-9999-4999-8999-999999999999';
const ROSTER: Roster = {
  user: () => ({ active: true }),
  team: () => ({ status: 'formed', memberIds: [SELLER] }),
};
const TO_PERSON: AssignmentHandler = { kind: 'user', userId: SELLER };
const TO_TEAM: AssignmentHandler = { kind: 'team', teamId: TEAM, method: 'round-robin' };
const LEAD = lead({ ...PERSON, ...MAIL, products: ['Ezviz C6T 2MP'] }, { teamId: TEAM });

function plannedBy(
  handler: AssignmentHandler,
  choice: Partial<OpportunityChoice> = {},
  request: ConversionRequest = {},
) {
  const filter = { products: 'Ezviz C6T 2MP' };
  const rule = { id: 'ezviz', name: 'Ezviz', filter, handler, enabled: true, retired: false };
  const settings = { ...settingsOf(pipeline('sales')), assignmentRules: [rule] };
  const opportunity = { action: 'create', ...choice } as const;
  return planned(LEAD, { ...request, opportunity }, NOTHING_FOUND, settings, ROSTER);
}

describe('The opportunity of a conversion', () => {
  it.each([
    ['a person', TO_PERSON],
    ['a team', TO_TEAM],
  ])('is left to the rule that gives it to %s, instead of the lead’s owner', (_whom, handler) => {
    const { opportunity } = plannedBy(handler);
    expect(opportunity?.assignment).toEqual({ rule: { id: 'ezviz', name: 'Ezviz' }, handler });
    expect(opportunity?.captured).not.toHaveProperty('ownerId');
    expect(opportunity?.captured).not.toHaveProperty('teamId');
  });

  it.each([
    ['its owner', { ownerId: NEW_OWNER }, {}, { ownerId: NEW_OWNER, teamId: TEAM }],
    ['its team', { teamId: TEAM }, {}, { ownerId: OWNER, teamId: TEAM }],
    ['the owner of all', {}, { ownerId: NEW_OWNER }, { ownerId: NEW_OWNER, teamId: TEAM }],
  ])('stays with whom the caller named as %s', (_what, choice, request, expected) => {
    const { opportunity } = plannedBy(TO_PERSON, choice, request);
    expect(opportunity?.assignment).toBeUndefined();
    expect(opportunity?.captured).toMatchObject(expected);
  });

  it('is the lead owner’s where no rule holds', () => {
    const { opportunity } = plannedBy(TO_PERSON, { values: { products: ['Imou'] } });
    expect(opportunity?.captured).toMatchObject({ ownerId: OWNER, teamId: TEAM });
  });

  it('makes another basis of the preview when the rule does', () => {
    const at = { id: LEAD.id, revision: 0 };
    const basis = (handler: AssignmentHandler) => planBasis(at, plannedBy(handler));
    expect(basis(TO_PERSON)).toBe(basis(TO_PERSON));
    expect(basis(TO_PERSON)).not.toBe(basis(TO_TEAM));
  });

  it('is withdrawn with the conversion though a rule had assigned it, unless somebody did since', () => {
    const { opportunity } = plannedBy(TO_PERSON);
    if (!opportunity?.assignment) throw new Error('Nothing is planned.');
    const absent = opportunityDecider.initial(opportunity.id);
    const assignment = assignedToPerson(opportunity.assignment, SELLER);
    const events = creationEvents(absent, opportunity, assignment).map((event) => happened(event));
    const state = events.reduce(
      (current, event) => opportunityDecider.evolve(current, event as never),
      absent,
    );
    expect(state).toMatchObject({ ownerId: SELLER, createdBy: ACTOR.id });
    const did = doneBy(COMMAND_ID, 'opportunity', events);
    if (did?.kind !== 'created') throw new Error('Nothing was created.');
    const undoing = (of: typeof state) =>
      planWithdrawal({ state: of, revision: 1, uses: [] }, did.captured, undefined, () => false);
    expect(undoing(state).planned.action).toBe('withdraw');
    expect(undoing({ ...state, ownerId: OWNER }).conflicts).toMatchObject([
      { values: [{ field: 'ownerId', current: OWNER, converted: SELLER }] },
    ]);
  });
});
