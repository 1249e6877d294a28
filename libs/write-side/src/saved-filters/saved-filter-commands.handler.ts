import {
  deriveId,
  Refusal,
  type SavedFilterCommand,
  type SavedFilterEvent,
  type SavedFilterState,
  savedFilterDecider,
  savedFilterStream,
  type Uuid,
} from '#crm';
import type { CommandResult, Envelope } from '../execution/envelope.js';
import type { Executor, Target } from '../execution/executor.js';
import type { People } from '../records/references.js';

export interface SavedFilterCommands {
  /** Saves a filter whose id derives from the command's. */
  save(
    command: Extract<SavedFilterCommand, { kind: 'save' }>,
    envelope: Envelope,
  ): Promise<CommandResult>;
  handle(
    id: Uuid,
    command: Exclude<SavedFilterCommand, { kind: 'save' }>,
    envelope: Envelope,
  ): Promise<CommandResult>;
}

/** Commands on saved filters. */
export function createSavedFilterCommands({
  executor,
  people,
}: {
  readonly executor: Executor;
  readonly people: Pick<People, 'isTeam'>;
}): SavedFilterCommands {
  const execute = async (id: Uuid, command: SavedFilterCommand, envelope: Envelope) => {
    const { revision, position } = await executor.execute(
      target(id, command.kind === 'save' && envelope.fresh),
      envelope,
      (state, context) => {
        const events = savedFilterDecider.decide(state, command, context);
        refuseUnknownTeams(events, people);
        return events;
      },
    );
    return { id, revision, position };
  };
  return {
    save: (command, envelope) =>
      execute(deriveId(envelope.commandId, 'saved-filter'), command, envelope),
    handle: execute,
  };
}

function target(id: Uuid, unborn: boolean): Target<SavedFilterState, SavedFilterEvent> {
  return {
    stream: savedFilterStream(id),
    unborn,
    initial: () => savedFilterDecider.initial(id),
    evolve: savedFilterDecider.evolve,
  };
}

function refuseUnknownTeams(
  events: readonly SavedFilterEvent[],
  people: Pick<People, 'isTeam'>,
): void {
  const shared = events.flatMap(sharingsIn)[0];
  if (typeof shared !== 'object') return;
  const unknown = shared.teamIds.findIndex((id) => !people.isTeam(id));
  if (unknown < 0) return;
  const message = 'There is no such team.';
  const path = `shared.teamIds.${unknown}`;
  throw new Refusal('rule', 'unknown_reference', message, {
    errors: [{ path, code: 'unknown_reference', message }],
  });
}

function sharingsIn(event: SavedFilterEvent) {
  if (event.type === 'SavedFilterCreated') return [event.data.shared];
  if (event.type === 'SavedFilterRemoved') return [];
  return event.data.changes.flatMap((change) => (change.field === 'shared' ? [change.to] : []));
}
