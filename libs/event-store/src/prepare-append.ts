import { isUuid, type Uuid } from '#crm';
import { AppendTooLarge, InvalidAppend } from './errors.js';
import {
  type Append,
  type EventData,
  type ExpectedRevision,
  MAX_APPEND_BYTES,
  MAX_METADATA_BYTES,
} from './event-store.port.js';

/** An event as text, ready to be sent or stored. */
export interface PreparedEvent {
  readonly id: Uuid;
  readonly type: string;
  readonly data: string;
  readonly metadata: string;
}

export interface PreparedAppend {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly events: readonly PreparedEvent[];
}

/** Longest stream name and event type, in UTF-16 units. */
const MAX_NAME_LENGTH = 200;

const NIL = '00000000-0000-0000-0000-000000000000';
// A lone surrogate has no UTF-8 form: it would come back as another name than was given.
const UNPRINTABLE = /[\p{Cc}\p{Cs}]/u;

/**
 * Checks an append against what every adapter promises to refuse, and writes its parts as JSON. An event that JSON cannot
 * hold, a bad id or an empty type must never reach a server: some do not answer at all then.
 *
 * @throws InvalidAppend
 * @throws AppendTooLarge
 */
export function prepareAppend(append: Append): PreparedAppend {
  const stream = checkStream(append.stream);
  const refuse = (why: string): never => {
    throw new InvalidAppend(stream, why);
  };
  if (append.expected !== 'no_stream' && !isRevision(append.expected)) {
    refuse('the expected revision is neither no_stream nor a whole number from 0');
  }
  if (!Array.isArray(append.events) || append.events.length === 0) refuse('it has no event');
  const events = append.events.map((event, index) =>
    prepareEvent(event, (why) => refuse(`event ${index} ${why}`)),
  );
  checkSize(
    stream,
    events.map(({ data }) => data),
    MAX_APPEND_BYTES,
  );
  checkSize(
    stream,
    events.map(({ metadata }) => metadata),
    MAX_METADATA_BYTES,
  );
  return { stream, expected: append.expected, events };
}

function checkSize(stream: string, texts: readonly string[], limit: number): void {
  // A UTF-16 unit has at most 3 bytes as UTF-8, so most need no counting.
  const units = texts.reduce((sum, text) => sum + text.length, 0);
  if (3 * units <= limit) return;
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  if (bytes > limit) throw new AppendTooLarge(stream, bytes, limit);
}

/** @throws InvalidAppend no stream may have this name */
export function checkStream(stream: unknown): string {
  const why = nameFault(stream);
  if (typeof stream === 'string' && why === undefined) return stream;
  throw new InvalidAppend('a stream', `its name ${why}`);
}

function prepareEvent(event: EventData, refuse: (why: string) => never): PreparedEvent {
  if (!isUuid(event?.id) || event.id === NIL) refuse('has an id that is not a lower-case UUID');
  const fault = nameFault(event.type);
  if (fault !== undefined) refuse(`has a type that ${fault}`);
  return {
    id: event.id,
    type: event.type,
    data: toJsonObject(event.data) ?? refuse('has data that is not a JSON object'),
    metadata: toJsonObject(event.metadata) ?? refuse('has metadata that is not a JSON object'),
  };
}

/** `$` in front is EventStoreDB's mark of its own streams and events. */
function nameFault(name: unknown): string | undefined {
  if (typeof name !== 'string' || name === '') return 'is empty';
  if (name.length > MAX_NAME_LENGTH) return `has more than ${MAX_NAME_LENGTH} characters`;
  if (name.startsWith('$')) return 'starts with $';
  if (UNPRINTABLE.test(name)) return 'has a control character';
  return undefined;
}

function toJsonObject(value: unknown): string | undefined {
  try {
    const text = JSON.stringify(value);
    return typeof text === 'string' && text.startsWith('{') ? text : undefined;
  } catch {
    // A bigint, a circle, or nesting too deep to write.
    return undefined;
  }
}

function isRevision(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
