import type {
  Attachment,
  ConversionPlan,
  ConversionUndoPlan,
  Locale,
  LostValue,
  MergePlan,
  Position,
  RecordRef,
  RecordType,
  Settings,
  TimedRef,
  Uuid,
} from '#crm';
import type { Logged } from '#event-store';
import { recordOfStream } from '../records/record-key.js';
import { type ChangedValue, changesOf } from './changes-of.js';
import { formatDuration } from './duration.js';
import { describeField, formatInstant, formatValue } from './format-value.js';
import type { Names } from './names.js';
import { EN } from './phrases/en.js';
import { type Phrases, phraseOf, type Wording } from './phrases/phrases.js';
import { VI } from './phrases/vi.js';
import type {
  TimelineChange,
  TimelineEntry,
  TimelineLinkTo,
  TimelineLostValue,
} from './timeline-entry.js';

const PHRASES: Readonly<Record<Locale, Phrases>> = { en: EN, vi: VI };

/** What an entry is made with beside its event. */
export interface EntryContext {
  readonly settings: Settings;
  readonly names: Names;
  readonly locale: Locale;
  /** Whose timeline it is, when it is a record's. */
  readonly record?: RecordRef;
  /** Through which other record an event of an activity is among them, by position. */
  readonly origins?: ReadonlyMap<Position, RecordRef>;
}

/** An event in words. Total: an event of a newer version is told as such. */
export function entryOf(event: Logged, context: EntryContext): TimelineEntry {
  const { names, locale, record, origins } = context;
  const phrases = PHRASES[locale];
  const type = recordOfStream(event.stream)?.type;
  const wording = wordingFor(event, type, context);
  const { actor, occurredAt, recordedAt } = event.metadata;
  const { text: note, to } = event.data as { readonly text?: string; readonly to?: unknown };
  const noteText = event.type.endsWith('NoteEdited') && typeof to === 'string' ? to : note;
  const { attachments } = event.data as { readonly attachments?: readonly Attachment[] };
  const own = recordOfStream(event.stream);
  const isForeign = own && record && (own.type !== record.type || own.id !== record.id);
  const origin = isForeign ? own : origins?.get(event.position);
  const { lost = [], unlistedLost } = mergeIn(event);
  return {
    id: event.id,
    position: event.position,
    revision: event.revision,
    type: event.type,
    at: occurredAt,
    recordedAt,
    actor: { id: actor.id, name: names.actor(actor) },
    text: event.unreadable
      ? phrases.unknown(event.type, wording)
      : phraseOf(phrases, event, wording),
    changes: event.unreadable ? [] : changesOf(event).map((change) => told(change, type, context)),
    ...(lost.length > 0 && { lost: lost.map((value) => toldLost(value, context)) }),
    ...(unlistedLost !== undefined && { unlistedLost }),
    ...(typeof noteText === 'string' && { note: noteText }),
    attachments: attachments ?? [],
    links: event.unreadable ? [] : linksOf(event).map((link) => named(link, names)),
    ...(origin && { origin }),
    ...(event.erased && { erased: true }),
  };
}

function wordingFor(
  { metadata }: Logged,
  type: RecordType | undefined,
  { settings, names, locale }: EntryContext,
): Wording {
  const { nouns } = PHRASES[locale];
  return {
    locale,
    actor: names.actor(metadata.actor),
    noun: type ? nouns[type] : '',
    nounOf: (ofType) => nouns[ofType],
    member: names.member,
    record(ofType, id) {
      const name = names.record(id);
      return name ? `“${name}”` : nouns[ofType];
    },
    stage: ({ pipelineId, stageId }) => `“${stageName(names, pipelineId, stageId)}”`,
    entry: names.entry,
    label: (field, of = type) => describeField(of, field, settings, locale).label,
    instant: (instant) => formatInstant(instant, locale),
    duration: (ms) => formatDuration(ms, locale),
  };
}

/** A stage that is not in the settings goes by its id. */
function stageName(names: Names, pipelineId: string, stageId: string): string {
  const place = `${pipelineId}/${stageId}`;
  const name = names.place(place);
  return name === place ? stageId : name;
}

/** Empty for anything but a merge that can be read. */
function mergeIn({ type, data, unreadable }: Logged): Partial<MergePlan> {
  return type.endsWith('RecordsMerged') && !unreadable ? (data as Partial<MergePlan>) : {};
}

function toldLost(
  { record, field, value, shortened }: LostValue,
  { settings, names, locale }: EntryContext,
): TimelineLostValue {
  const described = describeField(record.type, field, settings, locale);
  const { label } = described;
  const text = formatValue(value, described, locale, names);
  return { record, field, label, value, text, ...(shortened && { shortened }) };
}

function told(
  { field, from, to, fromAs, toAs, sources }: ChangedValue,
  type: RecordType | undefined,
  { settings, names, locale }: EntryContext,
): TimelineChange {
  const described = describeField(type, field, settings, locale);
  const { label } = described;
  const text = (value: typeof from, as: string | undefined) => {
    const name = as === undefined ? undefined : names.place(as);
    if (name !== undefined && name !== as) return name;
    return value === undefined ? undefined : formatValue(value, described, locale, names);
  };
  const fromText = text(from, fromAs);
  const toText = text(to, toAs);
  return {
    field,
    label,
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(fromText !== undefined && { fromText }),
    ...(toText !== undefined && { toText }),
    ...(sources && { sources }),
  };
}

type Link = { readonly type: TimelineLinkTo['type']; readonly id: Uuid };

/** Records and activities that an event speaks of. */
function linksOf({ type, stream, data }: Logged): readonly Link[] {
  if (type === 'LeadConverted' || type === 'LeadConversionUndone') {
    const plan = data as ConversionPlan | ConversionUndoPlan;
    const merged = 'merge' in plan && plan.merge ? [plan.merge.survivor] : [];
    const targets = (['contact', 'account', 'opportunity'] as const).flatMap((target) => {
      const planned = plan[target];
      return planned ? [{ type: target, id: planned.id }] : [];
    });
    return [...targets, ...merged];
  }
  const { origin, undo, links, link, records, survivor, through, record, about } = data as {
    readonly record?: TimedRef;
    readonly about?: readonly RecordRef[];
    readonly records?: readonly RecordRef[];
    readonly survivor?: RecordRef;
    readonly through?: { readonly record: RecordRef };
    readonly origin?: RecordRef;
    readonly undo?: RecordRef;
    readonly links?: readonly RecordRef[];
    readonly link?: RecordRef;
  };
  const activity = stream.startsWith('activity-')
    ? [{ type: 'activity', id: stream.slice('activity-'.length) } as const]
    : [];
  // A reminder of an opportunity is in its own timeline.
  const reminded = record?.type === 'activity' ? record : undefined;
  const single = [origin, undo, link, survivor, through?.record, reminded].filter(
    (ref) => ref !== undefined,
  );
  return [...activity, ...single, ...(links ?? []), ...(records ?? []), ...(about ?? [])];
}

function named({ type, id }: Link, names: Names): TimelineLinkTo {
  const name = type === 'activity' ? undefined : names.record(id);
  return { type, id, ...(name !== undefined && { name }) };
}
