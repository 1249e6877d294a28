import type { Label, Recorded } from '#crm';

/** A column of a report's table. */
export interface Column {
  readonly key: string;
  readonly label: Label;
  /** `share` is 0 to 1; `count` a whole number. */
  readonly kind: 'text' | 'count' | 'share';
}

export type Cell = string | number | null;

/** What a report answers with. */
export interface Table {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly rows: readonly Readonly<Record<string, Cell>>[];
}

/**
 * A report as a fold over events: live and replayed agree because there is one fold. It looks at what is open in the
 * store only; personal parts stay sealed.
 */
export interface Report<State> {
  readonly name: string;
  readonly label: Label;
  /** Streams it looks at, by prefix. */
  readonly prefixes: readonly string[];
  initial(): State;
  /** May change `state` in place: it is the replay's own. */
  evolve(state: State, event: Recorded): State;
  table(state: State): Table;
}
