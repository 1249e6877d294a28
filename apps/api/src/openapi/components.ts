import { type TProperties, Type } from '@sinclair/typebox';
import {
  FIELD_CATALOGUE,
  jsonSchemaOf,
  LOCALES,
  RECORD_TYPES,
  type RecordType,
  recordName,
  USER_ROLES,
} from '#crm';
import { id, instant, oneOf } from '../http/schemas.js';
import { asSchemaObject, type SchemaObject } from './schema-object.js';
import { settingsSchema } from './settings-schema.js';

const position = Type.Integer({ description: 'Where in the whole log; give it as `after`.' });
const revision = Type.Integer({ minimum: 0, description: 'The version, as in the ETag.' });
const ref = Type.Object({ type: oneOf(RECORD_TYPES, 'Its type.'), id: id('Its id.') });
const attachment = Type.Object({
  id: id('Its id.'),
  name: Type.String(),
  mediaType: Type.String(),
  size: Type.Integer({ description: 'Bytes.' }),
  sha256: Type.String(),
});

const open = <Properties extends TProperties>(properties: Properties) =>
  Type.Object(properties, { additionalProperties: true });
const NEXT = Type.Optional(Type.String({ description: 'The cursor of the next page.' }));
const listOf = (properties: TProperties) =>
  open({ items: Type.Array(open(properties)), next: NEXT });
/** A page of what is around a record. */
const aroundOf = (properties: TProperties) =>
  open({
    ...listOf(properties).properties,
    incomplete: Type.Optional(
      Type.Boolean({
        description: 'Set when more records are behind this one than are looked into.',
      }),
    ),
  });
const DEADLINE = Type.Optional(
  open({
    id: id('Another one whenever time is counted anew.'),
    startedAt: instant('Since when time counts.'),
    dueAt: instant('By when it has to be dealt with.'),
    entryId: Type.Optional(Type.String({ description: 'The entry of the overdue policy.' })),
    repeatHours: Type.Optional(Type.Integer({ description: 'Reminds again every so often.' })),
    snoozedUntil: Type.Optional(instant('Nobody is reminded before.')),
    handledAt: Type.Optional(instant('Set once it is handled.')),
  }),
);
const ACTIVITY = open({
  id: id('Its id.'),
  status: oneOf(['planned', 'done', 'cancelled', 'deleted'], 'How it stands.'),
  subject: Type.String(),
  links: Type.Array(ref),
  deadline: DEADLINE,
  revision,
  position,
});
const LOST = open({
  record: ref,
  field: Type.String(),
  shortened: Type.Optional(
    Type.Literal(true, {
      description: 'Only the beginning; the whole is in the history of the record.',
    }),
  ),
});
const UNLISTED_LOST = Type.Optional(
  Type.Integer({ description: 'How many there are beside those told.' }),
);
const MERGE = open({
  id: id('Its id.'),
  survivor: ref,
  records: Type.Array(ref, { description: 'Those merged away.' }),
  completed: Type.Boolean(),
});
const CONVERSION = open({
  id: id('Its id.'),
  leadId: id('The lead.'),
  case: Type.Integer({ description: 'The case of the suggestion, 1 to 5.' }),
  completed: Type.Boolean(),
  undone: Type.Optional(
    open({
      undoId: id('The undoing.'),
      at: instant('When it was undone.'),
      completed: Type.Boolean(),
    }),
  ),
});

const KEY = {
  id: Type.String({ description: 'Names the key among all.' }),
  type: oneOf(RECORD_TYPES, 'Of which records.'),
  kind: Type.String({ description: 'email, phone, organisation, name, tax-code, custom.<key>' }),
  strength: oneOf(['strong', 'weak'], 'How much the key says.'),
  value: Type.String({ description: 'What the records share, in its normal form.' }),
  count: Type.Integer({ description: 'Records that share it, of those that you may see.' }),
};
const BRIEF = open({
  id: id('Its id.'),
  type: oneOf(RECORD_TYPES, 'Its type.'),
  status: oneOf(['live', 'deleted', 'merged'], 'How it stands.'),
  createdAt: instant('When it was captured.'),
});
const SKIP = {
  id: id('The pair.'),
  type: oneOf(RECORD_TYPES, 'Of which records.'),
  status: oneOf(['skipped', 'withdrawn'], 'Whether it still holds.'),
  at: instant('Since when.'),
  by: Type.String({ description: 'Who said so.' }),
  revision,
  records: Type.Array(BRIEF),
};

