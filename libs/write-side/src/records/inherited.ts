import {
  behindOf,
  decideNotes,
  eachOnce,
  type HangingCommand,
  hangsOn,
  type RecordRef,
  type RecordType,
  type Uuid,
} from '#crm';
import type { Envelope } from '../execution/envelope.js';
import type { Executed } from '../execution/executed.js';
import type { Executor } from '../execution/executor.js';
import { recordTarget } from './record-target.js';

/** Records behind one that are looked through, the latest first: as many as lists of notes show. */
const MOST_BEHIND = 199;

/**
 * Where a note or file hangs that the record shows without having it: on one that it came from, or that was merged into it (PRODUCT.md
 * P2, P3: linked, not copied). Undefined when it hangs on the record itself, or nowhere.
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
  const behind = [...eachOnce(behindOf(record.state))].reverse().slice(0, MOST_BEHIND);
  for (const home of behind) {
    const { state, outcomes } = await executor.load(recordTarget(home.type, home.id));
    // A command that took the note away is known by what it did.
    if (hangsOn(state, command) || outcomes.has(commandId)) return home;
  }
  return undefined;
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
