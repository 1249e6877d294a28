/** A stand-in that runs as a process of its own. */
export interface StandInProcess {
  /** For the client. */
  readonly url: string;
  readonly pid: number;
  /** Switches what goes wrong: see `startControl`. */
  command(name: string, body?: Readonly<Record<string, unknown>>): Promise<unknown>;
  stop(): Promise<void>;
}

export function startStandInProcess(): Promise<StandInProcess>;
