export { WireServerMissing } from './prepare.mjs';

/** A wire server that runs. */
export interface WireServer {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Ends it in good order: a file holds everything that was acknowledged. */
  stop(): Promise<void>;
  /** Ends it as a power cut would. A file may lose its last second, and hold half-changed documents. */
  kill(): Promise<void>;
}

export interface WireServerOptions {
  /** An H2 file to keep the data in. Default: memory. */
  readonly file?: string;
  /** Default: any free one. */
  readonly port?: number;
}

export function startWireServer(options?: WireServerOptions): Promise<WireServer>;
