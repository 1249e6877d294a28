import type { HealthRegistry, HealthResult, Logger } from '#platform';
import type { Stores } from './open-stores.js';

/**
 * Verifies the whole log beside the work, and tells by health how far it is and whether it is as it was written. A small
 * log was verified as it was opened; for a large one that would hold up the start. A server's log is the server's to verify.
 */
export async function verifyInBackground(
  { verify }: Pick<Stores, 'verify'>,
  health: HealthRegistry,
  logger: Logger,
  signal: AbortSignal,
): Promise<void> {
  if (!verify) return;
  let result: HealthResult = { status: 'up', detail: 'Being verified.' };
  health.register('event-log', 'ready', () => result);
  try {
    let total = 0;
    for await (const { phase, checked, total: all } of verify(signal)) {
      total = all;
      result = { status: 'up', detail: `Verifying ${phase}: ${checked} of ${all} events.` };
    }
    result = { status: 'up', detail: `${total} events verified at start.` };
  } catch (error) {
    if (signal.aborted) return;
    logger.error('The event log is damaged.', { error });
    result = { status: 'down', detail: 'The event log is damaged.' };
  }
}
