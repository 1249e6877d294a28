import { createHmac } from 'node:crypto';
import { RECORD_TYPES, type RecordState } from '#crm';
import type { Clock } from '#platform';
import {
  type ActivityCommands,
  type CandidateFinder,
  type CompleteConversion,
  type Conversions,
  type ConversionUndoing,
  completeDecided,
  createActivityCommands,
  createArrivals,
  createCompleteConversion,
  createConversionEffects,
  createConversions,
  createConversionUndoEffects,
  createConversionUndoing,
  createDuplicateSkips,
  createMatchKeyClaims,
  createMergeEffects,
  createMerges,
  createMergeUndoing,
  createNotificationCommands,
  createRecordCommands,
  createReservations,
  createRuleRehearsal,
  createSavedFilterCommands,
  createSettingsCommands,
  createTeamCommands,
  createTurns,
  createTurnWork,
  createUserCommands,
  type DuplicateSkips,
  Executor,
  type LiveSettings,
  type MergeEffects,
  type MergeFinder,
  type Merges,
  type MergeUndoing,
  type NotificationCommands,
  type OwnedOpportunities,
  type RecordCommands,
  type RehearseRule,
  type SavedFilterCommands,
  type SettingsCommands,
  type TeamCommands,
  type TurnWorks,
  type UndoFinder,
  type UnreadFinder,
  type UserCommands,
} from '#write-side';
import type { RecentRecords } from '../reading/recent-records.js';
import type { Stores } from './open-stores.js';
import type { LivePeople } from './people.js';

/** Everything that commands go to. */
export interface WriteSide {
  readonly executor: Executor;
  readonly settings: LiveSettings;
  readonly records: RecordCommands;
  readonly activities: ActivityCommands;
  readonly conversions: Conversions;
  readonly conversionUndoing: ConversionUndoing;
  readonly completeConversion: CompleteConversion;
  readonly merges: Merges;
  readonly undoing: MergeUndoing;
  readonly mergeEffects: MergeEffects;
  /** What a process does about turns of assignment rules. */
  readonly turnWork: TurnWorks;
  readonly rehearseRule: RehearseRule;
  readonly duplicateSkips: DuplicateSkips;
  readonly notifications: NotificationCommands;
  readonly settingsCommands: SettingsCommands;
  readonly users: UserCommands;
  readonly teams: TeamCommands;
  readonly savedFilters: SavedFilterCommands;
}

export interface WriteSideParts {
  readonly stores: Stores;
  readonly people: LivePeople;
  readonly settings: LiveSettings;
  readonly finder: CandidateFinder;
  readonly mergeFinder: MergeFinder;
  readonly undoFinder: UndoFinder;
  readonly unreadFinder: UnreadFinder;
  readonly owned: OwnedOpportunities;
  readonly clock: Clock;
  readonly recent: RecentRecords;
  /** Most records in one merge. */
  readonly mergeLimit: number;
}

/** Builds the write side on the stores. */
export async function createWriteSide(parts: WriteSideParts): Promise<WriteSide> {
  const { stores, people, settings, finder, owned, clock, recent } = parts;
  const { log, keys } = stores;
  const now = () => clock.now();
  const executor: Executor = new Executor({
    ...{ log, settings, now },
    release: (hold) => reservations.settle(hold),
    born(state, at) {
      if (isRecordState(state)) recent.note(state, at, settings.current());
    },
  });
  const settingsChanged = settings.refresh;
  const turns = createTurns({ log, settings, roster: people, owned, now });
  const arrivals = createArrivals({ turns, roster: people, executor });
  const forUndo = { log, executor, settings, finder: parts.undoFinder };
  const undoEffects = createConversionUndoEffects(forUndo);
  const mergeEffects = createMergeEffects({ executor, settingsChanged });
  const effects = createConversionEffects({ executor, mergeEffects, arrivals, settingsChanged });
  const complete = createCompleteConversion(effects, undoEffects);
  const reservations = createReservations({
    executor,
    complete: completeDecided(executor, effects, mergeEffects),
  });
  const secret = await keys.hashSecret();
  const claims = createMatchKeyClaims({
    executor,
    hash: (text) => createHmac('sha256', secret).update(text).digest('hex'),
    complete,
  });
  const found = { log, executor, finder };
  return {
    executor,
    settings,
    completeConversion: complete,
    records: createRecordCommands({ executor, people, arrivals }),
    activities: createActivityCommands({ executor, people }),
    conversions: createConversions({
      ...{ ...found, claims, reservations, effects, complete, settings, people, now },
      roster: people,
    }),
    conversionUndoing: createConversionUndoing({ ...forUndo, complete, now }),
    mergeEffects,
    turnWork: createTurnWork({ turns, executor, settings, owned }),
    rehearseRule: createRuleRehearsal({ turns, roster: people, owned, settings, now }),
    merges: createMerges({
      ...{ executor, settings, effects: mergeEffects, reservations, now },
      completeConversion: complete,
      most: parts.mergeLimit,
    }),
    undoing: createMergeUndoing({
      ...{ log, executor, settings, effects: mergeEffects, reservations, now },
      finder: parts.mergeFinder,
    }),
    duplicateSkips: createDuplicateSkips(executor),
    notifications: createNotificationCommands(executor, parts.unreadFinder),
    settingsCommands: createSettingsCommands({ executor, live: settings, people }),
    users: createUserCommands({ executor, register: people, settings }),
    teams: createTeamCommands({ executor, people, register: people, settings }),
    savedFilters: createSavedFilterCommands({ executor, people }),
  };
}

function isRecordState(state: unknown): state is RecordState {
  return (
    typeof state === 'object' &&
    state !== null &&
    'type' in state &&
    (RECORD_TYPES as readonly unknown[]).includes(state.type)
  );
}
