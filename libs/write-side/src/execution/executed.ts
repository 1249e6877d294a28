/** What came of a command on one stream. */
export interface Executed<State> {
  readonly state: State;
  /** Of the command's last event; of the stream's last when it decided nothing. */
  readonly revision: number;
  readonly position: number;
  /** The command had been carried out before; nothing was written now. */
  readonly repeated: boolean;
}
