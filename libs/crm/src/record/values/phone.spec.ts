import { errorsOf, readOne } from '../../../test/read.js';

describe('a phone', () => {
  it.each([
    ...['0912 345 678', '+84 (0)912-345-678', '(028) 3822.1234', '028 3822 1234 ext. 12', '113'],
    ...['028/38221234 x5', '02838221234 máy lẻ 101', '(+84) 912 345 678', '0912–345–678'],
  ])('%s is kept as typed', (raw) => {
    expect(readOne('lead', 'phones', [raw])).toEqual([raw]);
  });

  it.each([
    ...[
      '12',
      'gọi sau',
      '0912a345678',
      '1'.repeat(21),
      '+',
      '09+12345678',
      '0912345678 hoặc 0987654321',
    ],
  ])('%s is refused', (raw) => {
    expect(errorsOf('lead', { phones: [raw] })).toEqual([['phones.0', 'invalid_phone']]);
  });

  it('is listed once, and twenty times at most', () => {
    expect(readOne('lead', 'phones', ['0912 345 678', ' 0912 345 678 '])).toEqual(['0912 345 678']);
    const many = Array.from({ length: 21 }, (_, index) => `0912 345 6${index + 10}`);
    expect(errorsOf('lead', { phones: many })).toEqual([['phones', 'too_many']]);
  });
});
