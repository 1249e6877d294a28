import { retryAfterMs } from './retry-after.js';

const NOW = Date.parse('2026-03-02T02:00:00.000Z');

describe('what a receiver asks to wait', () => {
  it.each<[string | undefined, number | undefined]>([
    ['0', 0],
    [' 120 ', 120_000],
    ['Mon, 02 Mar 2026 02:01:30 GMT', 90_000],
    ['Mon, 02 Mar 2026 01:00:00 GMT', 0],
    [undefined, undefined],
    ['', undefined],
    ['-5', undefined],
    ['1.5', undefined],
    ['soon', undefined],
    ['Mon, 99 Xyz', undefined],
    ['99999999999999999999', undefined],
  ])('is read from %j', (header, ms) => {
    expect(retryAfterMs(header, NOW)).toBe(ms);
  });
});
