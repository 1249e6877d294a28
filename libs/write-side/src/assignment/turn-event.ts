import {
  type Actor,
  deriveId,
  type Instant,
  type Revision,
  type RotationEvent,
  type Uuid,
} from '#crm';
import type { NewEvent } from '#event-store';

/** The command that turns are taken and returned for. */
export interface Cause {
  readonly actor: Actor;
  readonly commandId: Uuid;
  readonly correlationId: Uuid;
}

/** An event of a rotation on its way into the log. Each is a command of its own, which the arrival has caused. */
export function newTurnEvent(
  event: RotationEvent,
  { actor, commandId: causationId, correlationId }: Cause,
  at: Instant,
  settingsRevision: Revision,
): NewEvent {
  const commandId = commandIdOf(event);
  const when = { recordedAt: at, occurredAt: at, settingsRevision };
  return {
    id: deriveId(commandId, event.type),
    event,
    metadata: { actor, commandId, correlationId, causationId, ...when },
  };
}

function commandIdOf(event: RotationEvent): Uuid {
  switch (event.type) {
    case 'RotationTurnTaken':
      return event.data.turnId;
    case 'RotationTurnReturned':
      return deriveId(event.data.turnId, 'returned');
    case 'RotationSettled':
      return crypto.randomUUID();
  }
}
