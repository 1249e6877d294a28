/** A batch this large fills itself: waiting for more would only delay it. */
const LARGE = 64;
/** Batches that follow each other closer than this (ms) are a stream of small ones, not a single command. */
const CLOSE = 20;
/** How long (ms) to let events gather. A reader who waits for its own write waits no longer than this for the gathering. */
const GATHER = 5;

/**
 * How long to let events gather before the next batch is taken, in milliseconds. Under a load of small batches a few
 * milliseconds turn many durable writes into one; a lone command is never delayed.
 */
export function createPace(clock: () => number = () => performance.now()) {
  let previous = Number.NEGATIVE_INFINITY;
  return (events: number): number => {
    const now = clock();
    const busy = now - previous < CLOSE;
    if (events > 0) previous = now;
    return busy && events > 0 && events < LARGE ? GATHER : 0;
  };
}
