import type { Uuid } from '#crm';

/** The part of an outcome that a repeated command is answered from. */
export interface Outcome {
  readonly revision: number;
  readonly position: number;
  readonly commandHash?: string;
}

/** A stream folded up to a revision. */
export interface Folded<State> {
  readonly state: State;
  /** -1 when the stream does not exist. */
  readonly revision: number;
  readonly position: number;
  /** The key that seals the stream's personal parts. */
  readonly keyId?: Uuid;
  /** What each command that wrote to the stream came to. */
  readonly outcomes: Map<Uuid, Outcome>;
}

/**
 * The most recently used folded streams. An entry may be stale: the expected revision of the append finds that out
 * (DESIGN.md "State cache").
 */
export class StreamCache {
  private readonly entries = new Map<string, Folded<unknown>>();

  constructor(private readonly limit: number) {}

  get<State>(stream: string): Folded<State> | undefined {
    const entry = this.entries.get(stream);
    if (!entry) return undefined;
    this.entries.delete(stream);
    this.entries.set(stream, entry);
    return entry as Folded<State>;
  }

  set(stream: string, folded: Folded<unknown>): void {
    this.entries.delete(stream);
    this.entries.set(stream, folded);
    if (this.entries.size <= this.limit) return;
    for (const oldest of this.entries.keys()) {
      this.entries.delete(oldest);
      return;
    }
  }

  evict(stream: string): void {
    this.entries.delete(stream);
  }
}