const WEBHOOK = {
  id: id('Its id.'),
  status: oneOf(
    ['active', 'paused', 'ended', 'suspended'],
    'ended: the receiver answered 410; suspended: who registered it may not be told any more.',
  ),
  url: Type.String(),
  types: Type.Array(Type.String()),
  revision,
  previousSecretUntil: Type.Optional(instant('Until when the secret before signs too.')),
  failing: Type.Optional(
    open({
      eventId: id('The event that the next ones wait for.'),
      attempts: Type.Integer(),
      error: Type.String({ description: 'A code: http_503, timeout, redirect_refused, …' }),
      nextAt: instant('When it is tried next.'),
    }),
  ),
};

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
const USER = {
  id: id('The user.'),
  name: Type.String(),
  email: Type.String(),
  locale: oneOf(LOCALES, 'The language that the user reads.'),
  roles: Type.Array(oneOf(USER_ROLES, 'A role.')),
  active: Type.Boolean(),
  revision,
  absence: Type.Optional(
    Type.Object(
      { from: instant('The first moment.'), until: instant('The first moment of being back.') },
      { description: 'When the user is away, or was last.' },
    ),
  ),
};

const TEAM = {
  id: id('The team.'),
  name: Type.String(),
  memberIds: Type.Array(id('A member.'), { description: 'In order of joining.' }),
  dissolved: Type.Boolean(),
  revision,
};
const SETTINGS = settingsSchema(open);

