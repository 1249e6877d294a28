import type { ImportState, Uuid } from '#crm';

/**
 * The name under which an import's file is kept. The hash is part of it: of two files sent for one import at once, that counts whose
 * hash was recorded.
 */
export function uploadName(id: Uuid, sha256: string): string {
  return `${id}.${sha256}.csv`;
}

/** Of an import that has its file. */
export function uploadOf({ id, file }: ImportState): string | undefined {
  return file && uploadName(id, file.sha256);
}
