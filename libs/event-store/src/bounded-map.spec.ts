import { BoundedMap } from './bounded-map.js';

describe('A bounded map', () => {
  it('keeps no more than its limit', () => {
    const map = new BoundedMap<number, number>(10);
    for (let n = 0; n < 100; n += 1) map.set(n, n);
    const kept = Array.from({ length: 100 }, (_, n) => n).filter((n) => map.get(n) !== undefined);
    expect(kept.length).toBeLessThanOrEqual(10);
    expect(kept).toContain(99);
  });

  it('keeps what is still asked for', () => {
    const map = new BoundedMap<string, number>(10);
    map.set('asked', 1);
    for (let n = 0; n < 100; n += 1) {
      map.set(`${n}`, n);
      expect(map.get('asked')).toBe(1);
    }
  });

  it('gives the latest value, whichever generation held an earlier one', () => {
    const map = new BoundedMap<string, number>(4);
    map.set('a', 1);
    map.set('b', 1);
    map.set('a', 2);
    expect(map.get('a')).toBe(2);
    map.delete('a');
    expect(map.get('a')).toBeUndefined();
    map.clear();
    expect(map.get('b')).toBeUndefined();
  });
});
