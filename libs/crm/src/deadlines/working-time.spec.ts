import type { Calendar, WorkingSpan } from '../settings/calendars/calendar.js';
import { addWorkingTime } from './working-time.js';

const OFFICE: readonly WorkingSpan[] = [
  { from: '08:00', to: '12:00' },
  { from: '13:30', to: '17:30' },
];
const ALWAYS: readonly WorkingSpan[] = [{ from: '00:00', to: '24:00' }];
const NIGHT: readonly WorkingSpan[] = [{ from: '01:00', to: '05:00' }];

function calendar(timeZone: string, day: readonly WorkingSpan[], part: Partial<Calendar> = {}) {
  const hours = { 1: day, 2: day, 3: day, 4: day, 5: day };
  return {
    ...{ id: 'office', name: 'Giờ hành chính', timeZone, hours, holidays: [], retired: false },
    ...part,
  };
}
const everyDay = (timeZone: string, day: readonly WorkingSpan[]) =>
  calendar(timeZone, day, { hours: { 1: day, 2: day, 3: day, 4: day, 5: day, 6: day, 7: day } });
const at = (moment: string) => new Date(moment).toISOString();

describe('working time in Vietnam', () => {
  const office = calendar('Asia/Ho_Chi_Minh', OFFICE);
  it.each([
    ['within a span', '2026-03-02T09:00+07:00', 60, '2026-03-02T10:00+07:00'],
    ['over lunch', '2026-03-02T11:30+07:00', 60, '2026-03-02T14:00+07:00'],
    ['until the end of a span', '2026-03-02T11:00+07:00', 60, '2026-03-02T12:00+07:00'],
    ['from before work', '2026-03-02T03:00+07:00', 30, '2026-03-02T08:30+07:00'],
    ['from after work', '2026-03-02T20:00+07:00', 30, '2026-03-03T08:30+07:00'],
    ['over a weekend', '2026-03-06T17:00+07:00', 60, '2026-03-09T08:30+07:00'],
    ['from a Sunday', '2026-03-08T10:00+07:00', 8 * 60, '2026-03-09T17:30+07:00'],
    ['to the second', '2026-03-02T11:59:30+07:00', 1, '2026-03-02T13:30:30+07:00'],
    ['over the year', '2026-12-31T17:00+07:00', 60, '2027-01-01T08:30+07:00'],
  ])('%s', (_, from, minutes, to) => {
    expect(addWorkingTime(at(from), minutes, office)).toBe(at(to));
  });

  it('leaves holidays out', () => {
    const tet = calendar('Asia/Ho_Chi_Minh', OFFICE, {
      holidays: ['2026-02-16', '2026-02-17', '2026-02-18', '2026-02-19', '2026-02-20'].map(
        (date) => ({ date, name: 'Tết Nguyên Đán' }),
      ),
    });
    expect(addWorkingTime(at('2026-02-13T17:00+07:00'), 60, tet)).toBe(
      at('2026-02-23T08:30+07:00'),
    );
  });

  it('has no end where there is none', () => {
    const never = calendar('Asia/Ho_Chi_Minh', [], {});
    expect(addWorkingTime(at('2026-03-02T09:00+07:00'), 1, never)).toBeUndefined();
    const oneDay = calendar('Asia/Ho_Chi_Minh', OFFICE, { hours: { 1: NIGHT } });
    expect(addWorkingTime(at('2026-03-02T09:00+07:00'), 10_000_000, oneDay)).toBeUndefined();
  });
});

describe('working time on days when clocks are moved', () => {
  it.each([
    // 2 a.m. becomes 3 a.m.: the night has three hours, the day 23.
    ['Europe/Berlin', NIGHT, '2026-03-29T00:00+01:00', 180, '2026-03-29T05:00+02:00'],
    ['Europe/Berlin', ALWAYS, '2026-03-29T00:00+01:00', 23 * 60, '2026-03-30T00:00+02:00'],
    ['America/New_York', NIGHT, '2026-03-08T00:00-05:00', 180, '2026-03-08T05:00-04:00'],
    // 3 a.m. becomes 2 a.m.: the night has five hours, the day 25.
    ['Europe/Berlin', NIGHT, '2026-10-25T00:00+02:00', 300, '2026-10-25T05:00+01:00'],
    ['Europe/Berlin', ALWAYS, '2026-10-25T00:00+02:00', 25 * 60, '2026-10-26T00:00+01:00'],
    ['America/New_York', NIGHT, '2026-11-01T00:00-04:00', 300, '2026-11-01T05:00-05:00'],
    // Never moved there.
    ['Asia/Ho_Chi_Minh', NIGHT, '2026-03-29T00:00+07:00', 240, '2026-03-29T05:00+07:00'],
  ])('%s, from %3$s', (zone, day, from, minutes, to) => {
    expect(addWorkingTime(at(from), minutes, everyDay(zone, day))).toBe(at(to));
  });

  it('keeps office hours by the clock on the wall', () => {
    const berlin = everyDay('Europe/Berlin', OFFICE);
    expect(addWorkingTime(at('2026-03-28T17:00+01:00'), 60, berlin)).toBe(
      at('2026-03-29T08:30+02:00'),
    );
  });

  it('ends a span whose end is left out when clocks leap, and begins one so', () => {
    const half = everyDay('Europe/Berlin', [
      { from: '01:00', to: '02:30' },
      { from: '02:45', to: '05:00' },
    ]);
    // 01:00 to 02:00 is an hour, then it is 03:00 at once.
    expect(addWorkingTime(at('2026-03-29T00:00+01:00'), 60, half)).toBe(
      at('2026-03-29T03:00+02:00'),
    );
    expect(addWorkingTime(at('2026-03-29T00:00+01:00'), 61, half)).toBe(
      at('2026-03-29T03:01+02:00'),
    );
  });

  it('leaves a span out that falls whole into what clocks leap over', () => {
    const leapt = everyDay('Europe/Berlin', [{ from: '02:00', to: '03:00' }]);
    expect(addWorkingTime(at('2026-03-29T00:00+01:00'), 30, leapt)).toBe(
      at('2026-03-30T02:30+02:00'),
    );
  });
});
