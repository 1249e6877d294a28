import { Type } from '@sinclair/typebox';
import { RECORD_TYPES } from '#crm';
import { id, instant, oneOf } from '../../http/schemas.js';
import { listOf, NEXT, open, revision } from './parts.js';

const SAVED_FILTER = {
  id: id('Its id.'),
  recordType: oneOf(RECORD_TYPES, 'Which lists it is of.'),
  name: Type.String({ description: 'What people call it.' }),
  filter: open({}),
  q: Type.Optional(Type.String({ description: 'Words to search for.' })),
  sort: Type.Optional(Type.String({ description: 'As lists take it.' })),
  shared: Type.Union([Type.Boolean(), open({ teamIds: Type.Array(id('A team.')) })]),
  ownerId: id('Who saved it.'),
  revision,
};

const BOARD_STAGE = open({
  id: Type.String({ description: 'Its name within the pipeline.' }),
  name: Type.String(),
  marker: Type.String({ description: 'open, won, lost, complete-lead, signed-deposit' }),
  probability: Type.Number({ description: 'What it is worth, in percent.' }),
  retired: Type.Boolean(),
  count: Type.Integer({ description: 'Records that stand there.' }),
  sums: Type.Array(
    open({
      currency: Type.String({ description: 'ISO 4217' }),
      count: Type.Integer({ description: 'Records that have an amount in it.' }),
      amount: Type.Number({ description: 'In minor units.' }),
      weighted: Type.Number({ description: 'Each amount by its probability, in minor units.' }),
    }),
    { description: 'By currency; of leads none.' },
  ),
  items: Type.Array(open({ id: id('The record.') }), { description: 'The newest first.' }),
  next: NEXT,
});

/** Of boards, saved filters, assignment and what is overdue. */
export const SELLING_SCHEMAS = {
  Board: open({
    pipeline: open({ id: Type.String(), name: Type.String(), retired: Type.Boolean() }),
    stages: Type.Array(BOARD_STAGE, { description: 'In the order of the pipeline.' }),
    complete: Type.Boolean({ description: 'False when there are more than were counted.' }),
  }),
  SavedFilter: open(SAVED_FILTER),
  SavedFilterPage: listOf(SAVED_FILTER),
  AssignmentDryRun: open({
    looked: Type.Integer({ description: 'Opportunities of the page.' }),
    matched: Type.Integer({ description: 'Those that the rule holds for.' }),
    decided: Type.Integer({ description: 'Those that it would give to somebody.' }),
    earlier: Type.Array(open({ count: Type.Integer() }), {
      description: 'Rules before it that would decide instead.',
    }),
    assignees: Type.Array(open({ count: Type.Integer() }), { description: 'Who would get them.' }),
    samples: Type.Array(open({ id: id('The opportunity.') })),
    next: NEXT,
  }),
  ReminderPage: listOf({
    record: Type.Object({
      type: oneOf(['opportunity', 'activity'], 'Its type.'),
      id: id('Its id.'),
    }),
    name: Type.Optional(Type.String({ description: 'What it is called.' })),
    deadlineId: id('The deadline.'),
    startedAt: instant('Since when time counted.'),
    dueAt: instant('When it was due.'),
    snoozedUntil: Type.Optional(instant('Nobody is reminded before.')),
    ownerId: Type.Optional(id('Whose it is; the assignee of an activity.')),
    teamId: Type.Optional(id('Whose team’s it is.')),
    reminders: Type.Integer({ description: 'How many times somebody was reminded.' }),
    nextReminderAt: Type.Optional(instant('When somebody is reminded next.')),
  }),
} as const;
