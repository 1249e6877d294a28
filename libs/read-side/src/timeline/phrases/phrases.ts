import type {
  AccountEvent,
  ActivityEvent,
  CatalogueName,
  ContactEvent,
  DeadlineEvent,
  DeadlineVerb,
  DomainEvent,
  LeadEvent,
  Locale,
  OpportunityEvent,
  RecordEvent,
  RecordName,
  RecordType,
  RecordVerb,
  ReminderEvent,
  StagedEvent,
} from '#crm';

/** Everything that a record's timeline can show. */
export type TimelineEvent =
  | LeadEvent
  | OpportunityEvent
  | ContactEvent
  | AccountEvent
  | ActivityEvent
  | ReminderEvent;

/** What a phrase is made of: names and values as the reader's language has them. */
export interface Wording {
  readonly locale: Locale;
  /** Who did it. */
  readonly actor: string;
  /** The record type's noun in the middle of a sentence. */
  readonly noun: string;
  nounOf(type: RecordType): string;
  member(id: string): string;
  /** A quoted name, or the noun alone when the reader may not know it. */
  record(type: RecordType, id: string): string;
  stage(place: { readonly pipelineId: string; readonly stageId: string }): string;
  /** A value of a catalogue, as it is called. */
  entry(catalogue: CatalogueName, value: string): string;
  /** Of the record's own type unless told of which. */
  label(field: string, of?: RecordType): string;
  instant(instant: string): string;
  duration(ms: number): string;
}

export type Phrase<Data> = (data: Data, wording: Wording) => string;

type DataOf<Event extends DomainEvent, Type> = Extract<Event, { type: Type }>['data'];
type Phrased<Event extends DomainEvent> = {
  readonly [Type in Event['type']]: Phrase<DataOf<Event, Type>>;
};

type StagedVerb = StagedEvent<'Opportunity'>['type'] extends `Opportunity${infer Verb}`
  ? Verb
  : never;
/** Events of one record type alone. */
type OwnEvent<Event extends TimelineEvent> = Exclude<
  Event,
  RecordEvent | StagedEvent | DeadlineEvent | ReminderEvent
>;

/**
 * One phrase for every event type of the timeline. The families are spelt by verb; whatever a record type has beside them must be
 * added under `own`, or it does not compile.
 */
export interface Phrases {
  readonly nouns: Readonly<Record<RecordType, string>>;
  readonly common: {
    readonly [Verb in RecordVerb]: Phrase<DataOf<RecordEvent<'Lead'>, `Lead${Verb}`>>;
  };
  readonly staged: {
    readonly [Verb in StagedVerb]: Phrase<DataOf<StagedEvent<'Opportunity'>, `Opportunity${Verb}`>>;
  };
  readonly own: Phrased<
    | OwnEvent<LeadEvent>
    | OwnEvent<OpportunityEvent>
    | OwnEvent<ContactEvent>
    | OwnEvent<AccountEvent>
  >;
  readonly activity: Phrased<Exclude<ActivityEvent, DeadlineEvent>>;
  /** Of opportunities and activities. */
  readonly deadlines: {
    readonly [Verb in DeadlineVerb]: Phrase<DataOf<DeadlineEvent<'Activity'>, `Activity${Verb}`>>;
  };
  readonly reminders: Phrased<ReminderEvent>;
  /** For an event that this version does not know. */
  unknown(type: string, wording: Wording): string;
  /** Said after an event whose personal part was erased. */
  readonly erased: string;
}

const RECORD_NAME = /^(Lead|Opportunity|Contact|Account)(.+)$/;
const TIMED_NAME = /^(?:Opportunity|Activity)/;

/** The sentence of an event. */
export function phraseOf(
  phrases: Phrases,
  event: { readonly type: string; readonly data: object; readonly erased?: true },
  wording: Wording,
): string {
  const phrase = phraseFor(phrases, event.type);
  const sentence = phrase ? phrase(event.data, wording) : phrases.unknown(event.type, wording);
  return event.erased ? `${sentence} ${phrases.erased}` : sentence;
}

function phraseFor(phrases: Phrases, type: string): Phrase<object> | undefined {
  const verb = RECORD_NAME.exec(type)?.[2] ?? '';
  for (const [family, key] of [
    [phrases.own, type],
    [phrases.activity, type],
    [phrases.reminders, type],
    [phrases.common, verb],
    [phrases.staged, verb],
    [phrases.deadlines, type.replace(TIMED_NAME, '')],
  ] as const) {
    if (Object.hasOwn(family, key)) return Reflect.get(family, key) as Phrase<object>;
  }
  return undefined;
}

/** The record type's name at the start of an event's type. */
export function recordNameIn(type: string): RecordName | undefined {
  return RECORD_NAME.exec(type)?.[1] as RecordName | undefined;
}
