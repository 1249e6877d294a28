import type { DomainEvent, Uuid } from '#crm';
import type { EventLog, ExpectedRevision, NewEvent } from '#event-store';

export type Metadata = NewEvent['metadata'];

interface Stream {
  readonly revision: number;
  readonly keyId?: Uuid;
}

/** Appends in large concurrent groups, each stream in its own order. */
export interface LogWriter {
  append(stream: string, events: readonly DomainEvent[], metadata: Metadata): void;
  /** Waits for everything appended so far. */
  flush(): Promise<void>;
  /** No more events of the stream will come. */
  forget(stream: string): void;
  readonly events: number;
}

/** @param newId ids for the events */
export function createLogWriter(log: EventLog, newId: () => Uuid): LogWriter {
  const streams = new Map<string, Stream>();
  const ended = new Set<string>();
  let pending = new Map<string, Promise<void>>();
  let events = 0;

  async function store(stream: string, appended: readonly NewEvent[]): Promise<void> {
    const before = streams.get(stream);
    const expected: ExpectedRevision = before ? before.revision : 'no_stream';
    const keyId = before?.keyId;
    const answer = await log.append({
      stream,
      expected,
      events: appended,
      ...(keyId && { keyId }),
    });
    streams.set(stream, {
      revision: answer.revision,
      ...(answer.keyId && { keyId: answer.keyId }),
    });
  }

  return {
    append(stream, decided, metadata) {
      if (decided.length === 0) return;
      const appended = decided.map((event) => ({ id: newId(), event, metadata }));
      events += appended.length;
      const before = pending.get(stream);
      const after = before ? before.then(() => store(stream, appended)) : store(stream, appended);
      pending.set(stream, after);
    },
    async flush() {
      const group = pending;
      pending = new Map();
      await Promise.all(group.values());
      for (const stream of ended) streams.delete(stream);
      ended.clear();
    },
    forget: (stream) => ended.add(stream),
    get events() {
      return events;
    },
  };
}