const SCHEMAS = {
  Problem: Type.Object(
    {
      type: Type.String({ description: 'urn:leadledger:problem:<code>' }),
      title: Type.String(),
      status: Type.Integer(),
      detail: Type.String({ description: 'For a person.' }),
      code: Type.String({ description: 'Stable: programs go by it.' }),
      instance: Type.Optional(Type.String({ description: 'Names this occurrence.' })),
      errors: Type.Array(
        Type.Object({ path: Type.String(), code: Type.String(), message: Type.String() }),
        { description: 'What is wrong where. Paths are dotted.' },
      ),
    },
    { additionalProperties: true },
  ),
  CommandResult: Type.Object({ id: id('The record.'), revision, position }),
  CaptureResult: Type.Object({
    id: id('The record.'),
    revision,
    position,
    duplicates: Type.Array(
      Type.Object({
        ...ref.properties,
        keys: Type.Array(Type.String(), { description: 'What they share: email, phone, …' }),
      }),
    ),
  }),
  ConversionPreview: open({ leadId: id('The lead.'), revision, case: Type.Integer() }),
  ConversionUndoPreview: open({
    conversionId: id('The conversion.'),
    leadId: id('The lead.'),
    revision,
    withdrawn: Type.Array(ref),
    reverted: Type.Array(open({ record: ref })),
    kept: Type.Array(
      open({
        record: ref,
        field: Type.Optional(Type.String()),
        reason: Type.String({
          description:
            'changed_since, referred_to, other_conversion, notes, attachments, activities, merged, deleted, untouched',
        }),
        by: Type.Array(
          open({ type: Type.String(), id: id('What uses it, as far as you see it.') }),
        ),
      }),
    ),
    conflicts: Type.Array(
      open({
        record: ref,
        field: Type.Optional(Type.String()),
        decision: oneOf(['keep', 'withdraw', 'revert'], 'What becomes of it.'),
      }),
    ),
    basis: Type.String(),
  }),
  ConversionResult: open({ id: id('The lead.'), revision, position, conversion: open({}) }),
  MergePreview: open({
    survivor: ref,
    mergedAway: Type.Array(ref),
    fields: Type.Array(open({ field: Type.String(), rule: Type.String() })),
    lost: Type.Array(LOST),
  }),
  MergeResult: open({
    id: id('The merge.'),
    ...{ revision, position, survivor: ref, mergedAway: Type.Array(ref) },
    lost: Type.Array(LOST),
    unlistedLost: UNLISTED_LOST,
  }),
  MergeUndoPreview: open({
    survivor: ref,
    livingEnd: Type.Object(ref.properties, {
      description:
        'The record that stands for the survivor now: itself, unless it was merged away.',
    }),
    restores: Type.Array(ref),
    changes: Type.Array(open({ record: ref, field: Type.String() }), {
      description: 'On the survivor, then on each record that it was merged into since.',
    }),
    removedTags: Type.Array(Type.String(), { description: 'Tags that the survivor loses.' }),
    above: Type.Optional(
      Type.Array(open({ record: ref, removedTags: Type.Array(Type.String()) }), {
        description:
          'Tags that go and the owner who has them again, of the records that the survivor was merged into since, the nearest first.',
      }),
    ),
    conflicts: Type.Array(
      open({
        record: ref,
        field: Type.String(),
        decision: oneOf(['keep', 'revert'], 'What becomes of it.'),
      }),
    ),
    stays: Type.Array(open({ record: ref, eventId: id('The event.'), type: Type.String() })),
    basis: Type.String(),
  }),
  MergeUndoResult: open({
    ...{ id: id('The merge.'), undoId: id('The undoing.'), revision, position },
    ...{ survivor: ref, restored: Type.Array(ref) },
    kept: Type.Array(Type.String(), {
      description: 'Fields of the survivor that were changed since and stay.',
    }),
    above: Type.Optional(
      Type.Array(open({ record: ref, kept: Type.Array(Type.String()) }), {
        description: 'The same of each record that the survivor was merged into since.',
      }),
    ),
  }),
  Board: open({
    pipeline: open({ id: Type.String(), name: Type.String(), retired: Type.Boolean() }),
    stages: Type.Array(BOARD_STAGE, { description: 'In the order of the pipeline.' }),
    complete: Type.Boolean({ description: 'False when there are more than were counted.' }),
  }),
  SavedFilter: open(SAVED_FILTER),
  SavedFilterPage: listOf(SAVED_FILTER),
  BulkConversion: open({
    converted: Type.Integer(),
    refused: Type.Integer(),
    results: Type.Array(open({ leadId: id('The lead.') })),
  }),
  SettingsResult: open({
    id: Type.String({ description: 'Of all settings: settings.' }),
    ...{ revision, position, settings: SETTINGS },
  }),
  Token: Type.Object({ token: Type.String(), expiresAt: instant('When it ends.') }),
  Me: open({ id: id('You.'), roles: Type.Array(Type.String()) }),
  Health: open({ status: oneOf(['up', 'degraded', 'down'], 'The worst of the parts.') }),
  EventPage: open({ events: Type.Array(open({ position })), next: position, more: Type.Boolean() }),
  Text: Type.String(),
  Provenance: listOf({ field: Type.String(), eventId: id('The event.'), position }),
  TimelinePage: aroundOf({
    id: id('The event.'),
    position,
    type: Type.String(),
    at: instant('When it happened.'),
    text: Type.String({ description: 'A sentence in the language of the reader.' }),
    lost: Type.Optional(
      Type.Array(LOST, { description: 'Of a merge: values that were not taken.' }),
    ),
    unlistedLost: UNLISTED_LOST,
  }),
  Activity: ACTIVITY,
  ActivityPage: aroundOf(ACTIVITY.properties),
  NoteResult: open({ id: id('The record.'), noteId: id('The note.'), revision, position }),
  NotePage: aroundOf({ id: id('The note.'), attachments: Type.Array(attachment) }),
  AttachmentList: aroundOf({ ...attachment.properties, record: ref }),
  Merge: MERGE,
  MergePage: listOf(MERGE.properties),
  Conversion: CONVERSION,
  ConversionPage: listOf(CONVERSION.properties),
  ClusterPage: listOf({
    ...KEY,
    members: Type.Array(BRIEF, { description: 'The first created first.' }),
    skipped: Type.Array(Type.Array(id('A member.')), {
      description: 'Pairs of them that are known to be no duplicates.',
    }),
  }),
  ClusterCounts: open({
    items: Type.Array(open({ kind: KEY.kind, strength: KEY.strength, count: Type.Integer() })),
    complete: Type.Boolean({ description: 'False when there may be more than were counted.' }),
  }),
  NoisePage: listOf(KEY),
  Skip: open(SKIP),
  SkipPage: listOf(SKIP),
  Inbox: open({
    items: Type.Array(open({ id: id('The notice.'), record: ref, read: Type.Boolean() })),
    unread: Type.Integer({ description: 'Counted up to 1,000.' }),
    next: NEXT,
  }),
  MarkedRead: Type.Object({ marked: Type.Integer(), position }),
  RetriedMany: Type.Object({
    retried: Type.Integer(),
    more: Type.Boolean({ description: 'Whether there are others.' }),
    position,
  }),
  NotificationPreferences: open({
    kinds: Type.Record(
      Type.String(),
      Type.Object({
        inbox: Type.Boolean(),
        email: oneOf(['at-once', 'digest', 'off'], 'When an e-mail tells of it.'),
      }),
    ),
    digestHour: Type.Integer(),
    emails: Type.Boolean({ description: 'Whether this installation sends e-mails.' }),
  }),
  DeliveryPage: listOf({
    id: id('The delivery.'),
    channel: oneOf(['email', 'webhook'], 'How it is sent.'),
    status: oneOf(['pending', 'failing', 'parked', 'succeeded', 'skipped'], 'How it stands.'),
    attempts: Type.Integer({ description: 'Failed ones, since it was planned or retried.' }),
    error: Type.Optional(Type.String({ description: 'A code: smtp_451, http_503, timeout, …' })),
  }),
  Webhook: open(WEBHOOK),
  WebhookPage: listOf(WEBHOOK),
  WebhookSecret: Type.Object({
    ...{ id: id('The webhook.'), revision, position },
    secret: Type.String({ description: 'What signs; shown this once.' }),
  }),
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
  Settings: SETTINGS,
  History: open({
    items: Type.Array(open({ type: Type.String(), revision })),
    before: Type.Optional(Type.Integer({ description: 'Give it as `before` to go on.' })),
  }),
  User: open(USER),
  UserPage: listOf(USER),
  Team: open(TEAM),
  TeamPage: listOf(TEAM),
} as const;

