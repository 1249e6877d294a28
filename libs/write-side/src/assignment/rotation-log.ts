import {
  evolveRotation,
  NEW_ROTATION,
  type Revision,
  type RotationEvent,
  type RotationSettled,
  type RotationState,
  rotationStream,
  type Turn,
  type Uuid,
} from '#crm';
import type { EventLog, Logged } from '#event-store';

/** A turn with the place of its event in the rotation's stream. */
export type OpenTurn = Turn & { readonly revision: Revision };

type TurnEvent = Exclude<RotationEvent, RotationSettled> & { readonly revision: Revision };

/** A rotation as far as its stream was read. Changed in place by whoever holds it. */
export interface RotationLog {
  readonly ruleId: string;
  rotation: RotationState;
  /** Of the last event read; -1 for none. */
  revision: Revision;
  /** How it stood when all turns up to `upTo` were settled. */
  settled: { readonly upTo: Revision; readonly rotation: RotationState };
  /** What has happened since. */
  since: TurnEvent[];
  /** Turns taken since and not returned, by their opportunity. */
  readonly open: Map<Uuid, OpenTurn>;
}

const PAGE = 500;

/** Reads a rotation back to where it was settled last: that much, however old it is. */
export async function readRotation(log: EventLog, ruleId: string): Promise<RotationLog> {
  const read: Logged[] = [];
  let settled: Logged | undefined;
  for (let from: Revision | undefined; ; ) {
    const page = await pageBefore(log, ruleId, from);
    read.push(...page);
    settled ??= page.find(({ type }) => type === 'RotationSettled');
    const first = page.at(-1);
    const enough = settled && first && first.revision <= upToOf(settled);
    if (!first || first.revision === 0 || enough) break;
    from = first.revision - 1;
  }
  const start = settled ? (settled.data as RotationSettled['data']) : undefined;
  const upTo = start?.upTo ?? -1;
  const rotation = start?.rotation ?? NEW_ROTATION;
  const known: RotationLog = {
    ...{ ruleId, rotation, revision: upTo, since: [], open: new Map() },
    settled: { upTo, rotation },
  };
  for (const event of read.reverse()) takeIn(known, event);
  return known;
}

/** Reads what is new in a rotation. */
export async function catchUp(log: EventLog, known: RotationLog): Promise<void> {
  const stream = rotationStream(known.ruleId);
  const { events } = await log.readStream({ stream, from: known.revision + 1, sealed: true });
  for (const event of events) takeIn(known, event);
}

/** Takes in the next event of the stream; one that was taken in before changes nothing. */
export function takeIn(
  known: RotationLog,
  { type, data, revision }: Pick<Logged, 'type' | 'data' | 'revision'>,
): void {
  if (revision !== known.revision + 1) return;
  known.revision = revision;
  const event = { type, data } as RotationEvent;
  known.rotation = evolveRotation(known.rotation, event);
  switch (event.type) {
    case 'RotationTurnTaken':
      known.since.push({ ...event, revision });
      known.open.set(event.data.opportunityId, { ...event.data, revision });
      break;
    case 'RotationTurnReturned': {
      known.since.push({ ...event, revision });
      const { opportunityId, turnId } = event.data;
      if (known.open.get(opportunityId)?.turnId === turnId) known.open.delete(opportunityId);
      break;
    }
    case 'RotationSettled':
      settle(known, event.data);
  }
}

/** How the rotation stood after the event at a revision that is not settled yet. */
export function rotationAt(known: RotationLog, upTo: Revision): RotationState {
  return known.since
    .filter(({ revision }) => revision <= upTo)
    .reduce(evolveRotation, known.settled.rotation);
}

function settle(known: RotationLog, { upTo, rotation }: RotationSettled['data']): void {
  if (upTo <= known.settled.upTo) return;
  known.settled = { upTo, rotation };
  known.since = known.since.filter(({ revision }) => revision > upTo);
  for (const [id, { revision }] of known.open) if (revision <= upTo) known.open.delete(id);
}

async function pageBefore(
  log: EventLog,
  ruleId: string,
  from: Revision | undefined,
): Promise<readonly Logged[]> {
  const { events } = await log.readStream({
    ...{ stream: rotationStream(ruleId), direction: 'backwards', limit: PAGE, sealed: true },
    ...(from !== undefined && { from }),
  });
  return events;
}

function upToOf(settled: Logged): Revision {
  return (settled.data as RotationSettled['data']).upTo;
}
