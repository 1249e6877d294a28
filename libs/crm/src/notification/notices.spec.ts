import { ACTOR, happened, ID, OTHER_ID } from '../../test/given.js';
import { configured, RECIPIENTS } from '../../test/settings.js';
import { conversionEffectId } from '../conversion/undo/undo-found.js';
import type { DomainEvent, Recorded } from '../kernel/event.js';
import { opportunityDecider } from '../opportunity/opportunity.js';
import type { Recipient } from '../settings/recipients/recipient-rule.js';
import { arrivalNotices, type NotifiedPeople } from './arrival-notices.js';
import { assignmentNotices } from './assignment-notices.js';
import { overdueNotices } from './overdue-notices.js';

const EVENT_ID = '99999999-9999-4999-8999-999999999999';
const LAN = '55555555-5555-4555-8555-555555555555';
const MAI = '66666666-6666-4666-8666-666666666666';
const CONVERSION = '77777777-7777-4777-8777-777777777777';
const ORIGIN = { type: 'lead', id: OTHER_ID, conversionId: CONVERSION };

function recorded(stream: string, event: DomainEvent, metadata: object = {}): Recorded {
  const { metadata: known, ...rest } = happened(event);
  const place = { id: EVENT_ID, stream, revision: 0, position: 1 };
  const caused = { causationId: known.commandId, ...metadata };
  return { ...rest, ...place, metadata: { ...known, ...caused } } as Recorded;
}

const opportunity = (type: string, data: object, metadata?: object) =>
  recorded(`opportunity-${ID}`, { type: `Opportunity${type}`, data }, metadata);
const told = (event: Recorded) =>
  assignmentNotices(event).map(({ notice }) => [notice.recipientId, notice.record]);
const RECORD = { type: 'opportunity', id: ID };
const CAPTURED = { fields: {}, custom: {}, tags: [] };
const byConversion = {
  causationId: CONVERSION,
  commandId: conversionEffectId(CONVERSION, 'opportunity'),
};

describe('whoever something is given to', () => {
  it('is told of it, under the same id every time', () => {
    const event = opportunity('Assigned', { from: {}, to: { ownerId: LAN, teamId: ID } });
    expect(told(event)).toEqual([[LAN, RECORD]]);
    const [notice] = assignmentNotices(event);
    expect(assignmentNotices(event)).toEqual([notice]);
    const other = assignmentNotices(opportunity('Captured', { ...CAPTURED, ownerId: MAI }));
    expect(other[0]?.id).not.toBe(notice?.id);
  });

  it.each<[string, Recorded, unknown]>([
    ['a record captured for them', opportunity('Captured', { ...CAPTURED, ownerId: LAN }), RECORD],
    [
      'a contact',
      recorded(`contact-${ID}`, {
        type: 'ContactAssigned',
        data: { from: {}, to: { ownerId: LAN } },
      }),
      { type: 'contact', id: ID },
    ],
    [
      'what a rule gave them of a conversion',
      opportunity('Assigned', { from: {}, to: { ownerId: LAN }, by: {} }, byConversion),
      RECORD,
    ],
    [
      'an activity planned for them',
      recorded(`activity-${ID}`, {
        type: 'ActivityPlanned',
        data: { assigneeId: LAN, links: [RECORD] },
      }),
      { type: 'activity', id: ID },
    ],
    [
      'an activity handed over',
      recorded(`activity-${ID}`, { type: 'ActivityAssigned', data: { from: MAI, to: LAN } }),
      { type: 'activity', id: ID },
    ],
  ])('is told of %s', (_what, event, record) => {
    expect(told(event)).toEqual([[LAN, record]]);
  });

  it.each<[string, Recorded]>([
    ['what they took', opportunity('Assigned', { from: {}, to: { ownerId: ACTOR.id } })],
    ['what they captured', opportunity('Captured', { ...CAPTURED, ownerId: ACTOR.id })],
    [
      'another team',
      opportunity('Assigned', { from: { ownerId: LAN }, to: { ownerId: LAN, teamId: ID } }),
    ],
    ['what is taken from them', opportunity('Assigned', { from: { ownerId: LAN }, to: {} })],
    [
      'what a conversion created',
      opportunity('Captured', { ...CAPTURED, ownerId: LAN, origin: ORIGIN }),
    ],
    [
      'what a conversion hands over',
      opportunity('Assigned', { from: {}, to: { ownerId: LAN } }, byConversion),
    ],
    [
      'what an undoing gives back',
      opportunity('Assigned', { from: {}, to: { ownerId: LAN }, undo: ORIGIN }),
    ],
    [
      'an activity of nobody',
      recorded(`activity-${ID}`, { type: 'ActivityAssigned', data: { from: LAN } }),
    ],
    ['other events', opportunity('Edited', { changes: [] })],
  ])('is not told of %s', (_what, event) => {
    expect(told(event)).toEqual([]);
  });
});

