import { Refusal } from '../kernel/refusal.js';
import type { FieldValue } from '../record/field.js';
import type { LostValue, MergePlan } from './merge-plan.js';

/**
 * Most bytes of a plan, and of the lost values in it. Stores take 1 MiB in one append unless told otherwise, sealing makes a third more
 * of what is personal, and the event is not alone in it.
 */
export const PLAN_LIMITS = { plan: 600 * 1024, lost: 128 * 1024 } as const;

/** Longest texts, in characters, of lost values of which there is too much, tried one after the other. */
const SHORTER = [2_000, 500, 100] as const;

/**
 * Lost values as a plan holds them. Where they are too much, long ones are shortened, and if that is not enough, the last ones are only
 * counted: each is whole in the history of the record that it was in, which the plan names with the revision at which it was merged.
 */
export function lostWithinSize(
  lost: readonly LostValue[],
): Pick<MergePlan, 'lost' | 'unlistedLost'> {
  if (bytesOf(lost) <= PLAN_LIMITS.lost) return { lost };
  for (const most of SHORTER) {
    const shorter = lost.map((one) => shortened(one, most));
    if (bytesOf(shorter) <= PLAN_LIMITS.lost) return { lost: shorter };
  }
  const shortest = lost.map((one) => shortened(one, Math.min(...SHORTER)));
  let left = PLAN_LIMITS.lost;
  const fitting = shortest.filter((one) => {
    left -= bytesOf(one) + 1;
    return left > 0;
  });
  return { lost: fitting, unlistedLost: lost.length - fitting.length };
}

/** Refuses a plan that no store could take: very many records behind those merged, or very long values. */
export function refuseTooLarge(plan: MergePlan): readonly Refusal[] {
  if (bytesOf(plan) <= PLAN_LIMITS.plan) return [];
  const message = 'Together these records hold too much for one merge: merge fewer at once.';
  const errors = [{ path: 'records', code: 'merge_too_large', message }];
  return [new Refusal('rule', 'merge_too_large', message, { errors })];
}

function shortened(one: LostValue, most: number): LostValue {
  const value = shorter(one.value, most);
  return value === one.value ? one : { ...one, value, shortened: true };
}

function shorter(value: FieldValue, most: number): FieldValue {
  if (typeof value === 'string') {
    const characters = [...value];
    return characters.length > most ? `${characters.slice(0, most).join('')}…` : value;
  }
  if (!Array.isArray(value)) return value;
  let left = most;
  const entries = value.filter((entry, index) => {
    left -= entry.length;
    return left >= 0 || index === 0;
  });
  return entries.length < value.length ? entries : value;
}

/** As JSON in UTF-8. */
function bytesOf(value: unknown): number {
  return new TextEncoder().encode(JSON.stringify(value)).length;
}
