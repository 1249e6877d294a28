import type { Clock, Logger } from '#platform';
import {
  createCompletionProcess,
  createOverduePolicies,
  createReminders,
  type Polling,
} from '#write-side';
import type { Stores } from './open-stores.js';
import type { LivePeople } from './people.js';
import type { ReadSide } from './read-side.js';
import type { WriteSide } from './write-side.js';

export const COMPLETED_WORK = [
  'conversions',
  'merges',
  'turns',
  'reminders',
  'overdue policies',
] as const;
export type CompletedWork = (typeof COMPLETED_WORK)[number];

/** What does that which nobody waits for: completes work that a crash left half done, reminds, by the name of the work. */
export type Completion = Readonly<Record<CompletedWork, Polling>>;

/** Far more than a capture takes between its turn and its own append. */
const TURNS_LOOKED_AT_EVERY_MS = 30_000;

export interface CompletionParts {
  readonly stores: Pick<Stores, 'log'>;
  readonly read: ReadSide;
  readonly write: WriteSide;
  readonly people: LivePeople;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly intervalMs?: number;
}

/** Processes that complete conversions and merges and what undoes them, give turns back of which nothing came, remind, and apply policies. */
export function createCompletion(parts: CompletionParts): Completion {
  const { stores, read, write, people, clock, logger, intervalMs } = parts;
  const often = intervalMs === undefined ? {} : { intervalMs };
  const { log } = stores;
  const { settings, executor } = write;
  return {
    conversions: createCompletionProcess({
      find: read.pendingConversions,
      keyOf: ({ conversionId }) => conversionId,
      complete: ({ leadId, conversionId }) => write.completeConversion(leadId, conversionId),
      failed: (work, error) =>
        logger.error('A conversion or its undoing could not be completed yet.', {
          conversionId: work?.conversionId,
          error,
        }),
    }),
    merges: createCompletionProcess({
      find: (limit) => read.queries.pendingMerges(limit),
      keyOf: ({ id, undo }) => `${id} ${undo?.id}`,
      complete: ({ id, survivor }) => write.mergeEffects.complete(survivor, id),
      failed: (work, error) =>
        logger.error('A merge could not be completed yet.', { mergeId: work?.id, error }),
    }),
    turns: createCompletionProcess({
      ...write.turnWork,
      intervalMs: TURNS_LOOKED_AT_EVERY_MS,
      failed: (work, error) =>
        logger.error('A turn could not be given back or settled yet.', {
          ruleId: work?.ruleId,
          error,
        }),
    }),
    reminders: createReminders({
      ...{ log, settings, finder: read.reminderFinder, now: () => clock.now(), ...often },
      recipients: {
        isActiveUser: people.isActiveUser,
        membersOf: people.directory.membersOf,
      },
      failed: (deadlineId, error) =>
        logger.error('A reminder could not be issued yet.', { deadlineId, error }),
    }),
    'overdue policies': createOverduePolicies({
      ...{ log, executor, settings, finder: read.openFinder, ...often },
      failed: (error) =>
        logger.error('A changed overdue policy could not be applied yet.', { error }),
    }),
  };
}
