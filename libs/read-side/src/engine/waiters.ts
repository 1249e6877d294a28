import type { Position } from '#crm';

/** Those who wait for a position to be reached. */
export interface Waiters {
  /**
   * True as soon as `reached()` is at the position, false when the time passes first, when too many wait already, or
   * when waiting ends.
   */
  wait(position: Position, timeoutMs: number, reached: () => Position): Promise<boolean>;
  /** To be called whenever something was reached. */
  notify(): void;
  /** Answers false to all who still wait. */
  close(): void;
}

interface Waiter {
  readonly position: Position;
  readonly reached: () => Position;
  readonly done: (reached: boolean) => void;
}

/** @param most how many may wait at once, which bounds the memory that waiting callers take */
export function createWaiters(most = 10_000): Waiters {
  const waiting = new Set<Waiter>();
  let closed = false;
  return {
    wait(position, timeoutMs, reached) {
      if (reached() >= position) return Promise.resolve(true);
      if (closed || timeoutMs <= 0 || waiting.size >= most) return Promise.resolve(false);
      return new Promise((resolve) => {
        const waiter: Waiter = {
          position,
          reached,
          done(result) {
            clearTimeout(timer);
            waiting.delete(waiter);
            resolve(result);
          },
        };
        const timer = setTimeout(() => waiter.done(false), timeoutMs);
        timer.unref();
        waiting.add(waiter);
      });
    },
    notify() {
      for (const waiter of waiting) {
        if (waiter.reached() >= waiter.position) waiter.done(true);
      }
    },
    close() {
      closed = true;
      for (const waiter of waiting) waiter.done(false);
    },
  };
}
