import type { Uuid } from '../kernel/ids.js';
import { memberOf, placeInTurn } from './rotation.js';
import type { RotationState } from './rotation-events.js';

/** In the order in which they are next: fewest turns, then whose last is longest ago, then as they are given. */
export function byTurn(rotation: RotationState, userIds: readonly Uuid[]): readonly Uuid[] {
  const place = (id: Uuid) => placeInTurn(rotation, id);
  const last = (id: Uuid) => memberOf(rotation, id).last;
  return userIds.toSorted((a, b) => place(a) - place(b) || last(a) - last(b));
}

/** The same behind the number of open opportunities. Who has none known has none. */
export function byLoad(
  rotation: RotationState,
  userIds: readonly Uuid[],
  loads: ReadonlyMap<Uuid, number>,
): readonly Uuid[] {
  const load = (id: Uuid) => loads.get(id) ?? 0;
  const last = (id: Uuid) => memberOf(rotation, id).last;
  return userIds.toSorted((a, b) => load(a) - load(b) || last(a) - last(b));
}
