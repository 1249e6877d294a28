import type { Position, Revision } from '#crm';
import { InvalidQuery } from '../queries/query-context.js';

/** Where the next page of a timeline starts. */
export interface TimelinePlace {
  /** The newest revision not yet shown of every stream that takes part; streams shown to their first event are left out. */
  readonly revisions: ReadonlyMap<string, Revision>;
  /** Events of other streams are shown from before here on. */
  readonly before: Position;
}

/** So much of a stream's name tells it from the others of one timeline, and keeps the cursor of one with 200 of them below 8,000 characters. */
const BRIEF = 12;

export function writePlace({ revisions, before }: TimelinePlace): string {
  const brief = [...revisions].map(([stream, revision]) => [stream.slice(-BRIEF), revision]);
  return Buffer.from(JSON.stringify([before, brief])).toString('base64url');
}

/**
 * Reads a cursor back.
 * @param streams those that the timeline may show: a cursor that names another was not made by it
 * @throws InvalidQuery
 */
export function readPlace(cursor: string, streams: ReadonlySet<string>): TimelinePlace {
  const parsed = parse(cursor);
  const [before, revisions] = Array.isArray(parsed) ? parsed : [];
  if (!isWhole(before) || !Array.isArray(revisions)) throw foreign();
  const byBrief = new Map<unknown, string>([...streams].map((one) => [one.slice(-BRIEF), one]));
  const entries = revisions.map((entry): [string, number] => {
    const [brief, revision] = Array.isArray(entry) ? entry : [];
    const stream = byBrief.get(brief);
    if (stream === undefined || !isWhole(revision)) throw foreign();
    return [stream, revision];
  });
  return { before, revisions: new Map(entries) };
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function foreign(): InvalidQuery {
  return new InvalidQuery('cursor', 'it does not belong to this timeline');
}
