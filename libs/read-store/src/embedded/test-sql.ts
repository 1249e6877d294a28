import { caselessPattern, type Scalar, type TextTest, type ValueTest } from '#crm';
import type { Parameters } from './parameters.js';
import { afterPrefix, type SqlValue, toSqlValue } from './sql-value.js';

/** A single value as SQL expressions. */
export interface Subject {
  /** As `toSqlValue` gives it. */
  readonly value: string;
  /** What `json_type` calls it, NULL when missing. Absent for columns, which tell null from missing no more. */
  readonly type?: string;
  /** The JSON text, when it is a list. */
  readonly text?: string;
  /** The value was parsed from JSON by SQLite, not bound. */
  readonly parsed?: true;
}

export function isList(value: Scalar | readonly Scalar[]): value is readonly Scalar[] {
  return Array.isArray(value);
}

/** Binds what is compared with a value that SQLite parsed from JSON: its parser may err in a fraction's last digit, so it reads both. */
export function bindParsed(bind: Parameters, value: SqlValue): string {
  const exact = typeof value !== 'number' || Number.isSafeInteger(value) || !Number.isFinite(value);
  return exact ? bind.bind(value) : `json_extract(${bind.bind(JSON.stringify(value))}, '$')`;
}

function operand(bind: Parameters, subject: Subject, value: SqlValue): string {
  return subject.parsed ? bindParsed(bind, value) : bind.bind(value);
}

const OPERATORS = { $gt: '>', $gte: '>=', $lt: '<', $lte: '<=' } as const;

function rangeSql(
  bind: Parameters,
  subject: Subject,
  operator: keyof typeof OPERATORS,
  value: string | number,
): string {
  const compared = `${subject.value} ${OPERATORS[operator]} ${operand(bind, subject, value)}`;
  const upwards = operator === '$gt' || operator === '$gte';
  // Bracketing: numbers end where texts begin, texts where blobs begin; below all numbers is what stands for missing.
  if (typeof value === 'number') {
    return `(${compared} AND ${subject.value} ${upwards ? `< ''` : '> -9e999'})`;
  }
  return `(${compared} AND ${subject.value} ${upwards ? `< x''` : `>= ''`})`;
}

/** The condition that the value is a text with this prefix, as one range. */
function prefixSql(bind: Parameters, value: string, prefix: string): string {
  const end = afterPrefix(prefix);
  return `(${value} >= ${bind.bind(prefix)} AND ${value} < ${end === undefined ? `x''` : bind.bind(end)})`;
}

/** That the value starts with a text as it is written: what an index finds. */
export function isPrefix(test: ValueTest): test is ValueTest & TextTest {
  return test.kind === 'text' && test.anchored && !test.caseless;
}

function containsSql(bind: Parameters, value: string, test: TextTest): string {
  if (!test.caseless) return `instr(${value}, ${bind.bind(test.text)}) > 0`;
  // Of SQLite's own comparisons without case none knows letters beyond ASCII; GLOB takes classes.
  const pattern = `${test.anchored ? '' : '*'}${caselessPattern(test.text, escapeGlob)}*`;
  return `${value} GLOB ${bind.bind(pattern)}`;
}

function escapeGlob(character: string): string {
  return /[*?[]/.test(character) ? `[${character}]` : character;
}

/** Whether one value passes a test, as an SQL condition that is never NULL. */
export function testSql(bind: Parameters, test: ValueTest, subject: Subject): string {
  switch (test.kind) {
    case 'equals': {
      if (!isList(test.value)) {
        return `${subject.value} = ${operand(bind, subject, toSqlValue(test.value))}`;
      }
      if (subject.text === undefined) return '0';
      return `(${subject.value} = x'04' AND ${subject.text} = ${bind.bind(JSON.stringify(test.value))})`;
    }
    case 'in': {
      const values = test.values.map((value) => operand(bind, subject, toSqlValue(value)));
      return values.length === 0 ? '0' : `${subject.value} IN (${values.join(', ')})`;
    }
    case 'range':
      return rangeSql(bind, subject, test.operator, test.value);
    case 'exists':
      return `${subject.type} IS NOT NULL`;
    case 'text':
      if (isPrefix(test)) return prefixSql(bind, subject.value, test.text);
      return `(typeof(${subject.value}) = 'text' AND ${containsSql(bind, subject.value, test)})`;
  }
}

/** Whether a missing value passes. */
export function missingPasses(test: ValueTest): boolean {
  if (test.kind === 'equals') return test.value === null;
  return test.kind === 'in' && test.values.includes(null);
}
