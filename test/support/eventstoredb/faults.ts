/** What goes wrong in a stand-in. Each can be switched while it runs. */
export interface Faults {
  /**
   * - `held`: all is well
   * - `losing`: an append times out after 2 s and is stored all the same once the quorum is held again
   * - `lost`: appends are refused, "Server Is Not Ready"
   */
  quorum: 'held' | 'losing' | 'lost';
  /** This node follows: calls that require the leader are sent there, others are answered as the leader would. */
  leader: { readonly host: string; readonly port: number } | undefined;
  /** So many appends find that somebody was quicker: another event went into their stream just before. */
  races: number;
  /** So many appends are stored without an answer. */
  lostAnswers: number;
  /** So many appends are stored, and then every connection breaks off before the answer. */
  dropsAfterStoring: number;
  /** Milliseconds from an append's arrival to its answer. */
  commitMs: number;
}

export function noFaults(): Faults {
  return {
    quorum: 'held',
    leader: undefined,
    races: 0,
    lostAnswers: 0,
    dropsAfterStoring: 0,
    commitMs: 1,
  };
}
