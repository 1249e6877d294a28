import {
  type AnyRecordState,
  type DomainEvent,
  deciderOf,
  type RecordType,
  type Reservation,
  recordStream,
  type Uuid,
} from '#crm';
import type { Target } from '../execution/executor.js';

export interface RecordTargetOptions {
  readonly unborn?: boolean;
  /** Whether a merge that holds the record lets this command pass: it is one of its own. */
  readonly passes?: (reservation: Reservation) => boolean;
}

/** The stream of one record and how it folds. */
export function recordTarget(
  type: RecordType,
  id: Uuid,
  { unborn = false, passes = () => false }: RecordTargetOptions = {},
): Target<AnyRecordState, DomainEvent> {
  const decider = deciderOf(type);
  return {
    stream: recordStream(type, id),
    unborn,
    initial: () => decider.initial(id),
    evolve: (state, event) => decider.evolve(state, event),
    ...(decider.followUp && { followUp: decider.followUp }),
    heldBy: ({ reservation }) =>
      reservation && !passes(reservation) ? { record: { type, id }, reservation } : undefined,
  };
}
