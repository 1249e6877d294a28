import {
  checkFilter,
  type Filter,
  type Instant,
  type KindOf,
  parseInstant,
  resolveFilter,
  type Settings,
} from '#crm';
import { type Document, InvalidCursor, type Page } from '#read-store';
import type { Paging } from './query-context.js';

/** A filter of a list's caller, ready to be asked. */
export interface AskedFilter {
  readonly filter: Filter;
  /** The fields that it names. */
  readonly fields: ReadonlySet<string>;
  /** Where the page before ended, for the store. */
  readonly cursor?: string;
  /** The page with a `next` that goes on with the same question. */
  page<Doc extends Document>(found: Page<Doc>): Page<Doc>;
}

/**
 * Resolves a filter against the clock and the installation's time zone. One that is relative to now is asked on every page as of the moment of
 * the first, which its cursors carry in front: pages would not fit together otherwise.
 * @throws InvalidFilter, InvalidCursor
 */
export function askFilter(
  { filter = {}, cursor }: Pick<Paging, 'cursor'> & { readonly filter?: Filter },
  kindOf: KindOf,
  { settings, now }: { readonly settings: Settings; readonly now: Instant },
): AskedFilter {
  const [stored, asOf] = cursor === undefined ? [] : readCursor(cursor);
  const relativeTo = { now: asOf ?? now, timeZone: settings.timeZone };
  const { fields, relative } = checkFilter(filter, { kindOf, relativeTo });
  return {
    filter: resolveFilter(filter, { ...relativeTo, kindOf }),
    fields,
    ...(stored !== undefined && { cursor: stored }),
    page: ({ documents, next }) => ({
      documents,
      ...(next !== undefined && { next: relative ? writeCursor(next, relativeTo.now) : next }),
    }),
  };
}

/** Cursors of stores have no dot in them. */
function writeCursor(stored: string, now: Instant): string {
  return `${Date.parse(now).toString(36)}.${stored}`;
}

function readCursor(cursor: string): readonly [stored: string, asOf?: Instant] {
  const [mark = '', stored, ...others] = cursor.split('.');
  if (stored === undefined) return [cursor];
  const at = Number.parseInt(mark, 36);
  const asOf = /^[0-9a-z]{1,9}$/.test(mark) ? parseInstant(new Date(at).toISOString()) : undefined;
  if (asOf === undefined || others.length > 0) throw new InvalidCursor();
  return [stored, asOf];
}