/** What records have that move through stages. */
const PLACE = Type.Object({
  pipelineId: Type.Optional(Type.String()),
  stageId: Type.Optional(Type.String()),
  stageSince: Type.Optional(instant('Since when it stands in its stage.')),
  lostReason: Type.Optional(Type.String({ description: 'Of a lost one.' })),
  lostDetail: Type.Optional(Type.String({ description: 'More about the loss.' })),
  closedAt: Type.Optional(
    instant('The closing date: when it was won or lost. Reopening clears it.'),
  ),
});
const PROBABILITY_BY = Type.Object({
  probabilityBy: Type.Optional(
    oneOf(
      ['stage', 'hand', 'outcome'],
      'What says how probable it is: its stage, a person (until probability is emptied), or that it is won or lost.',
    ),
  ),
});
const OF_TYPE: Readonly<Partial<Record<RecordType, TProperties>>> = {
  lead: PLACE.properties,
  opportunity: { ...PLACE.properties, ...PROBABILITY_BY.properties },
};

/** A record as lists and views show it. */
function recordSchema(type: RecordType): SchemaObject {
  const own = FIELD_CATALOGUE[type].map((field) => [field.name, jsonSchemaOf(field)] as const);
  const common = asSchemaObject(
    Type.Object({
      id: id('Its id.'),
      type: Type.Literal(type),
      status: Type.String({ description: 'open, won, lost, active, deleted, merged' }),
      custom: Type.Record(Type.String(), Type.Unknown()),
      tags: Type.Array(Type.String()),
      ownerId: Type.Optional(id('The owner.')),
      teamId: Type.Optional(id('The team.')),
      ...(type === 'opportunity' && { deadline: DEADLINE }),
      attachments: Type.Array(attachment),
      absorbed: Type.Optional(
        Type.Array(open({ ...ref.properties, mergeId: id('The merge.') }), {
          description: 'Records that were merged into it and do not stand alone again.',
        }),
      ),
      mergedInto: Type.Optional(
        Type.Object(ref.properties, {
          description: 'Of a merged one: the record that stands for it, at the end of the chain.',
        }),
      ),
      mergedFirstInto: Type.Optional(
        Type.Object(ref.properties, {
          description: 'The record that it was merged into itself, where that is another.',
        }),
      ),
      ...OF_TYPE[type],
      createdAt: instant('When it was captured.'),
      updatedAt: instant('When it was changed last.'),
      createdBy: Type.String(),
      updatedBy: Type.String(),
      revision,
      position,
    }),
  );
  const properties = { ...common.properties, ...Object.fromEntries(own) };
  return { ...common, properties, additionalProperties: true } as SchemaObject;
}

/** Schemas that routes refer to by name. */
export const COMPONENTS: Readonly<Record<string, SchemaObject>> = {
  ...Object.fromEntries(
    Object.entries(SCHEMAS).map(([name, schema]) => [name, asSchemaObject(schema)]),
  ),
  ...Object.fromEntries(
    RECORD_TYPES.flatMap((type) => [
      [recordName(type), recordSchema(type)],
      [
        `${recordName(type)}Page`,
        {
          type: 'object',
          required: ['items'],
          properties: {
            items: { type: 'array', items: { $ref: `#/components/schemas/${recordName(type)}` } },
            next: {
              type: 'string',
              description: 'The cursor of the next page, when there is one.',
            },
          },
        },
      ],
    ]),
  ),
};
