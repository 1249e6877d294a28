import type { Position } from '#crm';

/** A batch this large has gathered already: waiting for more would only delay it. */
const LARGE = 500;
/** Events that come sooner (ms) after they were asked for are a stream of small batches, not a single command. */
const CLOSE = 20;
/** How long (ms) to let events gather when nobody waits for them: after a few only until others of their moment are there too. */
const GATHER = { few: 5, many: 100 };
/** More events in a batch than one person's work makes. */
const MANY = 16;
/** Whoever waits for a position more events ahead than this did not write there; what is behind so far is in large batches anyway. */
const FAR = 10_000;

/** Lets events gather into batches worth a transaction, unless somebody waits for them. */
export interface Gathering {
  /** Somebody waits for the position: nothing gathers until it is reached. */
  hurry(position: Position): void;
  /** The pace of one subscription. */
  pace(): Pace;
}

export interface Pace {
  /** To be called when a batch has come. */
  arrived(): void;
  /** To be awaited when a batch of so many events was handled, before the next is asked for. */
  pause(events: number, reached: Position, signal: AbortSignal): Promise<void>;
}

/**
 * A lone command is never delayed, and one person's next to nothing. Under a load of small batches a pause turns many durable
 * writes into one, which is most of what they cost; it ends as soon as a reader waits for its own write.
 */
export function createGathering(
  positionStep = 1,
  clock: () => number = () => performance.now(),
): Gathering {
  let wanted: Position = -1;
  const resting = new Set<() => void>();

  function rest(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        resting.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      const timer = setTimeout(wake, ms);
      resting.add(wake);
      signal.addEventListener('abort', wake, { once: true });
    });
  }

  return {
    hurry(position) {
      if (position <= wanted) return;
      wanted = position;
      for (const wake of resting) wake();
    },
    pace() {
      let asked = Number.NEGATIVE_INFINITY;
      let busy = false;
      return {
        arrived() {
          busy = clock() - asked < CLOSE;
        },
        async pause(events, reached, signal) {
          if (wanted - reached > FAR * positionStep) wanted = -1;
          const gathers = busy && events > 0 && events < LARGE && wanted <= reached;
          if (gathers && !signal.aborted) {
            await rest(events < MANY ? GATHER.few : GATHER.many, signal);
          }
          asked = clock();
        },
      };
    },
  };
}
