import { Refusal } from '#crm';

/** Thrown within a decision when what it was planned on has changed: plan again. */
export class Outdated extends Error {}

/** The refusal of who has planned, or waited, too often. */
export function busy(detail: string): Refusal {
  return new Refusal('conflict', 'busy', detail);
}
