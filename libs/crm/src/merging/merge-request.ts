import type { RecordRef } from '../record/record-type.js';
import type { SurvivorPolicy } from './merge-plan.js';

/** What the caller wants of a merge. */
export type MergeRequest = {
  /** Two or more records of one family, in any order. */
  readonly records: readonly RecordRef[];
  /** Who survives, when the policy is not to decide. */
  readonly survivor?: RecordRef;
  /** Default `first-created`. */
  readonly policy?: Exclude<SurvivorPolicy['name'], 'named'>;
  /** Fields whose value is to be the named record's, whatever the rules say. Custom fields are named `custom.<key>`. */
  readonly choices?: Readonly<Record<string, RecordRef>>;
};

/** A record as its stream has it. */
export type Standing<State> = { readonly state: State; readonly revision: number };
