import type { Revision } from '../kernel/ids.js';

/**
 * A place in the log, by an event in its stream. Unlike a position it stays the same in a copy of the log. `null`: before the first event.
 */
export type LogPlace = { readonly stream: string; readonly revision: Revision } | null;
