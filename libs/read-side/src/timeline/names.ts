import {
  type Actor,
  type CatalogueName,
  isUuid,
  type Locale,
  labelOfValue,
  PLURALS,
  RECORD_TYPES,
  type RecordType,
  type Settings,
} from '#crm';
import type { Logged } from '#event-store';
import {
  TEAMS,
  type TeamDocument,
  USERS,
  type UserDocument,
} from '../directory/directory-projections.js';
import { type Access, maySee, type QueryContext } from '../queries/query-context.js';
import type { RecordDocument } from '../records/record-document.js';
import { capitalised } from './phrases/joined.js';

/** What ids in events are called now. */
export interface Names {
  actor(actor: Actor): string;
  /** A user or team. */
  member(id: string): string;
  /** A record that the caller may see. */
  record(id: string): string | undefined;
  /** A stage or pipeline. */
  place(id: string): string;
  /** A value of a catalogue. */
  entry(catalogue: CatalogueName, value: string): string;
}

/** Members of events that no sentence speaks of: records that a merged one stood for, hundreds perhaps, and who is told. */
const UNTOLD: ReadonlySet<string> = new Set(['behind', 'notices']);

/** More ids than a page of ordinary events has. */
const MOST_IDS = 2_000;

/** Looks up everything that some events name, in a few queries whatever their number. */
export async function namesFor(
  { readStore, models }: QueryContext,
  events: readonly Logged[],
  settings: Settings,
  locale: Locale,
  accessTo: (type: RecordType) => Access,
): Promise<Names> {
  const ids = [...idsIn(events)].slice(0, MOST_IDS);
  const [users, teams, ...records] = await Promise.all([
    readStore.load(models.live(USERS.name), ids),
    readStore.load(models.live(TEAMS.name), ids),
    ...RECORD_TYPES.map((type) => readStore.load(models.live(PLURALS[type]), ids)),
  ]);
  const unknown = locale === 'vi' ? 'người dùng không rõ' : 'an unknown user';
  const memberName = (id: string) =>
    (users.get(id)?.document as UserDocument | undefined)?.name ||
    (teams.get(id)?.document as TeamDocument | undefined)?.name;
  const places = placeNames(settings);
  return {
    actor: ({ kind, id }) => {
      if (kind === 'process') return locale === 'vi' ? 'Hệ thống' : 'The system';
      return memberName(id) ?? capitalised(unknown);
    },
    member: (id) => memberName(id) ?? unknown,
    record(id) {
      for (const found of records) {
        const document = found.get(id)?.document as RecordDocument | undefined;
        if (document && maySee(accessTo(document.type), document)) return nameOf(document);
      }
      return undefined;
    },
    place: (id) => places.get(id) ?? id,
    entry: (catalogue, value) => labelOfValue(settings.catalogues, catalogue, value, locale),
  };
}

/** How a record is called: by the person's name, else the organisation, else its e-mail. */
export function nameOf(document: RecordDocument): string | undefined {
  const person = [document.familyName, document.givenName].filter(Boolean).join(' ');
  const name = person || document.name || document.organisation || document.email;
  return typeof name === 'string' ? name : undefined;
}

function placeNames({ pipelines }: Settings): ReadonlyMap<string, string> {
  const stages = pipelines.flatMap(({ id, stages }) =>
    stages.map((stage) => [`${id}/${stage.id}`, stage.name] as const),
  );
  return new Map([...stages, ...pipelines.map(({ id, name }) => [id, name] as const)]);
}

function* idsIn(events: readonly Logged[]): Generator<string> {
  const seen = new Set<string>();
  for (const { data, metadata } of events) {
    for (const text of [...textsIn(data), metadata.actor.id]) {
      if (!isUuid(text) || seen.has(text)) continue;
      seen.add(text);
      yield text;
    }
  }
}

function* textsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, part] of Object.entries(value)) if (!UNTOLD.has(key)) yield* textsIn(part);
}
