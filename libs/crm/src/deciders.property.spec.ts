import fc from 'fast-check';
import { erased, eventFixtures } from '../test/fixtures.js';
import { contextWith, happened, ID, minutes } from '../test/given.js';
import { accountDecider } from './account/account.js';
import { activityDecider } from './activity/activity.js';
import { ALL_EVENTS } from './all-events.js';
import { contactDecider } from './contact/contact.js';
import { CONTACT_FIELDS } from './contact/contact-fields.js';
import type { Decider } from './kernel/decider.js';
import type { DomainEvent } from './kernel/event.js';
import { defineEvent, type EventDefinition } from './kernel/event-definition.js';
import type { JsonObject } from './kernel/json.js';
import { Refusal } from './kernel/refusal.js';
import { leadDecider } from './lead/lead.js';
import { deliveryDecider } from './notification/delivery.js';
import { notificationDecider } from './notification/notification.js';
import { webhookDecider } from './notification/webhook.js';
import { opportunityDecider } from './opportunity/opportunity.js';
import { sameValue } from './record/field.js';
import { readValues } from './record/read-values.js';
import { NO_SETTINGS } from './settings/settings.js';
import { settingsDecider } from './settings/settings-decider.js';
import { teamDecider } from './team/team.js';
import { userDecider } from './user/user.js';

const FIXTURES = eventFixtures();

/** What the property needs of a decider of any record type. */
interface Folding {
  initial(id: string): unknown;
  evolve(state: unknown, event: ReturnType<typeof happened<DomainEvent>>): unknown;
}

const DECIDERS: Readonly<Record<string, Folding>> = Object.fromEntries(
  Object.entries({
    Lead: leadDecider,
    Opportunity: opportunityDecider,
    Contact: contactDecider,
    Account: accountDecider,
    Activity: activityDecider,
    User: userDecider,
    Team: teamDecider,
    Notification: notificationDecider,
    Delivery: deliveryDecider,
    'Webhook(?!Reached|Attempt|Event)': webhookDecider,
    '(Pipeline|Custom|Required|General|Catalogue|Calendar|Overdue|AssignmentRules?|Recipient)':
      settingsDecider,
  }).map(([prefix, decider]) => [prefix, decider as unknown as Folding]),
);

function definitionOf(type: string): EventDefinition {
  return ALL_EVENTS.find((event) => event.type === type) ?? defineEvent(type, '');
}

/** Events in any order, as no decider would write them, some erased, some of a later version of the product. */
function histories(prefix: string): fc.Arbitrary<readonly DomainEvent[]> {
  const known = FIXTURES.filter(({ type }) => new RegExp(`^${prefix}[A-Z]`).test(type));
  const event = fc.constantFrom(...known);
  return fc.array(
    fc.oneof(
      event.map(({ type, data }) => ({ type, data })),
      event.map(({ type, data }) => ({ type, data: erased(data, definitionOf(type)) })),
      event.map(({ type }) => ({ type: `${type}Later`, data: { to: 'come' } })),
    ),
    { maxLength: 20 },
  );
}

describe.each(Object.entries(DECIDERS))('folding events of %s', (prefix, decider) => {
  it('never fails, and gives the same for the same', () => {
    fc.assert(
      fc.property(histories(prefix), (events) => {
        const fold = () =>
          events.reduce(
            (state, event, index) => decider.evolve(state, happened(event, minutes(index))),
            decider.initial(ID),
          );
        expect(fold()).toEqual(fold());
      }),
      { numRuns: 200 },
    );
  });
});

const text = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 12 }), fc.constant(null));
const VALUES: Readonly<Record<string, fc.Arbitrary<JsonObject[string]>>> = {
  text,
  longText: text,
  email: fc.constantFrom('a@b.vn', 'K <k@b.vn>', null),
  emails: fc.array(fc.constantFrom('a@b.vn', 'k@b.vn', 'K@b.vn'), { maxLength: 3 }),
  phones: fc.array(fc.constantFrom('0912 345 678', '113', '+84 28 3822 1234'), { maxLength: 3 }),
  url: fc.constantFrom('minhphat.vn', 'http://minhphat.vn', null),
  record: fc.constantFrom(ID, ID.toUpperCase(), null),
  address: fc.oneof(fc.record({ city: text, ward: text }), fc.constant(null)),
};

/** Raw values of a contact that mostly can be read. */
const input = fc.record(
  Object.fromEntries(CONTACT_FIELDS.map(({ name, type }) => [name, VALUES[type] ?? text])),
  { requiredKeys: [] },
);

function run<State, Command, Event extends DomainEvent>(
  decider: Decider<State, Command, Event>,
  state: State,
  command: Command,
): State {
  const events = decider.decide(state, command, contextWith());
  return events.reduce((next, event) => decider.evolve(next, happened(event)), state);
}

function isRefused(act: () => unknown): boolean {
  try {
    act();
    return false;
  } catch (error) {
    if (error instanceof Refusal) return true;
    throw error;
  }
}

describe('editing', () => {
  it('reaches the values asked for, and asking again decides nothing', () => {
    fc.assert(
      fc.property(input, input, (first, second) => {
        const capture = { kind: 'capture', fields: first, custom: {}, tags: [] } as const;
        const edit = { kind: 'edit', fields: second, custom: {} } as const;
        const absent = contactDecider.initial(ID);
        const [captured, editing] = [first, second].map((fields) =>
          readValues('contact', fields, {}, NO_SETTINGS),
        );
        const readable = captured?.errors.length === 0 && editing?.errors.length === 0;
        // A capture that tells nothing is refused too.
        const telling = Object.values(captured?.fields ?? {}).some((value) => value !== null);
        if (!readable || !telling) {
          expect(
            isRefused(() => run(contactDecider, run(contactDecider, absent, capture), edit)),
          ).toBe(true);
          return;
        }
        const edited = run(contactDecider, run(contactDecider, absent, capture), edit);
        expect(contactDecider.decide(edited, edit, contextWith())).toEqual([]);
        const asked = { ...first, ...second };
        const wanted = readValues('contact', asked, {}, NO_SETTINGS).fields;
        for (const [field, value] of Object.entries(wanted)) {
          expect(sameValue(edited.fields[field], value)).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });
});
