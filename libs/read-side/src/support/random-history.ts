import * as fc from 'fast-check';
import {
  mergeCompleted,
  mergedAway,
  mergeReverted,
  mergeUndone,
  recordsMerged,
  unmerged,
} from './merge-events.js';
import type { TestEvent, TestStores } from './open-stores.js';
import { captured, converted, id, undoCompleted, undone } from './sample-events.js';

const MARK = { type: 'lead', id: id(1), conversionId: id(100), undoId: id(101) } as const;

/** Something that happens to one of three leads, in numbers. */
export type Step = { readonly kind: number; readonly record: number; readonly n: number };

/** How many things may happen; the last is that a lead is captured once more. */
const HISTORY_KINDS = 26;

/** Whatever may happen to them. */
export const HISTORIES = fc.array(
  fc.record({ kind: fc.nat(HISTORY_KINDS - 1), record: fc.nat(2), n: fc.nat(3) }),
  {
    minLength: 5,
    maxLength: 60,
  },
);

/** A step as an event of a stream; whether a decider would allow it does not matter to folding. */
function eventOf({ kind, record, n }: Step): readonly [string, TestEvent] {
  const lead = `lead-${id(record)}`;
  const links = [{ type: 'lead', id: id(n) }];
  const note = {
    noteId: id(record * 10 + n),
    text: 'Gọi lại',
    from: 'a',
    to: 'b',
    attachments: [],
  };
  const names = ['Nguyễn', 'nguyễn', 'Nguyen', 'Trần'];
  const [one = 0, other = 1] = [record, n % 3].sort();
  const pair = { type: 'lead', ids: [id(one), id(other)] };
  const place = (stageId: string) => ({ pipelineId: 'p', stageId });
  const steps: readonly (readonly [string, TestEvent])[] = [
    [lead, { type: 'LeadEdited', data: { changes: [{ field: 'phones', to: [`091234567${n}`] }] } }],
    [lead, { type: 'LeadNoteAdded', data: note }],
    [lead, { type: 'LeadNoteRemoved', data: note }],
    [lead, { type: 'LeadTagged', data: { added: [`${n}`], removed: [`${n + 1}`] } }],
    [lead, { type: 'LeadStageChanged', data: { from: place('a'), to: place(`${n}`), stoodMs: n } }],
    [lead, n > 1 ? { type: 'LeadDeleted', data: {} } : { type: 'LeadRestored', data: {} }],
    [
      lead,
      n > 1 ? { type: 'LeadLost', data: { reason: 'x' } } : { type: 'LeadReopened', data: {} },
    ],
    [lead, converted(id(record * 100 + n), id(6), id(7))],
    [lead, undone(id(record * 100 + n), id(6), id(7))],
    [lead, undoCompleted(id(record * 100 + n))],
    [lead, { type: 'LeadDeleted', data: { undo: MARK } }],
    [
      `activity-${id(record)}`,
      { type: 'ActivityPlanned', data: { kind: 'task', subject: 's', links } },
    ],
    [
      'settings',
      {
        type: 'GeneralSettingsChanged',
        data: { changes: [{ field: 'phoneRegion', from: 'VN', to: n > 1 ? 'US' : 'VN' }] },
      },
    ],
    [
      lead,
      {
        type: 'LeadEdited',
        data: {
          changes: [
            { field: 'familyName', to: names[n] },
            { field: 'givenName', to: 'An' },
          ],
        },
      },
    ],
    [
      `skip-${id(one * 10 + other)}`,
      { type: one === other || n > 2 ? 'DuplicateSkipWithdrawn' : 'DuplicateSkipped', data: pair },
    ],
    [lead, { type: 'LeadEdited', data: { changes: [{ field: 'email', to: `${n % 2}@b.vn` }] } }],
    ...mergingOf(record, n).map((event) => [lead, event] as const),
    ...deadlinesOf(record, n),
  ];
  return steps[kind] ?? [lead, captured('lead', {})];
}

/** What merging may write to a lead, in any order. */
function mergingOf(record: number, n: number): readonly TestEvent[] {
  const own = { type: 'lead', id: id(record) } as const;
  const other = { type: 'lead', id: id((record + 1) % 3) } as const;
  const mergeId = id(record * 1_000 + n);
  const undoId = id(record * 1_000 + 500 + n);
  const source = { field: 'need', to: `${n}`, sources: [other] };
  return [
    recordsMerged(own, mergeId, [{ ...other, behind: [{ type: 'lead', id: id(90 + n) }] }], {
      ...{ changes: [source], tags: [`${n}`] },
    }),
    n > 2 ? mergeCompleted(own, mergeId) : mergedAway(own, mergeId, other),
    mergeUndone(own, mergeId, undoId, [other], { changes: [{ field: 'need', from: `${n}` }] }),
    unmerged(own, mergeId, undoId, other),
    mergeReverted(own, { mergeId, undoId }, { mergeId, record: other }, []),
  ];
}

const MERGING = [16, 17, 18, 19, 20];

/** Whether it is an event of merging. */
export function isMerging({ kind }: Step): boolean {
  return MERGING.includes(kind);
}

/** That something is merged into each of the leads: nothing is merged away into one that was not told so first. */
export const MERGED_INTO_ALL: readonly Step[] = [0, 1, 2].map((record) => ({
  ...{ kind: 16, record, n: 0 },
}));

/** What may become of the deadline of one of two things, in any order. */
function deadlinesOf(record: number, n: number): readonly (readonly [string, TestEvent])[] {
  const type = record > 1 ? 'activity' : 'opportunity';
  const name = record > 1 ? 'Activity' : 'Opportunity';
  const of = { type, id: id(record) } as const;
  const deadlineId = id(record * 10 + (n % 2));
  const at = (hour: number) => `2026-03-02T0${hour}:00:00.000Z`;
  const set = {
    ...{ deadlineId, cause: 'step', startedAt: at(0), assignee: { ownerId: id(n) } },
    ...(n < 3 && { to: at(n), repeatHours: 1 }),
  };
  const reminder = {
    ...{ record: of, deadlineId, number: n, dueAt: at(n), remindAt: at(n) },
    ...{ assignee: { ownerId: id(n) }, recipientIds: [id(n)] },
  };
  const stream = `${type}-${id(record)}`;
  return [
    [stream, { type: `${name}DeadlineSet`, data: set }],
    [stream, { type: `${name}DeadlineSnoozed`, data: { deadlineId, until: at(n + 1) } }],
    [stream, { type: `${name}DeadlineHandled`, data: { deadlineId } }],
    [`reminder-${deadlineId}`, { type: 'ReminderIssued', data: reminder }],
  ];
}

/** Whether it changes the settings. */
export function isSettingsChange(step: Step): boolean {
  return eventOf(step)[0] === 'settings';
}

/** Captures the leads and lets it happen. */
export async function appendHistory(stores: TestStores, steps: readonly Step[]): Promise<void> {
  for (const record of [0, 1, 2]) {
    const fields = { familyName: 'Nguyễn', givenName: `${record}`, phones: ['0912345678'] };
    await stores.append(`lead-${id(record)}`, captured('lead', fields));
  }
  for (const step of steps) await stores.append(...eventOf(step));
}
