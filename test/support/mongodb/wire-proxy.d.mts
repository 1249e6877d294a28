/** What becomes of a command: a document answers it; undefined passes it on. */
export type ProxyAnswer =
  | Readonly<Record<string, unknown>>
  | 'hang up'
  | 'lose the reply'
  | undefined;

export interface WireProxyOptions {
  /** The MongoDB behind it. */
  readonly target?: URL;
  /** Called for every command, with its document. */
  readonly onCommand?: (command: Readonly<Record<string, unknown>>) => ProxyAnswer;
}

/** A proxy that runs. */
export interface WireProxy {
  readonly url: string;
  readonly port: number;
  /** Names of the commands seen but heartbeats, in order. Each is a round trip. */
  readonly commands: string[];
  onCommand: NonNullable<WireProxyOptions['onCommand']>;
  stop(): Promise<void>;
}

export function startWireProxy(options: WireProxyOptions): Promise<WireProxy>;

/** What a server of MongoDB's announces. */
export const HELLO: Readonly<Record<string, number | boolean>>;
