import type { Finding } from './finding.js';

/**
 * @param missing declared indexes that are not there
 * @param remedy what makes them
 */
export function lookAtIndexes(missing: readonly string[], remedy: string): Finding {
  const part = 'indexes';
  if (missing.length === 0) {
    return { part, status: 'ok', detail: 'All that are declared are there.' };
  }
  return { part, status: 'wrong', detail: `missing, ${remedy}: ${missing.join('; ')}.` };
}
