import { type Filter, type Instant, matches, type Position, type Settings } from '#crm';
import type { EventLog } from '#event-store';
import type { Document, Page, ReadStore } from '#read-store';
import type { ReadModels } from '../engine/engine.port.js';

/** What every query is given. */
export interface QueryContext {
  readonly log: EventLog;
  readonly readStore: ReadStore;
  readonly models: ReadModels;
  /** Settings as of now. */
  readonly settings: () => Promise<Settings>;
  /** What filters that are relative to now go by. */
  readonly now: () => Instant;
}

/** What the caller may see of a record type, from `scopeFilter` of #access. */
export type Access = Filter | 'all' | 'none';

/** Page sizes of lists. */
const PAGE_LIMITS = { default: 50, most: 200 } as const;

export interface Paging {
  /** 1 to 200. Default 50. */
  readonly limit?: number;
  /** The `next` of the page before, under the same query. */
  readonly cursor?: string;
}

/** The query names something that it cannot be asked. `path` is the parameter: `sort`, `limit`, `asOf`. */
export class InvalidQuery extends Error {
  constructor(
    readonly path: string,
    readonly why: string,
  ) {
    super(`Invalid ${path}: ${why}.`);
    this.name = 'InvalidQuery';
  }
}

/** @throws InvalidQuery */
export function limitOf({ limit = PAGE_LIMITS.default }: Paging): number {
  if (Number.isInteger(limit) && limit >= 1 && limit <= PAGE_LIMITS.most) return limit;
  throw new InvalidQuery('limit', `it is a whole number from 1 to ${PAGE_LIMITS.most}`);
}

/** The filter within the caller's access, or undefined when nothing can match. */
export function within(access: Access, ...filters: readonly Filter[]): Filter | undefined {
  if (access === 'none') return undefined;
  const parts = access === 'all' ? filters : [access, ...filters];
  const some = parts.filter((part) => Object.keys(part).length > 0);
  return some.length === 1 && some[0] ? some[0] : some.length === 0 ? {} : { $and: some };
}

/** Whether the caller may see a document. */
export function maySee(access: Access, document: Document): boolean {
  return access === 'all' || (access !== 'none' && matches(access, document));
}

export const EMPTY_PAGE: Page<never> = { documents: [] };

/** A moment to look back at: by when it happened, by when it was recorded, or by position. */
export type AsOf =
  | { readonly at: string; readonly by?: 'occurredAt' | 'recordedAt' }
  | { readonly position: Position };
