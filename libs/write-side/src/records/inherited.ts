import {
  behindOf,
  decideNotes,
  eachOnce,
  type HangingCommand,
  hangsOn,
  type RecordRef,
  type RecordState,
  type RecordType,
  sameRecord,
  type Uuid,
} from '#crm';
import type { Envelope } from '../execution/envelope.js';
import type { Executed } from '../execution/executed.js';
import type { Executor } from '../execution/executor.js';
import { recordTarget } from './record-target.js';

/** Records behind one that are looked through, the nearest and latest first: as many as lists of notes show. */
const MOST_BEHIND = 500;
/** Streams read at once. */
const READ_AT_ONCE = 20;

/**
 * Where a note or file hangs that the record shows without having it: on one that it came from, or that was merged into it, or on one
 * behind those (PRODUCT.md P2, P3: linked, not copied). Undefined when it hangs on the record itself, or nowhere.
 */
export async function homeOfInherited(
  executor: Executor,
  type: RecordType,
  id: Uuid,
  command: HangingCommand,
  { commandId }: Envelope,
): Promise<RecordRef | undefined> {
  const record = await executor.load(recordTarget(type, id));
  if (hangsOn(record.state, command) || record.outcomes.has(commandId)) return undefined;
  const behind: RecordRef[] = [...latestFirst(record.state)];
  for (let looked = 0; looked < Math.min(behind.length, MOST_BEHIND); ) {
    const homes = behind.slice(looked, Math.min(looked + READ_AT_ONCE, MOST_BEHIND));
    looked += homes.length;
    const loaded = await Promise.all(
      homes.map((home) => executor.load(recordTarget(home.type, home.id))),
    );
    // A command that took the note away is known by what it did.
    const at = loaded.findIndex(
      ({ state, outcomes }) => hangsOn(state, command) || outcomes.has(commandId),
    );
    if (at >= 0) return homes[at];
    const known = [{ type, id }, ...behind];
    const further = loaded.flatMap(({ state }) => latestFirst(state));
    behind.push(...eachOnce(further).filter((ref) => !known.some((one) => sameRecord(one, ref))));
  }
  return undefined;
}

function latestFirst(state: RecordState): readonly RecordRef[] {
  return eachOnce(behindOf(state)).toReversed();
}

/** Carries the command out where the note or file hangs. What is asked of the record itself was checked on the one that shows it. */
export function workOnInherited(
  executor: Executor,
  home: RecordRef,
  command: HangingCommand,
  { ifRevision: _ofTheOther, ...envelope }: Envelope,
): Promise<Executed<unknown>> {
  return executor.execute(recordTarget(home.type, home.id), envelope, (state, context) =>
    decideNotes(state, command, context),
  );
}
