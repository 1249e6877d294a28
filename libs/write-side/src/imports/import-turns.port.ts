import type { Uuid } from '#crm';

/** The right to carry an import out, among processes that share the stores. */
export interface ImportTurn {
  /** Aborted when another process may be at it. */
  readonly lost: AbortSignal;
  /** Lets the next one go on with it. */
  end(): Promise<void>;
}

/**
 * Whose turn it is with an import. A second process at it does no harm, since rows know that they were carried out, but the work is
 * done twice.
 */
export interface ImportTurns {
  /** @returns undefined while another process is at it; ask again */
  take(importId: Uuid): Promise<ImportTurn | undefined>;
}

/** Of a process that is alone: it is always its turn. */
export const ALWAYS_OURS: ImportTurns = {
  take: async () => ({ lost: new AbortController().signal, end: async () => undefined }),
};
