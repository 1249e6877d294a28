import { Kind, type TObject } from '@sinclair/typebox';

const WHOLE_NUMBER = /^-?(?:0|[1-9]\d{0,15})$/;

/** A query's texts as the types that are asked for: whole numbers. What cannot be one stays a text, for the check to refuse. */
export function readQuery(
  schema: TObject,
  query: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const read: Record<string, unknown> = {};
  for (const name of Object.keys(query)) {
    const value = query[name];
    const number = schema.properties[name]?.[Kind] === 'Integer';
    read[name] =
      number && typeof value === 'string' && WHOLE_NUMBER.test(value) ? Number(value) : value;
  }
  return read;
}
