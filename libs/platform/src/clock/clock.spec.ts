import { settableClock, systemClock } from './clock.js';

describe('the system clock', () => {
  it('tells the time in UTC with milliseconds', () => {
    const before = Date.now();
    const now = systemClock.now();
    expect(now).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(Date.parse(now)).toBeGreaterThanOrEqual(before);
    expect(Date.parse(now)).toBeLessThanOrEqual(Date.now());
  });
});

describe('the settable clock', () => {
  it('stands still, moves when told, and goes back too', () => {
    const clock = settableClock('2026-03-01T09:30:00.000Z');
    expect(clock.now()).toBe('2026-03-01T09:30:00.000Z');
    clock.advance(90_000);
    expect(clock.now()).toBe('2026-03-01T09:31:30.000Z');
    clock.advance(-60_000);
    expect(clock.now()).toBe('2026-03-01T09:30:30.000Z');
    clock.set('2027-01-01T00:00:00+07:00');
    expect(clock.now()).toBe('2026-12-31T17:00:00.000Z');
  });

  it('refuses what is no moment', () => {
    expect(() => settableClock('tomorrow')).toThrow(RangeError);
  });
});
