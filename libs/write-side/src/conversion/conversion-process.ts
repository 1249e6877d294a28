import type { Uuid } from '#crm';
import type { ConversionEffects } from './conversion-effects.js';

/** Conversions that committed and are not known to be completed. */
export interface PendingConversions {
  find(limit: number): Promise<readonly { readonly leadId: Uuid; readonly conversionId: Uuid }[]>;
}

export interface ConversionProcessOptions {
  readonly pending: PendingConversions;
  readonly effects: ConversionEffects;
  /** Milliseconds between two looks. */
  readonly intervalMs?: number;
  readonly failed: (conversionId: Uuid, error: unknown) => void;
}

export interface ConversionProcess {
  start(): void;
  /** Ends when the look under way has. */
  stop(): Promise<void>;
}

const BATCH = 100;

/**
 * Completes what a crash or an outage left half done (PRODUCT.md P2). A conversion that is still pending at a second
 * look is nobody's any more, and completing it twice would change nothing either.
 */
export function createConversionProcess(options: ConversionProcessOptions): ConversionProcess {
  const { pending, effects, intervalMs = 500, failed } = options;
  let seen = new Set<Uuid>();
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> = Promise.resolve();
  let stopped = true;

  async function look(): Promise<void> {
    const found = await pending.find(BATCH);
    const due = found.filter(({ conversionId }) => seen.has(conversionId));
    seen = new Set(found.map(({ conversionId }) => conversionId));
    for (const { leadId, conversionId } of due) {
      if (stopped) return;
      try {
        await effects.complete(leadId, conversionId);
      } catch (error) {
        failed(conversionId, error);
      }
    }
  }

  function schedule(): void {
    if (stopped) return;
    timer = setTimeout(() => {
      looking = look()
        .catch((error: unknown) => failed('', error))
        .finally(schedule);
    }, intervalMs);
  }

  return {
    start() {
      stopped = false;
      schedule();
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await looking;
    },
  };
}
