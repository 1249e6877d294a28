import type { InputReading } from '../../record/values/input-reading.js';
import { isJsonObject } from '../../record/values/reading.js';
import { readText } from '../../record/values/text.js';
import { mostWorkingMinutes } from '../calendars/working-week.js';
import { entriesInUse } from '../catalogues/catalogue.js';
import { entryMeant } from '../catalogues/catalogue-value.js';
import { readFlag, readList, readSlug, readWhole, refuseRepeated } from '../parts/read-parts.js';
import type { Settings } from '../settings.js';
import type { SetOverduePolicy } from './overdue-commands.js';
import { NO_OVERDUE_POLICY, type OverdueEntry, type OverduePolicy } from './overdue-policy.js';

/** Most entries of a policy, and the ranges of its times. */
export const OVERDUE_LIMITS = {
  entries: 200,
  allowedMinutes: { min: 1, max: 525_600 },
  graceMinutes: { min: 0, max: 10_080 },
  repeatHours: { min: 1, max: 720 },
} as const;

/** A policy in its full form; that what it names is there is for `check-references.ts`. */
export function readPolicy(
  reading: InputReading,
  raw: SetOverduePolicy['policy'],
  path: string,
  settings: Settings,
): OverduePolicy {
  if (!isJsonObject(raw)) {
    reading.refuse(path, 'wrong_type', 'This must be an object.');
    return NO_OVERDUE_POLICY;
  }
  const at = `${path}.entries`;
  const entries = readList(reading, raw.entries, at, OVERDUE_LIMITS.entries).map((entry, index) =>
    readEntry(reading, entry, `${at}.${index}`, settings),
  );
  refuseRepeated(
    reading,
    entries.map(({ id }) => id),
    (index) => `${at}.${index}.id`,
    'duplicate_id',
    'Another entry of the policy has this id.',
  );
  refuseUnreachable(reading, entries, at);
  return { entries, activities: readActivities(reading, raw.activities, `${path}.activities`) };
}

function readEntry(
  reading: InputReading,
  raw: OverdueEntry,
  path: string,
  { catalogues, calendars }: Settings,
): OverdueEntry {
  const pipelineId = reading.optional(readText, raw?.pipelineId, `${path}.pipelineId`);
  const step = reading.optional(readText, raw?.processingStep, `${path}.processingStep`);
  const priority = reading.optional(readText, raw?.priority, `${path}.priority`);
  const calendarId = reading.optional(readText, raw?.calendarId, `${path}.calendarId`);
  const calendar = calendars.find(({ id }) => id === calendarId);
  const most = calendar ? mostWorkingMinutes(calendar) : Number.POSITIVE_INFINITY;
  reading.refuseUnless(
    !(raw?.allowedMinutes > most),
    `${path}.allowedMinutes`,
    'out_of_range',
    `The calendar has ${most} minutes of working time in ten years.`,
  );
  const inUse = (name: 'processing-step' | 'priority', text: string) =>
    entryMeant(entriesInUse(catalogues, name), text)?.value ?? text;
  return {
    id: readSlug(reading, raw?.id, `${path}.id`),
    ...(pipelineId !== undefined && { pipelineId }),
    ...(step !== undefined && { processingStep: inUse('processing-step', step) }),
    ...(priority !== undefined && { priority: inUse('priority', priority) }),
    allowedMinutes: readWhole(
      reading,
      raw?.allowedMinutes,
      `${path}.allowedMinutes`,
      OVERDUE_LIMITS.allowedMinutes,
    ),
    ...(calendarId !== undefined && { calendarId }),
    ...readRepeat(reading, raw?.repeatHours, `${path}.repeatHours`),
  };
}

function readRepeat(reading: InputReading, raw: number | undefined, path: string) {
  if (raw === undefined || raw === null) return {};
  return { repeatHours: readWhole(reading, raw, path, OVERDUE_LIMITS.repeatHours) };
}

function readActivities(
  reading: InputReading,
  raw: SetOverduePolicy['policy']['activities'],
  path: string,
): OverduePolicy['activities'] {
  if (raw === undefined) return NO_OVERDUE_POLICY.activities;
  return {
    remind: readFlag(reading, raw?.remind, `${path}.remind`),
    graceMinutes: readWhole(
      reading,
      raw?.graceMinutes ?? 0,
      `${path}.graceMinutes`,
      OVERDUE_LIMITS.graceMinutes,
    ),
    ...readRepeat(reading, raw?.repeatHours, `${path}.repeatHours`),
  };
}

const CONDITIONS = ['pipelineId', 'processingStep', 'priority'] as const;

/** An entry behind one that applies whenever it would is a mistake: its order is wrong, or it is there twice. */
function refuseUnreachable(
  reading: InputReading,
  entries: readonly OverdueEntry[],
  path: string,
): void {
  for (const [index, entry] of entries.entries()) {
    const earlier = entries
      .slice(0, index)
      .find((other) =>
        CONDITIONS.every((part) => other[part] === undefined || other[part] === entry[part]),
      );
    const message = `The entry before it, ${earlier?.id}, applies wherever this one would.`;
    reading.refuseUnless(!earlier, `${path}.${index}`, 'never_applies', message);
  }
}
