import { addDays, dateIn, instantIn, isTimeZone, startOfDay } from './zoned-time.js';

describe('a time in a zone', () => {
  const at = (month: number, day: number, hour = 0, minute = 0) => ({
    ...{ year: 2017, month, day, hour, minute, second: 0 },
  });
  it.each([
    ['UTC', at(3, 1), '2017-03-01T00:00:00.000Z'],
    ['Asia/Ho_Chi_Minh', at(3, 1), '2017-02-28T17:00:00.000Z'],
    ['America/New_York', at(1, 15, 9), '2017-01-15T14:00:00.000Z'],
    ['America/New_York', at(7, 15, 9), '2017-07-15T13:00:00.000Z'],
  ])('%s', (zone, written, instant) => expect(instantIn(zone, written)).toBe(instant));

  it('takes the first of an hour that comes twice, and goes on after one that never comes', () => {
    expect(instantIn('America/New_York', at(11, 5, 1, 30))).toBe('2017-11-05T05:30:00.000Z');
    expect(instantIn('America/New_York', at(3, 12, 2, 30))).toBe('2017-03-12T07:30:00.000Z');
  });

  it('knows zones by name', () => {
    expect([isTimeZone('Asia/Ho_Chi_Minh'), isTimeZone('Asia/Nowhere'), isTimeZone('')]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it.each([
    ['Asia/Ho_Chi_Minh', '2026-02-28T16:59:59.999Z', '2026-02-28', '2026-02-27T17:00:00.000Z'],
    ['Asia/Ho_Chi_Minh', '2026-02-28T17:00:00.000Z', '2026-03-01', '2026-02-28T17:00:00.000Z'],
    ['America/New_York', '2026-03-08T12:00:00.000Z', '2026-03-08', '2026-03-08T05:00:00.000Z'],
    ['UTC', '1969-12-31T23:59:59.500Z', '1969-12-31', '1969-12-31T00:00:00.000Z'],
  ])('in %s, %s is within the day %s, which began at %s', (zone, at, date, start) => {
    expect(dateIn(zone, at)).toBe(date);
    expect(startOfDay(zone, date)).toBe(start);
  });

  it('begins a day without midnight when its first hour does', () => {
    expect(startOfDay('America/Santiago', '2023-09-03')).toBe('2023-09-03T04:00:00.000Z');
    expect(startOfDay('America/Havana', '2023-11-05')).toBe('2023-11-05T04:00:00.000Z');
  });

  it('counts days over the ends of months and years', () => {
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
    expect(addDays('2026-03-08', 0)).toBe('2026-03-08');
  });
});
