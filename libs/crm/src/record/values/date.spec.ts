import { errorsOf, readOne } from '../../../test/read.js';

describe('a date', () => {
  it.each(['2026-02-28', '2024-02-29', '1900-01-01', '2200-12-31'])('%s is a day', (raw) => {
    expect(readOne('opportunity', 'expectedCloseDate', raw)).toBe(raw);
  });

  it.each([
    ...[
      '2026-02-30',
      '2025-02-29',
      '2100-02-29',
      '1899-12-31',
      '2201-01-01',
      '2026-13-01',
      '2026-1-1',
    ],
    ...[
      '01/02/2026',
      '2026-02-28T00:00:00Z',
      '2026-00-10',
      '2026-01-00',
      '+002026-01-01',
      '２０２６-01-01',
    ],
  ])('%s is refused', (raw) => {
    expect(errorsOf('opportunity', { expectedCloseDate: raw })).toEqual([
      ['expectedCloseDate', 'invalid_date'],
    ]);
  });
});
