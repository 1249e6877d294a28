import { createLeaseWatch } from './lease-watch.js';

describe('Watching a lease of others', () => {
  const lease = (renewals: number, token = 1) => ({ token, renewals, holder: 'them', ttlMs: 100 });

  it('it is over when it was seen unrenewed for its time to live, not before', () => {
    let now = 5_000;
    const watch = createLeaseWatch(() => now);
    expect(watch.isOver('a', lease(0))).toBe(false);
    now += 99;
    expect(watch.isOver('a', lease(0))).toBe(false);
    now += 1;
    expect(watch.isOver('a', lease(0))).toBe(true);
    expect(watch.isOver('b', lease(0))).toBe(false);
  });

  it('a renewal, or another holder, begins it anew', () => {
    let now = 0;
    const watch = createLeaseWatch(() => now);
    for (const seen of [lease(0), lease(1), lease(0, 2), lease(1, 2)]) {
      expect(watch.isOver('a', seen)).toBe(false);
      now += 100;
    }
    expect(watch.isOver('a', lease(1, 2))).toBe(true);
  });
});
