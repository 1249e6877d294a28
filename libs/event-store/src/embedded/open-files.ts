import { closeSync } from 'node:fs';

/**
 * Descriptors on database files that this process has read by itself. POSIX drops all locks of a process on a file when it closes any
 * descriptor of it, those of SQLite's connections too, so they are closed only when no store of the folder is open here.
 */
interface Held {
  stores: number;
  readonly descriptors: number[];
}

const byFolder = new Map<string, Held>();

export interface OpenFiles {
  keep(descriptor: number): void;
  /** To be called once, after the connections were closed. */
  release(): void;
}

export function holdFiles(folder: string): OpenFiles {
  const held = byFolder.get(folder) ?? { stores: 0, descriptors: [] };
  byFolder.set(folder, held);
  held.stores += 1;
  return {
    keep: (descriptor) => held.descriptors.push(descriptor),
    release: () => {
      held.stores -= 1;
      if (held.stores > 0) return;
      byFolder.delete(folder);
      for (const descriptor of held.descriptors) closeSync(descriptor);
    },
  };
}
