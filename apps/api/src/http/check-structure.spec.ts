import { Type } from '@sinclair/typebox';
import { Refusal } from '#crm';
import { type StructureCheck, structureCheck } from './check-structure.js';
import { closed, id, instant, line, lines, oneOf, optional, orNull } from './schemas.js';

const SCHEMA = closed({
  name: line('A name.', 5),
  text: optional(lines('A text.')),
  owner: optional(orNull(id('A user.'))),
  at: optional(instant('When.')),
  kind: optional(oneOf(['call', 'task'], 'A kind.')),
  some: optional(
    Type.Array(closed({ size: Type.Integer({ minimum: 1, maximum: 9 }) }), { maxItems: 2 }),
  ),
});
const EITHER = closed({
  either: Type.Union([
    Type.Record(Type.String(), oneOf(['keep', 'revert'], 'What to do.')),
    Type.Array(closed({ field: line('A field.') })),
    Type.Boolean(),
  ]),
});
const check: StructureCheck<typeof SCHEMA> = structureCheck(SCHEMA);
const checkEither: StructureCheck<typeof EITHER> = structureCheck(EITHER);

const errorsOf = (
  value: unknown,
  one: (value: unknown, name: string) => void = (given, name) => check(given, name),
): readonly (readonly [string, string])[] => {
  try {
    one(value, 'body');
    return [];
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return error.errors.map(({ path, code }) => [path, code] as const);
  }
};

describe('the check of a structure', () => {
  it('takes what is as described', () => {
    const owner = '0d5c2f7e-51a8-4d06-9a0c-3c6f1f3f7a11';
    const at = '2026-03-01T16:30:00+07:00';
    expect(errorsOf({ name: 'An', text: 'a\nb\t', owner, at, kind: 'call', some: [] })).toEqual([]);
    expect(errorsOf({ name: '', owner: null })).toEqual([]);
  });

  it.each([
    ['what is missing', {}, 'name', 'required'],
    ['another type', { name: 1 }, 'name', 'wrong_type'],
    ['what is not described', { name: 'a', x: 1 }, 'x', 'unknown_field'],
    ['what is too long', { name: 'abcdef' }, 'name', 'too_long'],
    ['a line break in a line', { name: 'a\nb' }, 'name', 'control_character'],
    ['half a character', { name: '\ud800' }, 'name', 'control_character'],
    ['a bell in a text', { name: 'a', text: '\u0007' }, 'text', 'control_character'],
    ['a day that is none', { name: 'a', at: '2026-02-30T00:00:00Z' }, 'at', 'invalid_instant'],
    ['another word', { name: 'a', kind: 'mail' }, 'kind', 'unknown_value'],
    ['what is no id, where there may be none', { name: 'a', owner: 'x' }, 'owner', 'invalid_id'],
    ['another type than text or null', { name: 'a', owner: 5 }, 'owner', 'wrong_type'],
    ['what is out of range', { name: 'a', some: [{ size: 10 }] }, 'some.0.size', 'out_of_range'],
    ['too many', { name: 'a', some: [1, 2, 3] }, 'some', 'too_many'],
    ['a value of no object', 'text', 'body', 'wrong_type'],
  ])('names %s by its path', (_what, value, path, code) => {
    expect(errorsOf(value)).toContainEqual([path, code]);
  });

  it.each([
    ['an object', { a: 'keep', b: 'x' }, 'either.b', 'unknown_value'],
    ['a list', [{ field: 'a' }, {}], 'either.1.field', 'required'],
    ['neither', 'keep', 'either', 'wrong_type'],
  ])('names what is wrong in what may be either, given %s', (_what, either, path, code) => {
    const errors = errorsOf({ either }, (value, name) => checkEither(value, name));
    expect(errors).toEqual([[path, code]]);
  });

  it('lists a bounded number of errors, with paths of bounded length', () => {
    const many = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`x${index}`, 1]));
    expect(errorsOf({ ...many, name: 'a' })).toHaveLength(20);
    const [[path = ''] = []] = errorsOf({ name: 'a', ['y'.repeat(10_000)]: 1 });
    expect(path).toHaveLength(200);
  });
});
