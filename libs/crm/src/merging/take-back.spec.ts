import type { FieldValue } from '../record/field.js';
import { takeBack } from './take-back.js';

type Value = FieldValue | undefined;
const CONFLICT = { outcome: 'conflict' };
const UNCHANGED = { outcome: 'unchanged' };
const EMPTY = { outcome: 'reverted' };
const back = (value: FieldValue) => ({ outcome: 'reverted', value });

const CASES: readonly (readonly [string, string, Value, Value, Value, object])[] = [
  ['A value as it was made goes back', 'text', 'a', 'b', 'b', back('a')],
  ['A value that was filled becomes empty', 'text', undefined, 'b', 'b', EMPTY],
  ['0 goes back', 'number', 0, 5, 5, back(0)],
  ['false goes back', 'boolean', false, true, true, back(false)],
  ['What is as before stays', 'text', 'a', 'b', 'a', UNCHANGED],
  [
    'What was emptied since and was empty before stays',
    'text',
    undefined,
    'b',
    undefined,
    UNCHANGED,
  ],
  ['Of nothing done nothing is taken back', 'text', undefined, undefined, 'c', UNCHANGED],
  ['A value changed since is a conflict', 'text', 'a', 'b', 'c', CONFLICT],
  ['A value emptied since is a conflict', 'text', 'a', 'b', undefined, CONFLICT],
  [
    'An address is one value',
    'address',
    { city: 'Huế' },
    { city: 'Hội An' },
    { city: 'Đà Nẵng' },
    CONFLICT,
  ],
  [
    'Money is one value',
    'money',
    { amount: 0, currency: 'VND' },
    { amount: 5, currency: 'VND' },
    { amount: 5, currency: 'VND' },
    back({ amount: 0, currency: 'VND' }),
  ],
  ['Entries that came go', 'texts', ['a'], ['a', 'b'], ['c', 'b', 'a'], back(['c', 'a'])],
  [
    'An entry that came goes in another spelling',
    'phones',
    [],
    ['0912 345 678'],
    ['+84912345678', '113'],
    back(['113']),
  ],
  [
    'An entry of before stays, whatever its spelling',
    'phones',
    ['0912 345 678'],
    ['0912 345 678', '113'],
    ['+84912345678', '113'],
    back(['+84912345678']),
  ],
  ['Entries that went come back', 'texts', ['a', 'b'], ['c'], ['c', 'd'], back(['d', 'a', 'b'])],
  [
    'Entries that went and are there again are not doubled',
    'texts',
    ['a'],
    ['c'],
    ['a', 'c'],
    back(['a']),
  ],
  [
    'Entries that somebody took off already are no matter',
    'texts',
    ['a'],
    ['a', 'b'],
    ['a', 'd'],
    UNCHANGED,
  ],
  ['A list emptied since stays so', 'texts', ['a'], ['a', 'b'], undefined, UNCHANGED],
  [
    'Choices differ by case',
    'multi-select',
    ['cao'],
    ['cao', 'Cao'],
    ['Cao', 'cao', 'Thấp'],
    back(['cao', 'Thấp']),
  ],
  ['A text that was joined goes', 'longText', 'a', 'a\n\nb', 'a\n\nb\n\nc', back('a\n\nc')],
  ['A text that was joined to nothing goes', 'longText', undefined, 'b', 'b\n\nc', back('c')],
  [
    'A text that is there twice goes once',
    'longText',
    'b',
    'b\n\nb',
    'b\n\nb\n\nc',
    back('b\n\nc'),
  ],
  ['A text rewritten since is a conflict', 'longText', 'a', 'a\n\nb', 'a\n\nB', CONFLICT],
  ['A text that replaced another is one value', 'longText', 'a', 'b', 'b\n\nc', CONFLICT],
];

describe('Taking back a change of a value', () => {
  it.each(CASES)('%s', (_name, type, before, after, current, expected) => {
    expect(takeBack({ before, after, current }, type, 'VN')).toEqual(expected);
  });
});
