import { nextDigest } from './digest-time.js';

describe('the next digest', () => {
  it.each([
    ['Asia/Ho_Chi_Minh', 8, '2026-03-01T00:59:59.999Z', '2026-03-01T01:00:00.000Z'],
    ['Asia/Ho_Chi_Minh', 8, '2026-03-01T01:00:00.000Z', '2026-03-02T01:00:00.000Z'],
    ['Asia/Ho_Chi_Minh', 0, '2026-03-01T18:00:00.000Z', '2026-03-02T17:00:00.000Z'],
    // The clocks go from 2 to 3 on the 8th.
    ['America/New_York', 2, '2026-03-08T00:00:00.000Z', '2026-03-08T07:00:00.000Z'],
    ['America/New_York', 8, '2026-03-08T00:00:00.000Z', '2026-03-08T12:00:00.000Z'],
    ['UTC', 23, '2026-12-31T23:30:00.000Z', '2027-01-01T23:00:00.000Z'],
  ])('in %s at %d after %s is %s', (zone, hour, at, digest) => {
    expect(nextDigest(at, hour, zone)).toBe(digest);
  });
});
