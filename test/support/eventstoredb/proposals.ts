import type { Proposed } from './log.js';
import { nameOf, type shared, type streams } from './messages.js';
import { invalid, type Status, THROWN } from './status.js';
import { NIL, uuidOf } from './uuids.js';

/** What is wrong with a proposed event: how `BatchAppend` words it, and how `Append` ends. */
export interface Fault {
  readonly badRequest: string;
  readonly status: Status;
}

/** Largest sum of data bytes of one append. */
export const MAX_APPEND_BYTES = 1_048_576;

const REQUIRED = ['type', 'content-type'] as const;

export function readProposal(
  message: streams.AppendReq.ProposedMessage | streams.BatchAppendReq.ProposedMessage,
): Proposed | Fault {
  const given = message.getId();
  if (!given) return fault("Value cannot be null. (Parameter 'dto')");
  const id = uuidOf(given);
  if (id === undefined) return fault('Unrecognized Guid format.');
  if (id === NIL) return fault("Empty eventId provided. (Parameter 'eventId')");
  const keys = message.getMetadataMap();
  const missing = REQUIRED.find((key) => !keys.has(key));
  if (missing) {
    return fault('The given key was not present in the dictionary.', {
      ...invalid(`Required Metadata Property '${missing}' is missing`),
      trailers: {
        exception: 'missing-required-metadata-property',
        'required-metadata-properties': REQUIRED.join(','),
      },
    });
  }
  const type = keys.get('type') as string;
  if (type === '') return fault("Empty eventType provided. (Parameter 'eventType')");
  return {
    id,
    type,
    json: keys.get('content-type') === 'application/json',
    data: message.getData_asU8(),
    metadata: message.getCustomMetadata_asU8(),
  };
}

/** The name in an identifier, or the fault of a request that has none. */
export function readStreamName(identifier: shared.StreamIdentifier | undefined): string | Fault {
  if (!identifier) return fault('Object reference not set to an instance of an object.');
  return nameOf(identifier) || fault("Value cannot be null. (Parameter 'value')");
}

function fault(badRequest: string, status = THROWN): Fault {
  return { badRequest, status };
}
