import { withinLimit } from '#platform';
import { explainFailure } from '../../../api/src/explain-failure.js';

/** What a look at one part has found. */
export interface Finding {
  readonly part: string;
  /** `note`: nothing is wrong, and somebody may want to know. */
  readonly status: 'ok' | 'note' | 'wrong';
  /** In one line, without secrets. */
  readonly detail: string;
}

/** Longest that a look may take (ms): it is told as wrong then. */
const WITHIN_MS = 12_000;
const START = 'Leadledger could not start: ';

/** Looks at a part; what it throws is what is wrong. */
export async function examined<Result>(
  part: string,
  findings: Finding[],
  look: () => Promise<Result>,
): Promise<Result | undefined> {
  try {
    return await withinLimit(look(), WITHIN_MS, () => {
      throw new Error(`no answer within ${WITHIN_MS / 1_000} s`);
    });
  } catch (error) {
    const explained = explainFailure(error);
    const detail = explained.startsWith(START) ? explained.slice(START.length) : explained;
    findings.push({ part, status: 'wrong', detail: detail.replace(/^Error: /, '') });
    return undefined;
  }
}
