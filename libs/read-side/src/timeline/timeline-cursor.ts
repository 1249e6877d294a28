import { createHash } from 'node:crypto';
import type { Position, Revision } from '#crm';
import { InvalidQuery } from '../queries/query-context.js';
import { readNumber, writeNumber } from './packed-numbers.js';

/** Where the next page of a timeline starts. */
export interface TimelinePlace {
  /** The newest revision not yet shown of every stream that takes part; streams shown to their first event are left out. */
  readonly revisions: ReadonlyMap<string, Revision>;
  /** Events of other streams are shown from before here on. */
  readonly before: Position;
}

/** Bytes of a hash that names a stream: a timeline of 500 streams has a cursor of some 4,000 characters. */
const WIDTHS: readonly [number, number] = [4, 16];

/**
 * The place in a few bytes for each stream.
 * @param streams all that the timeline may show
 */
export function writePlace(
  { revisions, before }: TimelinePlace,
  streams: readonly string[],
): string {
  const width = WIDTHS.find((one) => namesOf(streams, one).size === streams.length) ?? WIDTHS[1];
  const bytes = [width];
  writeNumber(bytes, before);
  for (const [stream, revision] of revisions) {
    bytes.push(...Buffer.from(nameOf(stream, width), 'hex'));
    writeNumber(bytes, revision);
  }
  return Buffer.from(bytes).toString('base64url');
}

/**
 * Reads a cursor back.
 * @param streams those that the timeline may show: a cursor that names another was not made by it
 * @throws InvalidQuery
 */
export function readPlace(cursor: string, streams: readonly string[]): TimelinePlace {
  const bytes = Buffer.from(cursor, 'base64url');
  const width = WIDTHS.find((one) => one === bytes[0]);
  if (width === undefined || bytes.toString('base64url') !== cursor) throw foreign();
  const names = namesOf(streams, width);
  const first = readNumber(bytes, 1);
  const revisions = new Map<string, Revision>();
  for (let at = first?.end; at !== undefined && at < bytes.length; ) {
    const stream = names.get(bytes.subarray(at, at + width).toString('hex'));
    const revision = readNumber(bytes, at + width);
    if (stream === undefined || !revision) throw foreign();
    revisions.set(stream, revision.value);
    at = revision.end;
  }
  if (!first) throw foreign();
  return { before: first.value, revisions };
}

function namesOf(streams: readonly string[], width: number): ReadonlyMap<string, string> {
  return new Map(streams.map((stream) => [nameOf(stream, width), stream]));
}

function nameOf(stream: string, width: number): string {
  return createHash('sha256')
    .update(stream)
    .digest('hex')
    .slice(0, 2 * width);
}

function foreign(): InvalidQuery {
  return new InvalidQuery('cursor', 'it does not belong to this timeline');
}
