import type { Uuid } from '#crm';
import { answerTo, type Logger, type Problem } from '#platform';
import type { BulkOutcome, ConversionResult } from '#write-side';

/** What became of a selection of leads. */
export interface BulkResult {
  readonly converted: number;
  readonly refused: number;
  readonly results: readonly (
    | { readonly leadId: Uuid; readonly result: ConversionResult }
    | { readonly leadId: Uuid; readonly problem: Problem }
  )[];
}

/** Each lead's result, or the problem that it would have been answered with alone. */
export function bulkResult(outcomes: readonly BulkOutcome[], logger: Logger): BulkResult {
  const results = outcomes.map((outcome) => {
    if ('result' in outcome) return outcome;
    const { leadId, error } = outcome;
    const { problem, log } = answerTo(error);
    if (log !== 'none') {
      logger[log]('A lead of a selection could not be converted.', { leadId, error });
    }
    return { leadId, problem };
  });
  const converted = results.filter((one) => 'result' in one).length;
  return { converted, refused: results.length - converted, results };
}
