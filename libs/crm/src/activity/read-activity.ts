import { type RecordRef, sameRecord } from '../record/record-type.js';
import type { InputReading } from '../record/values/input-reading.js';
import { accepted, type Reader, rejected } from '../record/values/reading.js';
import { readRecordRef } from '../record/values/record-ref.js';
import { ACTIVITY_KINDS, type ActivityKind, MAX_LINKS } from './activity-state.js';

/** One of the kinds of activity. */
export const readActivityKind: Reader<ActivityKind> = (raw, path) => {
  const kind = ACTIVITY_KINDS.find((candidate) => candidate === raw);
  return kind
    ? accepted<ActivityKind>(kind)
    : rejected(path, 'unknown_kind', `This is one of: ${ACTIVITY_KINDS.join(', ')}.`);
};

/** The records that an activity concerns, each once: 1 to `MAX_LINKS`. */
export function readLinks(reading: InputReading, raw: unknown, path: string): readonly RecordRef[] {
  if (!Array.isArray(raw) || raw.length === 0) {
    reading.refuse(path, 'required', 'An activity concerns at least one record.');
    return [];
  }
  if (raw.length > MAX_LINKS) {
    reading.refuse(path, 'too_many', `An activity concerns at most ${MAX_LINKS} records.`);
    return [];
  }
  const links = raw.flatMap((link, index) => {
    const read = reading.required<RecordRef | undefined>(
      readRecordRef,
      link,
      `${path}.${index}`,
      undefined,
    );
    return read ? [read] : [];
  });
  return links.filter(
    (link, index) => links.findIndex((other) => sameRecord(link, other)) === index,
  );
}

/** A call, a meeting or an e-mail takes place at a time; a task may be done at any. */
export function checkDue(reading: InputReading, kind: ActivityKind, dueAt: string | undefined) {
  const holds = kind === 'task' || dueAt !== undefined;
  reading.refuseUnless(holds, 'dueAt', 'required', 'All activities but tasks have a time.');
}
