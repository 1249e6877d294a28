import type { EventStore } from '#event-store';

/** A store that dies at an append, before or after it is written, and stays dead until it is mended. */
export function mortal() {
  let left = Number.POSITIVE_INFINITY;
  let when: 'before' | 'after' = 'before';
  const wrap = (store: EventStore): EventStore => ({
    ...store,
    append: async (request) => {
      if (left <= 0) throw new Error('The process is dead.');
      left -= 1;
      if (left > 0) return store.append(request);
      if (when === 'after') await store.append(request);
      throw new Error('The process died.');
    },
  });
  return {
    wrap,
    dieAt(append: number, moment: 'before' | 'after') {
      left = append;
      when = moment;
    },
    mend() {
      const died = left <= 0;
      left = Number.POSITIVE_INFINITY;
      return died;
    },
  };
}
