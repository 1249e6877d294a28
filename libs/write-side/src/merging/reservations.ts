import {
  type DomainEvent,
  mergeEvent,
  type RecordRef,
  type RecordState,
  type Reservation,
  recordStream,
  type Standing,
  type Uuid,
  verdictOf,
} from '#crm';
import { type Envelope, processAuthority } from '../execution/envelope.js';
import type { Executor, Target } from '../execution/executor.js';
import type { Hold } from '../execution/hold.js';
import { type AnyRecordState, recordTarget } from '../records/record-target.js';

export interface ReservationsOptions {
  readonly executor: Executor;
  /** How long a merge may take to decide before it is given up by whoever waits for it, in milliseconds. */
  readonly patienceMs?: number;
  /** Finishes a merge that was decided. */
  readonly complete: (deciding: RecordRef, mergeId: Uuid) => Promise<unknown>;
}

/** A record has changed since the merge was planned: plan again. */
export class Outdated extends Error {}

export interface Reservations {
  /**
   * Holds the records at the revisions where they were planned on, in one fixed order for all, so that two merges never wait for each
   * other in a ring. From then on nobody else changes them until the merge is decided.
   * @throws Outdated when one has changed, or the attempt was given up by others; what was held is let go
   */
  hold(
    standing: readonly Standing<RecordState>[],
    reservation: Reservation,
    envelope: Envelope,
    /** What a record is held with that the others are not. */
    heldWith?: (record: RecordRef) => Reservation,
  ): Promise<void>;
  /** Lets the records go that the attempt holds. */
  letGo(records: readonly RecordRef[], reservation: Reservation): Promise<void>;
  /** Waits until the merge that holds the record is decided, or makes sure that it never will be. The record is free then. */
  settle(hold: Hold): Promise<void>;
}

/**
 * Records held for merges. A hold is an event on the record's own stream, so that whoever writes there next, in whatever process, meets it
 * at the revision that the append expects.
 */
export function createReservations(options: ReservationsOptions): Reservations {
  const { executor, complete, patienceMs = 2_000 } = options;

  async function holdOne(
    { state, revision: planned }: Standing<RecordState>,
    reservation: Reservation,
    envelope: Envelope,
  ): Promise<void> {
    const target = targetFor(state, reservation.token);
    await executor.execute(target, aside(envelope), (current, _context, revision) => {
      if (current.reservation?.token === reservation.token) return [];
      if (revision !== planned || current.releasedTokens.includes(reservation.token)) {
        throw new Outdated();
      }
      return [mergeEvent(current, 'MergeReserved', reservation)];
    });
  }

  /** Also says on the deciding record's stream that the attempt is over, when that is the record. */
  async function release(record: RecordRef, { token, mergeId }: Reservation): Promise<void> {
    await executor.execute(targetFor(record, token), ofProcess(mergeId), (state) =>
      state.reservation?.token === token
        ? [mergeEvent(state, 'MergeReservationReleased', { token, mergeId })]
        : [],
    );
  }

  async function giveUp(reservation: Reservation): Promise<void> {
    const { deciding, token, mergeId } = reservation;
    await executor.execute(targetFor(deciding, token), ofProcess(mergeId), (state) =>
      verdictOf(state, reservation) === 'open'
        ? [mergeEvent(state, 'MergeReservationReleased', { token, mergeId })]
        : [],
    );
  }

  return {
    async hold(standing, reservation, envelope, heldWith = () => reservation) {
      const held: RecordRef[] = [];
      try {
        for (const one of inFixedOrder(standing)) {
          await holdOne(one, heldWith(one.state), envelope);
          held.push(one.state);
        }
      } catch (error) {
        await this.letGo(held, reservation);
        throw error;
      }
    },
    async letGo(records, reservation) {
      for (const record of records) await release(record, reservation);
    },
    async settle({ record, reservation }) {
      const { deciding } = reservation;
      for (let waited = 0; ; ) {
        const { state } = await executor.load(recordTarget(deciding.type, deciding.id));
        const verdict = verdictOf(state, reservation);
        if (verdict === 'committed') {
          await complete(deciding, reservation.mergeId);
          return;
        }
        if (verdict === 'given-up') return release(record, reservation);
        const { state: waiting } = await executor.load(recordTarget(record.type, record.id));
        if (waiting.reservation?.token !== reservation.token) return;
        if (waited >= patienceMs) {
          await giveUp(reservation);
          continue;
        }
        const step = 2 + Math.random() * Math.min(50, 4 + waited / 4);
        await new Promise((resolve) => setTimeout(resolve, step));
        waited += step;
      }
    },
  };
}

function targetFor({ type, id }: RecordRef, token: Uuid): Target<AnyRecordState, DomainEvent> {
  return recordTarget(type, id, { passes: (reservation) => reservation.token === token });
}

function inFixedOrder(
  standing: readonly Standing<RecordState>[],
): readonly Standing<RecordState>[] {
  const stream = ({ state }: Standing<RecordState>) => recordStream(state.type, state.id);
  return standing.toSorted((left, right) => (stream(left) < stream(right) ? -1 : 1));
}

/** Every hold is a command of its own: a merge that plans again holds again. */
function aside({ authority, correlationId, commandId }: Envelope): Envelope {
  const id = crypto.randomUUID();
  return { authority, correlationId, causationId: commandId, commandId: id, fresh: true };
}

function ofProcess(mergeId: Uuid): Envelope {
  const commandId = crypto.randomUUID();
  return {
    authority: processAuthority('merging'),
    commandId,
    correlationId: mergeId,
    fresh: true,
  };
}
