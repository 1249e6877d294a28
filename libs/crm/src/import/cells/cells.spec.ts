import { dateParser, dayOf } from './date-format.js';
import { parseDecimal, timesExactly, toNumber } from './decimal.js';

describe('a number as people write it', () => {
  it.each([
    ['1234.5', '.', 1234.5],
    ['1,234,567.25', '.', 1234567.25],
    ["1'234.5", '.', 1234.5],
    ['1 234', '.', 1234],
    ['-0.5', '.', -0.5],
    ['\u2212 7'.replace(' ', ''), '.', -7],
    ['1.234.567,25', ',', 1234567.25],
    ['12,5', ',', 12.5],
    ['007', '.', 7],
  ] as const)('%s with %s is %d', (text, mark, number) => {
    const decimal = parseDecimal(text, mark);
    expect(decimal && toNumber(decimal)).toBe(number);
  });

  it.each([
    ['1,5', '.'],
    ['1.5', ','],
    ['12,34,567', '.'],
    ['1,234 567', '.'],
    ['1e5', '.'],
    ['', '.'],
    ['abc', '.'],
    ['1.', '.'],
    ['.5', '.'],
    ['--1', '.'],
  ] as const)('%s with %s is none', (text, mark) => {
    expect(parseDecimal(text, mark)).toBeUndefined();
  });

  it.each([
    ['10.10', 100, 1010],
    ['0.29', 100, 29],
    ['1.005', 1000, 1005],
    ['-1.5', 100, -150],
    ['25000000', 1, 25_000_000],
    ['90071992547409.91', 100, 9_007_199_254_740_991],
  ])('%s times %d is exactly %d', (text, factor, product) => {
    const decimal = parseDecimal(text, '.');
    expect(decimal && timesExactly(decimal, factor)).toBe(product);
  });

  it.each([
    ['1.001', 100],
    ['90071992547409.92', 100],
    ['9'.repeat(50), 1],
  ])('%s times %d is refused rather than rounded', (text, factor) => {
    const decimal = parseDecimal(text, '.');
    expect(decimal && timesExactly(decimal, factor)).toBeUndefined();
  });
});

describe('a date in a form', () => {
  it.each([
    ['M/d/yyyy', '3/1/2017', '2017-03-01'],
    ['M/d/yyyy', '03/01/2017', '2017-03-01'],
    ['dd.MM.yyyy', '01.03.2017', '2017-03-01'],
    ['d-M-yy', '1-3-17', '2017-03-01'],
    ['d-M-yy', '1-3-99', '1999-03-01'],
    ["yyyyMMdd'T'", '20170301T', '2017-03-01'],
    [undefined, '2017-03-01', '2017-03-01'],
    [undefined, '2017-03-01 16:30', '2017-03-01'],
  ])('%s reads %s', (format, text, day) => {
    const read = dateParser(format)?.(text);
    expect(read && dayOf(read)).toBe(day);
  });

  it('reads times of day, also of a clock of twelve hours', () => {
    const parse = dateParser('d/M/yyyy h:mm a');
    expect(parse?.('1/3/2017 12:05 AM')).toMatchObject({ hour: 0, minute: 5 });
    expect(parse?.('1/3/2017 12:05 pm')).toMatchObject({ hour: 12 });
    expect(parse?.('1/3/2017 9:05 PM')).toMatchObject({ hour: 21 });
    expect(parse?.('1/3/2017 13:05 PM')).toBeUndefined();
  });

  it.each([
    ['M/d/yyyy', '13/1/2017'],
    ['M/d/yyyy', '2/30/2017'],
    ['M/d/yyyy', '3/1/17'],
    ['M/d/yyyy', 'x3/1/2017'],
    ['dd.MM.yyyy', '1.3.2017'],
    ['yyyy-MM-dd HH:mm', '2017-03-01 24:00'],
    [undefined, '1/3/2017'],
    [undefined, '2017-03-01T25:00'],
    [undefined, '1817-03-01'],
  ])('%s does not read %s', (format, text) => {
    expect(dateParser(format)?.(text)).toBeUndefined();
  });

  it.each(['', 'q', 'd/M', 'yyyy-MM', 'M/d/yyyy M', 'M/d/yyyy h:mm', 'M/d/yyyy a', 'hello'])(
    'is not described by %p',
    (format) => expect(dateParser(format)).toBeUndefined(),
  );

  it('takes marks of regular expressions in a form for themselves', () => {
    expect(dateParser('d.M.yyyy')?.('1x3x2017')).toBeUndefined();
    expect(dateParser('(d) [M] yyyy')?.('(1) [3] 2017')).toMatchObject({ day: 1, month: 3 });
  });
});
