import { type Static, Type } from '@sinclair/typebox';
import type { Leadledger } from '../composition/leadledger.js';
import { type FedEvent, fed } from '../events/event-feed.js';
import { closed, LIMIT, optional } from '../http/schemas.js';
import type { Listed } from './page-of.js';

export const HISTORY_QUERY = closed({
  before: optional(
    Type.Integer({
      minimum: 0,
      maximum: Number.MAX_SAFE_INTEGER,
      description: 'Changes before this revision; the latest when left out.',
    }),
  ),
  limit: LIMIT,
});
export type HistoryQuery = Static<typeof HISTORY_QUERY>;

export interface History extends Listed<FedEvent> {
  /** Give it as `before` to go on. */
  readonly before?: number;
}

/** The changes of one stream, newest first; none of a stream that is not there. */
export async function historyOf(
  { stores }: Leadledger,
  stream: string,
  { before, limit = 50 }: HistoryQuery,
): Promise<History> {
  if (before === 0) return { items: [] };
  const { events } = await stores.log.readStream({
    ...{ stream, direction: 'backwards', limit },
    ...(before !== undefined && { from: before - 1 }),
  });
  const last = events.at(-1)?.revision ?? 0;
  return { items: events.map(fed), ...(last > 0 && { before: last }) };
}
