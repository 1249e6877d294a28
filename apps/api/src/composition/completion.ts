import type { Logger } from '#platform';
import { createCompletionProcess, type Polling } from '#write-side';
import type { ReadSide } from './read-side.js';
import type { WriteSide } from './write-side.js';

export const COMPLETED_WORK = ['conversions', 'merges', 'turns'] as const;
export type CompletedWork = (typeof COMPLETED_WORK)[number];

/** What completes work that a crash left half done, by the name of the work. */
export type Completion = Readonly<Record<CompletedWork, Polling>>;

/** Far more than a capture takes between its turn and its own append. */
const TURNS_LOOKED_AT_EVERY_MS = 30_000;

/** Processes that complete conversions and merges, and what undoes them, and that give turns back of which nothing came. */
export function createCompletion(read: ReadSide, write: WriteSide, logger: Logger): Completion {
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
  };
}
