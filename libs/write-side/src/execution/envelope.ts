import { may, type Principal, type RecordAction, type Subject } from '#access';
import { type Actor, deriveId, type Instant, type Recording, type Uuid } from '#crm';

/** On whose behalf a command is handled, and what that one may do. */
export interface Authority {
  readonly actor: Actor;
  may(action: RecordAction, subject: Subject): boolean;
}

/** A command's surroundings: who, under which identity, and on what condition. */
export interface Envelope {
  readonly authority: Authority;
  readonly commandId: Uuid;
  readonly correlationId: Uuid;
  /** The event or command that this one follows from; the command itself by default. */
  readonly causationId?: Uuid;
  /** When what the command tells happened; now by default. */
  readonly occurredAt?: Instant;
  /** The revision the caller has seen (`If-Match`): the command is refused at any other. */
  readonly ifRevision?: number;
  /** Fingerprint of the command's content, given when the caller chose the command's identity (`Idempotency-Key`). */
  readonly commandHash?: string;
  /** True when `commandId` was made for this call alone, so that no earlier event can bear it. */
  readonly fresh: boolean;
}

/** The answer to every command. */
export interface CommandResult {
  readonly id: Uuid;
  readonly revision: number;
  readonly position: number;
}

/** A signed-in user acts under the rights that their roles give. */
export function userAuthority(principal: Principal): Authority {
  return {
    actor: { kind: 'user', id: principal.userId },
    may: (action, subject) => may(principal, action, subject),
  };
}

/** A process of the product acts under its name and may do everything. */
export function processAuthority(name: string): Authority {
  return { actor: { kind: 'process', id: name }, may: () => true };
}

/**
 * The envelope of a step that follows from what somebody did: recorded as done by them, when they did it. It needs no right of its own,
 * for what it follows from was allowed as a whole. The handler, the process after a crash and whoever meets it half done may all try it
 * under the same `commandId`.
 */
export function effectEnvelope(
  { actor, occurredAt, correlationId }: Recording,
  causationId: Uuid,
  commandId: Uuid,
): Envelope {
  const authority = { actor, may: () => true };
  return { authority, commandId, correlationId, causationId, occurredAt, fresh: false };
}

/** The command under which it is recorded that all steps of a conversion, a merge or an undoing are there. */
export function completionOf(id: Uuid): Uuid {
  return deriveId(id, 'completed');
}

/** The envelope of a step beside the caller's command, which is tried anew each time that the command is. */
export function besideEnvelope({ authority, correlationId, commandId }: Envelope): Envelope {
  const id = crypto.randomUUID();
  return { authority, correlationId, causationId: commandId, commandId: id, fresh: true };
}

/** The envelope of what a process of the product does by itself about the work that `correlationId` names. */
export function processEnvelope(name: string, correlationId: Uuid): Envelope {
  const commandId = crypto.randomUUID();
  return { authority: processAuthority(name), commandId, correlationId, fresh: true };
}
