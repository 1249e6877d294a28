import { minutes } from '../../test/given.js';
import { contact, idOf, lead, opportunity, outlookOf, refusalOf } from '../../test/merge-states.js';
import { BOTH } from '../../test/opportunities.js';
import type { RecordState } from '../record/record-state.js';
import { refOf } from '../record/record-type.js';
import type { MergeRequest } from './merge-request.js';

const at = (pipelineId: string, stageId: string) => ({ pipelineId, stageId });
const NEW = at('sales', 'new');
const TALKS = at('sales', 'talks');
const LOST = { ...at('sales', 'lost'), outcome: 'lost' } as const;
const WON = { ...at('sales', 'won'), outcome: 'won' } as const;

function survivorOf(states: readonly RecordState[], request: Partial<MergeRequest> = {}) {
  const { survivor, policy } = outlookOf(states, request, BOTH);
  return [survivor.id, policy.name];
}

type Case = readonly [string, readonly RecordState[], number];

describe('By default the record that was created first survives', () => {
  const same = { createdAt: minutes(5) };
  const cases: readonly Case[] = [
    ['in whatever order they are given', [lead(3), lead(1), lead(2)], 1],
    ['ties broken by id', [lead(3, {}, same), lead(2, {}, same)], 2],
    ['of contacts too', [contact(2), contact(1)], 1],
    ['of a mixed selection the first opportunity', [lead(1), opportunity(3), opportunity(2)], 2],
    ['lost or not', [opportunity(1, {}, LOST), opportunity(2, {}, TALKS)], 1],
  ];
  it.each(cases)('%s', (_name, states, expected) => {
    expect(survivorOf(states)).toEqual([idOf(expected), 'first-created']);
  });
});

describe('By the policy "furthest" the one that got furthest survives', () => {
  const cases: readonly Case[] = [
    ['open before lost', [opportunity(1, {}, LOST), opportunity(2, {}, NEW)], 2],
    ['the later stage', [opportunity(1, {}, NEW), opportunity(2, {}, TALKS)], 2],
    ['won, since that is the last stage', [opportunity(1, {}, TALKS), opportunity(2, {}, WON)], 2],
    [
      'the higher probability in one stage',
      [opportunity(1, { probability: 20 }, NEW), opportunity(2, { probability: 30 }, NEW)],
      2,
    ],
    [
      'a probability of 0 being one',
      [opportunity(1, { probability: 0 }, NEW), opportunity(2, { probability: 1 }, NEW)],
      2,
    ],
    ['the older where all is equal', [opportunity(2, {}, NEW), opportunity(1, {}, NEW)], 1],
    ['an opportunity before a lead', [lead(1, {}, at('leads', 'qualified')), opportunity(2)], 2],
    [
      'a lost opportunity before an open lead, since the result is an opportunity',
      [lead(1, {}, at('leads', 'qualified')), opportunity(2, {}, LOST)],
      2,
    ],
    ['of contacts, that have no stage, the older', [contact(2), contact(1)], 1],
  ];
  it.each(cases)('%s', (_name, states, expected) => {
    expect(survivorOf(states, { policy: 'furthest' })).toEqual([idOf(expected), 'furthest']);
  });
});

describe('The caller may name the survivor', () => {
  it('whatever the policy says', () => {
    const [first, second] = [lead(1), lead(2)];
    const request = { survivor: refOf(second), policy: 'furthest' } as const;
    expect(survivorOf([first, second], request)).toEqual([second.id, 'named']);
  });

  it.each([
    ['one that is not selected', [lead(1), lead(2)], lead(3), 'survivor_not_selected'],
    [
      'a lead of a mixed selection',
      [lead(1), opportunity(2)],
      lead(1),
      'survivor_must_be_opportunity',
    ],
  ] as const)('but not %s', (_name, states, named, code) => {
    const refused = refusalOf(() => outlookOf(states, { survivor: refOf(named) }));
    expect(refused).toMatchObject({ code, kind: 'rule', paths: ['survivor'] });
  });
});
