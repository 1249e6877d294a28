import { InvalidFilter } from '#crm';
import { asStored } from './as-stored.js';

describe('A filter as documents have its values', () => {
  it('has moments in UTC with milliseconds, wherever it compares with one', () => {
    expect(
      asStored({
        createdAt: { $gte: '2026-03-01T16:30:00+07:00', $not: { $lt: '2026-03-01T09:30Z' } },
        $or: [{ dueAt: { $in: ['2026-03-01T09:30:00.5Z', null] } }, { need: '2026-03-01T09:30Z' }],
      }),
    ).toEqual({
      createdAt: { $gte: '2026-03-01T09:30:00.000Z', $not: { $lt: '2026-03-01T09:30:00.000Z' } },
      $or: [{ dueAt: { $in: ['2026-03-01T09:30:00.500Z', null] } }, { need: '2026-03-01T09:30Z' }],
    });
  });

  it('leaves days, parts of moments and what is no text as they are', () => {
    const filter = { createdAt: { $gte: '2026-03-01', $regex: '^2026-03' }, updatedAt: { $gt: 5 } };
    expect(asStored(filter)).toEqual(filter);
  });

  it('has texts composed', () => {
    const filter = { familyName: { $in: ['Nguyễn'.normalize('NFD')] } };
    expect(asStored(filter)).toEqual({ familyName: { $in: ['Nguyễn'.normalize('NFC')] } });
  });

  it.each(['tomorrow', '2026-02-30', '2026-13-01T00:00:00Z', '2026-03-01T09:30:00', ''])(
    'is refused with the path of %p, which is no moment',
    (text) => {
      const filter = { $and: [{ createdAt: { $gte: text } }] };
      expect(() => asStored(filter)).toThrow(
        new InvalidFilter(
          '$and.0.createdAt.$gte',
          'it must be a moment such as 2026-03-01T09:30:00Z, or a day',
        ),
      );
    },
  );
});
