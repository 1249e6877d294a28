import { FILTER_LIMITS, type Filter, type Json, type JsonObject } from '#crm';
import { among } from './among.js';

/** The texts that are to be looked for instead of one, that one among them or not. */
export type Widen = (member: string, text: string) => readonly string[];

/** A checked filter in which some members may have any of several texts where one was asked for. */
export function widened(filter: Filter, members: ReadonlySet<string>, widen: Widen): Filter {
  const joined: Record<string, Json> = {};
  const more: Filter[] = [];
  const add = (key: string, value: Json) => {
    // A key stands once in an object: what else is asked of the same is joined to it.
    if (Object.hasOwn(joined, key) || Object.hasOwn(filter, key)) more.push({ [key]: value });
    else joined[key] = value;
  };
  for (const [key, value] of Object.entries(filter)) {
    if (value === undefined) continue;
    if (members.has(key)) {
      for (const part of conditions(key, value, widen)) {
        const same = Object.hasOwn(part, key) && !Object.hasOwn(joined, key);
        if (same) joined[key] = part[key] as Json;
        else for (const [name, condition] of Object.entries(part)) add(name, condition as Json);
      }
    } else {
      joined[key] =
        key.startsWith('$') && Array.isArray(value)
          ? value.map((part: Json) => widened(part as Filter, members, widen))
          : value;
    }
  }
  if (more.length === 0) return joined;
  const { $and: both = [], ...rest } = joined;
  return { ...rest, $and: [...(both as readonly Filter[]), ...more] };
}

/** What is asked of a member, as filters that must all hold. */
function conditions(member: string, value: Json, widen: Widen): readonly Filter[] {
  if (typeof value === 'string') return [oneOf(member, widen(member, value))];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return [{ [member]: value }];
  }
  const others: Record<string, Json> = {};
  const parts: Filter[] = [];
  for (const [operator, operand] of Object.entries(value)) {
    if (operand === undefined) continue;
    const wide = operatorOf(member, operator, operand, widen);
    if (wide) parts.push(...wide);
    else others[operator] = operand;
  }
  return Object.keys(others).length > 0 ? [{ [member]: others }, ...parts] : parts;
}

/** An operator that asks for texts; undefined for others. */
function operatorOf(
  member: string,
  operator: string,
  operand: Json,
  widen: Widen,
): readonly Filter[] | undefined {
  const all = () => (Array.isArray(operand) ? eachWidened(member, operand, widen) : []);
  switch (operator) {
    case '$eq':
      return typeof operand === 'string' ? [oneOf(member, widen(member, operand))] : undefined;
    case '$ne':
      return typeof operand === 'string' ? [noneOf(member, widen(member, operand))] : undefined;
    case '$in':
      return [among(member, all())];
    case '$nin':
      return [noneOf(member, all())];
    case '$all':
      if (!Array.isArray(operand) || operand.length === 0) return undefined;
      return operand.map((one: Json) => oneOf(member, eachWidened(member, [one], widen)));
    case '$not':
      return [{ $nor: [allOf(conditions(member, operand as JsonObject, widen))] }];
    default:
      return undefined;
  }
}

type Scalar = string | number | boolean | null;

function eachWidened(member: string, values: readonly Json[], widen: Widen): readonly Scalar[] {
  const all = values.flatMap((one): readonly Scalar[] =>
    typeof one === 'string' ? widen(member, one) : [one as Scalar],
  );
  return [...new Set(all)];
}

function oneOf(member: string, values: readonly Scalar[]): Filter {
  const [only] = values;
  return values.length === 1 && only !== undefined ? { [member]: only } : among(member, values);
}

function noneOf(member: string, values: readonly Scalar[]): Filter {
  if (values.length <= FILTER_LIMITS.values) return { [member]: { $nin: values } };
  return { $nor: [among(member, values)] };
}

function allOf(parts: readonly Filter[]): Filter {
  const [only = {}] = parts;
  return parts.length === 1 ? only : { $and: parts };
}
