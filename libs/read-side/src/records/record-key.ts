import { RECORD_TYPES, type RecordRef, type RecordType, type TimedRef, type Uuid } from '#crm';

/** A record or an activity in one text, as documents refer to it in indexed members: `lead:<id>`. */
export function recordKey({ type, id }: RecordRef | TimedRef): string {
  return `${type}:${id}`;
}

/** The record of a record key. */
export function recordOfKey(key: string): RecordRef | undefined {
  return refAt(key, key.indexOf(':'));
}

/** The id in a record key; a key that is of no record is taken for one. */
export function idOfKey(key: string): Uuid {
  return recordOfKey(key)?.id ?? key;
}

/** The record whose stream it is, or undefined for other streams. */
export function recordOfStream(stream: string): RecordRef | undefined {
  return refAt(stream, stream.indexOf('-'));
}

function refAt(text: string, separator: number): RecordRef | undefined {
  const type = text.slice(0, Math.max(0, separator));
  return isRecordType(type) ? { type, id: text.slice(separator + 1) } : undefined;
}

function isRecordType(type: string): type is RecordType {
  return (RECORD_TYPES as readonly string[]).includes(type);
}

/** Kinds of streams of all record types. */
export const RECORD_PREFIXES: readonly string[] = RECORD_TYPES.map((type) => `${type}-`);