describe('a reminder', () => {
  it('is told to everybody whom it is for', () => {
    const data = {
      record: { type: 'activity', id: ID },
      about: [RECORD],
      recipientIds: [LAN, MAI],
    };
    const notices = overdueNotices(recorded(`reminder-${ID}`, { type: 'ReminderIssued', data }));
    expect(notices.map(({ notice }) => notice)).toEqual(
      [LAN, MAI].map((recipientId) => ({
        ...{ recipientId, kind: 'overdue', record: data.record, about: [RECORD] },
      })),
    );
    expect(new Set(notices.map(({ id }) => id)).size).toBe(2);
  });
});

describe('a new opportunity', () => {
  const people: NotifiedPeople = {
    isActiveUser: (id) => id !== MAI,
    membersOf: () => [LAN, MAI, OTHER_ID],
    withRole: () => [LAN],
  };
  const to = (recipient: Recipient, filter: object = {}) =>
    ({ ...RECIPIENTS, to: [recipient], filter }) as typeof RECIPIENTS;
  const arrives = (rule: typeof RECIPIENTS, data: object = {}) => {
    const captured = opportunity('Captured', { ...CAPTURED, ...data });
    const state = opportunityDecider.evolve(opportunityDecider.initial(ID), captured as never);
    const { state: settings } = configured(rule);
    return arrivalNotices({ captured, opportunity: state, settings, people }).map(
      ({ notice }) => notice.recipientId,
    );
  };

  it('is told to the people, the team and the role that a rule names, who are there', () => {
    expect(arrives(to({ kind: 'user', userId: LAN }))).toEqual([LAN]);
    expect(arrives(to({ kind: 'user', userId: MAI }))).toEqual([]);
    expect(arrives(to({ kind: 'team', teamId: ID }))).toEqual([LAN, OTHER_ID]);
    expect(arrives(to({ kind: 'role', role: 'manager' }))).toEqual([LAN]);
  });

  it('is told under the rule’s condition, of the opportunity as it arrived', () => {
    const cameras = to({ kind: 'user', userId: LAN }, { products: 'Ezviz C6T 2MP' });
    expect(arrives(cameras, { fields: { products: ['Ezviz C6T 2MP'] } })).toEqual([LAN]);
    expect(arrives(cameras, { fields: { products: ['Ezviz C8'] } })).toEqual([]);
  });

  it('is not told to who captured it or owns it', () => {
    expect(arrives(to({ kind: 'user', userId: ACTOR.id }))).toEqual([]);
    expect(arrives(to({ kind: 'user', userId: LAN }), { ownerId: LAN })).toEqual([]);
  });

  it('is told once to whom several rules name', () => {
    const captured = opportunity('Captured', CAPTURED);
    const state = opportunityDecider.evolve(opportunityDecider.initial(ID), captured as never);
    const { state: settings } = configured(RECIPIENTS, { ...RECIPIENTS, ruleId: 'second' });
    const all = { captured, opportunity: state, settings, people };
    expect(arrivalNotices(all)).toHaveLength(1);
    const retired = configured(RECIPIENTS, { kind: 'retire-recipient-rule', ruleId: 'large' });
    expect(arrivalNotices({ ...all, settings: retired.state })).toEqual([]);
  });
});
