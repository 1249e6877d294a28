import type { EventDefinition, EventMetadata, JsonObject, Recorded, Uuid } from '#crm';
import { InvalidAppend, SealBroken, UnknownEventType } from '../errors.js';
import type { Logged, NewEvent } from '../event-log.port.js';
import type { EventData, StoredEvent } from '../event-store.port.js';
import type { DataKey } from '../key-ring/key-ring.port.js';
import {
  mergePersonal,
  type PersonalValues,
  SEALED,
  splitPersonal,
  withoutSeal,
} from './personal-parts.js';
import { type Registry, upcast } from './registry.js';
import { seal, unseal } from './seal.js';

/** An event split, before it is known which key seals it. */
export interface Drafted {
  readonly source: NewEvent;
  readonly readable: JsonObject;
  readonly version: number;
  /** The personal part as text; absent when there is none. */
  readonly personal?: string;
}

/**
 * The first half of encoding: which part is personal.
 *
 * @throws UnknownEventType
 * @throws InvalidAppend the personal part cannot be written as JSON
 */
export function draft(registry: Registry, stream: string, source: NewEvent): Drafted {
  const { type, data } = source.event;
  const definition = registry.find(type);
  if (!definition) throw new UnknownEventType(type);
  const { version } = definition;
  const { readable, personal } = splitPersonal((data ?? {}) as JsonObject, definition.personal);
  if (!personal) return { source, readable: data as JsonObject, version };
  try {
    return { source, readable, version, personal: JSON.stringify(personal) };
  } catch {
    throw new InvalidAppend(stream, `an event of type ${type} has data that is not JSON`);
  }
}

/** The second half: the personal part sealed with the key, which is needed when there is one. */
export function encode(stream: string, drafted: Drafted, key: DataKey | undefined): EventData {
  const { source, readable, version, personal } = drafted;
  const { id } = source;
  const { type } = source.event;
  const metadata = { ...source.metadata, schemaVersion: version };
  if (personal === undefined) return { id, type, data: readable, metadata: asJson(metadata) };
  if (!key) throw new Error(`The personal part of a ${type} needs a key.`);
  const sealed = seal(personal, key, { stream, id, type });
  return {
    id,
    type,
    data: { ...readable, [SEALED]: sealed },
    metadata: asJson({ ...metadata, keyId: key.id }),
  };
}

/** The key that an event's personal part is sealed with, if it has one. */
export function keyIdOf({ metadata }: StoredEvent): Uuid | undefined {
  return typeof metadata.keyId === 'string' ? metadata.keyId : undefined;
}

/**
 * A stored event as the domain knows it now. What cannot be understood passes as it is, marked `unreadable`.
 *
 * @param key the event's key; undefined when it was deleted; `closed` to leave the personal part alone
 * @throws SealBroken
 */
export function decode(
  registry: Registry,
  stored: StoredEvent,
  key: DataKey | undefined | 'closed',
): Logged {
  const definition = registry.find(stored.type);
  if (!definition) return passed(stored, 'unknown-type');
  const version = stored.metadata.schemaVersion;
  if (!isKnownVersion(definition, version)) return passed(stored, 'unknown-version');
  const keyId = keyIdOf(stored);
  const opened = keyId === undefined ? stored.data : open(stored, key);
  const erased = keyId !== undefined && key === undefined;
  try {
    const data = version === definition.version ? opened : upcast(definition, opened, version);
    return recorded(stored, data, withoutKey(stored.metadata), erased ? { erased } : {});
  } catch {
    return passed(stored, 'upcast-failed');
  }
}

function isKnownVersion(definition: EventDefinition, version: unknown): version is number {
  if (!Number.isSafeInteger(version)) return false;
  return (version as number) >= 1 && (version as number) <= definition.version;
}

function open(stored: StoredEvent, key: DataKey | undefined | 'closed'): JsonObject {
  const { sealed, readable } = withoutSeal(stored.data);
  if (key === undefined || key === 'closed') return readable;
  const broken = (why: string) => new SealBroken(stored.stream, stored.position, why);
  if (typeof sealed !== 'string') throw broken('it is missing');
  const text = unseal(sealed, key, stored);
  if (text === undefined) throw broken('it does not open with its key');
  return mergePersonal(readable, JSON.parse(text) as PersonalValues);
}

function withoutKey({ keyId: _, ...metadata }: JsonObject): JsonObject {
  return metadata;
}

function passed(stored: StoredEvent, unreadable: Logged['unreadable']): Logged {
  return recorded(stored, stored.data, stored.metadata, { ...(unreadable && { unreadable }) });
}

function recorded(
  { id, type, stream, revision, position }: StoredEvent,
  data: JsonObject,
  metadata: JsonObject,
  marks: Pick<Logged, 'erased' | 'unreadable'>,
): Logged {
  const place = { id, stream, revision, position };
  return { type, data, ...place, metadata: asMetadata(metadata), ...marks } satisfies Recorded;
}

/** The log holds what `encode` wrote; metadata of other origin is caught by its version. */
function asMetadata(metadata: JsonObject): EventMetadata {
  return metadata as unknown as EventMetadata;
}

function asJson(metadata: object): JsonObject {
  return metadata as JsonObject;
}
