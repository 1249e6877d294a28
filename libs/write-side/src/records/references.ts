import { FIELD_CATALOGUE, type FieldError, type RecordType, Refusal, type Uuid } from '#crm';
import type { Envelope } from '../execution/envelope.js';
import type { Executor } from '../execution/executor.js';
import { livingEnd } from '../merging/living-end.js';

/** Who there is to own records. */
export interface People {
  isActiveUser(id: Uuid): boolean;
  isTeam(id: Uuid): boolean;
}

/** What a command's values point at. */
export interface References {
  readonly fields?: Readonly<Record<string, unknown>>;
  readonly ownerId?: Uuid | null;
  readonly teamId?: Uuid | null;
}

/**
 * Refuses values that point at nobody or at no record the caller may read. A record that the caller may not read is
 * answered like one that is not there.
 * @throws Refusal `unknown_reference` (422) with the paths
 */
export async function refuseUnknownReferences(
  type: RecordType,
  { fields = {}, ownerId, teamId }: References,
  envelope: Envelope,
  { executor, people }: { readonly executor: Executor; readonly people: People },
): Promise<void> {
  const errors: FieldError[] = [];
  const unknown = (path: string, message: string) =>
    errors.push({ path, code: 'unknown_reference', message });
  if (ownerId && !people.isActiveUser(ownerId)) unknown('ownerId', 'There is no such active user.');
  if (teamId && !people.isTeam(teamId)) unknown('teamId', 'There is no such team.');
  for (const { name, target } of FIELD_CATALOGUE[type]) {
    const id = fields[name];
    if (!target || typeof id !== 'string' || id === '') continue;
    // One that was merged away leads to the one that stands for it.
    const state = await livingEnd(executor, { type: target, id });
    if (state.lifecycle !== 'live' || !envelope.authority.may('read', state)) {
      unknown(name, `There is no such ${target}.`);
    }
  }
  if (errors.length > 0) {
    throw new Refusal('rule', 'unknown_reference', 'Something referred to is not there.', {
      errors,
    });
  }
}
