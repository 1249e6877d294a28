import { Refusal } from '../../kernel/refusal.js';
import { foldCase, foldSpacing } from '../../matching/fold-case.js';

/** A name as people read it: case and spacing tell no two things apart. */
export function foldName(name: string): string {
  return foldSpacing(foldCase(name));
}

/** What people choose by its name. */
export interface Named {
  readonly id: string;
  readonly name: string;
  readonly retired: boolean;
}

/** Whether another that is in use is called the same. */
export function isNameTaken(all: readonly Named[], { id, name }: Pick<Named, 'id' | 'name'>) {
  const folded = foldName(name);
  return all.some((other) => other.id !== id && !other.retired && foldName(other.name) === folded);
}

/**
 * Refuses a new name that another in use has: whoever chooses could not tell them apart. Names that are there already stay.
 * @throws Refusal `duplicate_name` (conflict)
 */
export function refuseTakenName(
  all: readonly Named[],
  named: Pick<Named, 'id' | 'name'>,
  noun: string,
): void {
  if (!isNameTaken(all, named)) return;
  const message = `Another ${noun} in use is called this.`;
  throw new Refusal('conflict', 'duplicate_name', message, {
    errors: [{ path: 'name', code: 'duplicate_name', message }],
  });
}
