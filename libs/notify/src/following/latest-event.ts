import type { DomainEvent, Instant, Recorded, Revision } from '#crm';
import type { EventLog } from '#event-store';
import type { IdSource } from '#platform';
import type { SettingsSource } from '#write-side';

/** A stream whose last event tells all. It may have grown long, and is never read from its beginning. */
export interface LatestEvent<Event extends DomainEvent> {
  /** The last event, undefined when there is none. What is written next goes after it. */
  read(): Promise<Recorded<Event> | undefined>;
  /** @throws WrongExpectedRevision somebody else has written since the last was read */
  write(event: Event): Promise<void>;
}

export interface LatestEventOptions {
  readonly log: EventLog;
  readonly settings: SettingsSource;
  readonly now: () => Instant;
  readonly ids: IdSource;
  /** Who writes. */
  readonly process: string;
}

/** The last event of such a stream, for who only looks; undefined when there is none. */
export async function lastEventIn<Event extends DomainEvent>(
  log: EventLog,
  stream: string,
): Promise<Recorded<Event> | undefined> {
  const { events } = await log.readStream({ stream, direction: 'backwards', limit: 1 });
  return events[0] as Recorded<Event> | undefined;
}

/** Reads and writes such a stream in the name of a process. */
export function createLatestEvent<Event extends DomainEvent>(
  stream: string,
  { log, settings, now, ids, process }: LatestEventOptions,
): LatestEvent<Event> {
  let revision: Revision = -1;
  return {
    async read() {
      const last = await lastEventIn<Event>(log, stream);
      revision = last?.revision ?? -1;
      return last;
    },
    async write(event) {
      const id = ids.next();
      const at = now();
      const metadata = {
        actor: { kind: 'process', id: process },
        ...{ commandId: id, correlationId: id, causationId: id },
        ...{ recordedAt: at, occurredAt: at },
        settingsRevision: settings.current().revision,
      } as const;
      const expected = revision < 0 ? 'no_stream' : revision;
      const events = [{ id, event, metadata }];
      ({ revision } = await log.append({ stream, expected, events }));
    },
  };
}
