import {
  type AnyRecordState,
  type DomainEvent,
  type RecordRef,
  type RecordState,
  Refusal,
  type Reservation,
  recordEvent,
  recordStream,
  type Standing,
  type Uuid,
  verdictOf,
} from '#crm';
import { besideEnvelope, type Envelope, processEnvelope } from '../execution/envelope.js';
import type { Executor, Target } from '../execution/executor.js';
import type { Hold } from '../execution/hold.js';
import { Outdated } from '../execution/outdated.js';
import { recordTarget } from '../records/record-target.js';

export interface ReservationsOptions {
  readonly executor: Executor;
  /** How long a merge may take to decide before it is given up by whoever waits for it, in milliseconds. */
  readonly patienceMs?: number;
  /** Finishes a merge that was decided. */
  readonly complete: (deciding: RecordRef, mergeId: Uuid) => Promise<unknown>;
}

export interface Reservations {
  /**
   * Commits while the records are held at the revisions where they were planned on: nobody else changes them until it is decided. They
   * are held in one fixed order for all, so that two merges never wait for each other in a ring, and let go when it is refused.
   * @throws Outdated when one has changed, or the attempt was given up by others; and what `commit` throws
   */
  commitHeld<Result>(
    standing: readonly Standing<RecordState>[],
    reservation: Reservation,
    envelope: Envelope,
    commit: () => Promise<Result>,
    /** What a record is held with that the others are not. */
    heldWith?: (record: RecordRef) => Reservation,
  ): Promise<Result>;
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
    // Every hold is a command of its own: a merge that plans again holds again.
    await executor.execute(target, besideEnvelope(envelope), (current, _context, revision) => {
      if (current.reservation?.token === reservation.token) return [];
      if (revision !== planned || current.releasedTokens.includes(reservation.token)) {
        throw new Outdated();
      }
      return [recordEvent(current, 'MergeReserved', reservation)];
    });
  }

  /** Also says on the deciding record's stream that the attempt is over, when that is the record. */
  async function release(record: RecordRef, { token, mergeId }: Reservation): Promise<void> {
    await executor.execute(
      targetFor(record, token),
      processEnvelope('merging', mergeId),
      (state) =>
        state.reservation?.token === token
          ? [recordEvent(state, 'MergeReservationReleased', { token, mergeId })]
          : [],
    );
  }

  async function giveUp(reservation: Reservation): Promise<void> {
    const { deciding, token, mergeId } = reservation;
    await executor.execute(
      targetFor(deciding, token),
      processEnvelope('merging', mergeId),
      (state) =>
        verdictOf(state, reservation) === 'open'
          ? [recordEvent(state, 'MergeReservationReleased', { token, mergeId })]
          : [],
    );
  }

  return {
    async commitHeld(standing, reservation, envelope, commit, heldWith = () => reservation) {
      const held: RecordRef[] = [];
      const letGo = async () => {
        for (const record of held) await release(record, reservation);
      };
      try {
        for (const one of inFixedOrder(standing)) {
          await holdOne(one, heldWith(one.state), envelope);
          held.push(one.state);
        }
      } catch (error) {
        await letGo();
        throw error;
      }
      try {
        return await commit();
      } catch (error) {
        // Of any other failure it is not known whether it was committed: whoever meets what is held finds out.
        if (error instanceof Outdated || error instanceof Refusal) await letGo();
        throw error;
      }
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
