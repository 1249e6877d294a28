import type { Log, Recorded } from './log.js';
import { TOMBSTONE } from './log.js';
import { identifierOf, streams } from './messages.js';
import { stringUuid, structuredUuid } from './uuids.js';

/** How a reader wants its events. */
export interface Shape {
  readonly structuredIds: boolean;
  readonly resolveLinks: boolean;
}

const TICKS_PER_MS = 10_000n;
const LINK = '$>';
const { ReadEvent } = streams.ReadResp;

export function eventMessage(log: Log, event: Recorded, shape: Shape): streams.ReadResp {
  const read = new ReadEvent();
  const linked = shape.resolveLinks ? targetOf(log, event) : undefined;
  if (linked === undefined) read.setEvent(recordedMessage(event, shape));
  else {
    read.setLink(recordedMessage(event, shape));
    if (linked !== 'dangling') read.setEvent(recordedMessage(linked, shape));
  }
  read.setCommitPosition(String(event.position));
  const response = new streams.ReadResp();
  response.setEvent(read);
  return response;
}

function recordedMessage(event: Recorded, shape: Shape): streams.ReadResp.ReadEvent.RecordedEvent {
  const message = new ReadEvent.RecordedEvent();
  message.setId(shape.structuredIds ? structuredUuid(event.id) : stringUuid(event.id));
  message.setStreamIdentifier(identifierOf(event.stream));
  message.setStreamRevision(revisionText(event.revision));
  message.setCommitPosition(String(event.position));
  message.setPreparePosition(String(event.position));
  const keys = message.getMetadataMap();
  keys.set('type', event.type);
  keys.set('content-type', event.json ? 'application/json' : 'application/octet-stream');
  keys.set('created', String(BigInt(event.created) * TICKS_PER_MS));
  message.setData(event.data);
  message.setCustomMetadata(event.metadata);
  return message;
}

function revisionText(revision: number): string {
  return revision === TOMBSTONE ? String(2n ** 63n - 1n) : String(revision);
}

/** What a link event, `revision@stream`, points to. */
function targetOf(log: Log, event: Recorded): Recorded | 'dangling' | undefined {
  if (event.type !== LINK) return undefined;
  const [, revision, stream = ''] =
    /^(\d+)@(.+)$/.exec(Buffer.from(event.data).toString('utf8')) ?? [];
  if (revision === undefined) return undefined;
  if (log.isTombstoned(stream) || log.isSoftDeleted(stream)) return 'dangling';
  return log.stream(stream)[Number(revision)] ?? 'dangling';
}

export function checkpointMessage(commit: number, prepare: number): streams.ReadResp {
  const checkpoint = new streams.ReadResp.Checkpoint();
  checkpoint.setCommitPosition(String(commit));
  checkpoint.setPreparePosition(String(prepare));
  const response = new streams.ReadResp();
  response.setCheckpoint(checkpoint);
  return response;
}

export function confirmationMessage(id: string): streams.ReadResp {
  const confirmation = new streams.ReadResp.SubscriptionConfirmation();
  confirmation.setSubscriptionId(id);
  const response = new streams.ReadResp();
  response.setConfirmation(confirmation);
  return response;
}

export function caughtUpMessage(): streams.ReadResp {
  const response = new streams.ReadResp();
  response.setCaughtUp(new streams.ReadResp.CaughtUp());
  return response;
}

export function notFoundMessage(stream: string): streams.ReadResp {
  const notFound = new streams.ReadResp.StreamNotFound();
  notFound.setStreamIdentifier(identifierOf(stream));
  const response = new streams.ReadResp();
  response.setStreamNotFound(notFound);
  return response;
}
