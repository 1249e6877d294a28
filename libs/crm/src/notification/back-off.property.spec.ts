import fc from 'fast-check';
import { BACK_OFF, backOffMs } from './back-off.js';

const failed = fc.integer({ min: 1, max: 60 });
const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('the time between attempts', () => {
  it('is within 0 and 30 s doubled by each failure, never above an hour', () => {
    fc.assert(
      fc.property(failed, chance, (count, luck) => {
        const ms = backOffMs(count, luck);
        expect(ms).toBeGreaterThanOrEqual(0);
        expect(ms).toBeLessThanOrEqual(Math.min(BACK_OFF.mostMs, 30_000 * 2 ** (count - 1)));
      }),
    );
  });

  it('grows with chance and with failures', () => {
    fc.assert(
      fc.property(failed, chance, chance, (count, one, other) => {
        const [less, more] = [Math.min(one, other), Math.max(one, other)];
        expect(backOffMs(count, less)).toBeLessThanOrEqual(backOffMs(count, more));
        expect(backOffMs(count, one)).toBeLessThanOrEqual(backOffMs(count + 1, one));
      }),
    );
  });

  it('is no shorter than the other end asked for, an hour at most', () => {
    const asked = fc.integer({ min: 0, max: 10 * BACK_OFF.mostMs });
    fc.assert(
      fc.property(failed, chance, asked, (count, luck, ms) => {
        const least = Math.min(ms, BACK_OFF.mostMs);
        expect(backOffMs(count, luck, ms)).toBe(Math.max(backOffMs(count, luck), least));
      }),
    );
  });

  it('comes near its limits', () => {
    const almost = 0.999_999_9;
    expect([1, 2, 7, 8, 9].map((count) => Math.ceil(backOffMs(count, almost) / 1_000))).toEqual([
      30, 60, 1_920, 3_600, 3_600,
    ]);
  });
});
