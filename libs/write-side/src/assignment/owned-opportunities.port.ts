import type { Uuid } from '#crm';

/** Whose open opportunities are counted, and which of them not. */
export interface Owned {
  readonly ownerId: Uuid;
  readonly except: readonly Uuid[];
}

/** What read models know of opportunities and their owners. They may be behind: what was assigned a moment ago is not in them. */
export interface OwnedOpportunities {
  /** Those of the opportunities that are there by now. At most 1,000 are asked for. */
  known(opportunityIds: readonly Uuid[]): Promise<ReadonlySet<Uuid>>;
  /** How many open opportunities each owns, counted no further than `upTo`. */
  countOpen(owned: readonly Owned[], upTo: number): Promise<ReadonlyMap<Uuid, number>>;
}
