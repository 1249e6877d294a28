import { createHmac, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ALL_EVENTS,
  type AssignmentRule,
  keyText,
  matchKeys,
  NOBODY,
  RECORD_TYPES,
  type RecordRef,
  type RecordType,
  type Roster,
  refOf,
  type Uuid,
} from '#crm';
import {
  createEventLog,
  createRegistry,
  type EventStore,
  openEmbeddedEventStore,
  openEmbeddedKeyRing,
} from '#event-store';
import type { Hold } from '../src/execution/hold.js';
import {
  type Authority,
  type CandidateFinder,
  completeDecided,
  createActivityCommands,
  createArrivals,
  createCompleteConversion,
  createConversionEffects,
  createConversions,
  createConversionUndoEffects,
  createConversionUndoing,
  createLiveSettings,
  createMatchKeyClaims,
  createMergeEffects,
  createMerges,
  createMergeUndoing,
  createRecordCommands,
  createReservations,
  createSettingsCommands,
  createTurns,
  createTurnWork,
  type Envelope,
  Executor,
  type LiveSettings,
  type MergeFinder,
  processAuthority,
} from '../src/index.js';
import { recordTarget } from '../src/records/record-target.js';
import { scanningOwned } from './scanning-owned.js';
import { scanningUndoFinder } from './scanning-undo-finder.js';

/** The write side on embedded stores in a temporary folder. */
export async function openWorkshop({
  wrap = (store: EventStore) => store,
  patienceMs = 2_000,
  roster = NOBODY as Roster,
  rules = [] as readonly AssignmentRule[],
} = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'write side '));
  const store = await openEmbeddedEventStore({ folder });
  const keys = await openEmbeddedKeyRing({ folder });
  const log = createEventLog({ store: wrap(store), registry: createRegistry(ALL_EVENTS), keys });
  const live = createLiveSettings(log);
  const settings: LiveSettings = {
    ...live,
    current: () => ({ ...live.current(), assignmentRules: rules }),
  };
  const now = () => new Date().toISOString();
  const makeExecutor = (release?: (hold: Hold) => Promise<void>) =>
    new Executor({ log, settings, now, ...(release && { release }) });
  const people = { isActiveUser: () => true, isTeam: () => true };
  const secret = await keys.hashSecret();
  const hash = (text: string) => createHmac('sha256', secret).update(text).digest('hex');
  const scan = new Executor({ log, settings, now });

  /** Looks through all records that may be, or stand for, one of the type: slow, and right by construction. */
  const finder: CandidateFinder = {
    async find(type, wanted) {
      const types: readonly RecordType[] = type === 'opportunity' ? ['lead', type] : [type];
      const prefixes = types.map((one) => `${one}-`);
      const all = await log.readAll({ limit: 100_000, prefixes });
      const streams = [...new Set(all.map(({ stream }) => stream))];
      const found: RecordRef[] = [];
      for (const stream of streams) {
        const own = types.find((one) => stream.startsWith(`${one}-`)) ?? type;
        const { state } = await scan.load(recordTarget(own, stream.slice(own.length + 1)));
        const texts = matchKeys(own, state, settings.current()).map(keyText);
        const counts = own === type || state.lifecycle === 'merged';
        if (counts && texts.some((text) => wanted.includes(text))) found.push(refOf(state));
      }
      return found;
    },
  };

  const undoFinder = scanningUndoFinder(log);

  const mergeFinder: MergeFinder = {
    async survivorOf(mergeId) {
      const all = await log.readAll({
        limit: 100_000,
        prefixes: RECORD_TYPES.map((type) => `${type}-`),
      });
      const found = all.find(
        ({ type, data }) =>
          type.endsWith('RecordsMerged') && (data as { mergeId?: Uuid }).mergeId === mergeId,
      );
      const [type, ...rest] = found?.stream.split('-') ?? [];
      return type ? { type: type as RecordType, id: rest.join('-') } : undefined;
    },
  };

  /** A process's worth of handlers; several on one log stand for several processes. */
  const hire = ({ settleAfter = 500 } = {}) => {
    const executor: Executor = makeExecutor((hold) => reservations.settle(hold));
    const settingsChanged = settings.refresh;
    const undoEffects = createConversionUndoEffects({
      ...{ log, executor, settings },
      finder: undoFinder,
    });
    const mergeEffects = createMergeEffects({ executor, settingsChanged });
    const owned = scanningOwned(log);
    const turns = createTurns({ log, settings, roster, owned, now });
    const arrivals = createArrivals({ turns, roster, executor });
    const turnWork = createTurnWork({ turns, executor, settings, owned, settleAfter });
    const effects = createConversionEffects({
      ...{ executor, mergeEffects, arrivals, settingsChanged },
    });
    const complete = createCompleteConversion(effects, undoEffects);
    const reservations = createReservations({
      executor,
      patienceMs,
      complete: completeDecided(executor, effects, mergeEffects),
    });
    const merges = createMerges({
      executor,
      settings,
      effects: mergeEffects,
      reservations,
      completeConversion: complete,
      now,
    });
    const undoing = createMergeUndoing({
      log,
      executor,
      settings,
      effects: mergeEffects,
      reservations,
      finder: mergeFinder,
      now,
    });
    const claims = createMatchKeyClaims({ executor, hash, complete, patienceMs });
    const conversions = createConversions({
      log,
      executor,
      finder,
      claims,
      reservations,
      effects,
      complete,
      settings,
      people,
      roster,
      now,
    });
    const conversionUndoing = createConversionUndoing({
      ...{ log, executor, settings, complete, now },
      finder: undoFinder,
    });
    const records = createRecordCommands({ executor, people, arrivals });
    const activities = createActivityCommands({ executor, people });
    return {
      ...{ executor, effects, complete, conversions, conversionUndoing, records, activities },
      ...{ merges, undoing, mergeEffects, turns, turnWork },
    };
  };
  await settings.refresh();
  await createSettingsCommands({ executor: makeExecutor(), live: settings, people }).initialise();

  return {
    ...hire(),
    hire,
    log,
    store,
    settings,
    settingsCommands: createSettingsCommands({ executor: makeExecutor(), live: settings, people }),
    /** Ids of all records of a type, and their states. */
    async all(type: RecordType) {
      const events = await log.readAll({ limit: 100_000, prefixes: [`${type}-`] });
      const ids = [...new Set(events.map(({ stream }) => stream.slice(type.length + 1)))];
      const fresh = makeExecutor();
      return Promise.all(ids.map(async (id) => (await fresh.load(recordTarget(type, id))).state));
    },
    async close() {
      await store.close();
      await keys.close();
      await rm(folder, { recursive: true });
    },
  };
}

export type Workshop = Awaited<ReturnType<typeof openWorkshop>>;

/** A command of its own by somebody who may do everything, unless said otherwise. */
export function envelope(part: Partial<Envelope> = {}): Envelope {
  const authority: Authority = {
    ...processAuthority('test'),
    actor: { kind: 'user', id: '77777777-7777-4777-8777-777777777777' },
  };
  const commandId = randomUUID();
  return { authority, commandId, correlationId: commandId, fresh: true, ...part };
}

/** Captures a record with these fields. */
export async function captured(
  { records }: Pick<Workshop, 'records'>,
  type: RecordType,
  fields: Record<string, string>,
  more: { tags?: string[]; ownerId?: Uuid; teamId?: Uuid } = {},
): Promise<Uuid> {
  const command = { kind: 'capture', fields, custom: {}, tags: [], ...more } as const;
  return (await records.capture(type, command, envelope())).id;
}
