import type { EventStore } from '#event-store';

/** A store in which something else happens, to its end, just before or after an append. */
export function interruptible() {
  let left = 0;
  let when: 'before' | 'after' = 'before';
  let other: () => Promise<unknown> = async () => undefined;
  const wrap = (store: EventStore): EventStore => ({
    ...store,
    append: async (request) => {
      left -= 1;
      const now = left === 0;
      if (now && when === 'before') await other();
      const appended = await store.append(request);
      if (now && when === 'after') await other();
      return appended;
    },
  });
  return {
    wrap,
    interruptAt(append: number, moment: 'before' | 'after', work: () => Promise<unknown>) {
      left = append;
      when = moment;
      other = work;
    },
    /** Nothing happens any more. */
    calm() {
      left = 0;
    },
    /** True when it came to the interruption. */
    wasInterrupted: () => left <= 0,
  };
}
