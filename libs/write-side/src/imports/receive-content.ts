import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Delimiter, Uuid } from '#crm';
import { ContentScan, type ScannedContent } from './content-scan.js';

/** Where an import's file is kept until it is done. */
export function importFile(folder: string, id: Uuid): string {
  return join(folder, `${id}.csv`);
}

/** Throws away what a process that was killed left: files whose import is over, or that never arrived whole. */
export async function clearLeftovers(folder: string, inUse: readonly Uuid[]): Promise<void> {
  const files = await readdir(folder).catch(() => []);
  const kept = new Set(inUse.map((id) => `${id}.csv`));
  for (const file of files) if (!kept.has(file)) await rm(join(folder, file), { force: true });
}

/** A file that has arrived but has not been taken yet. */
export interface ReceivedContent extends ScannedContent {
  readonly path: string;
  /** Puts it in its place, durably. */
  keep(): Promise<void>;
  /** Throws it away, unless it was kept. */
  discard(): Promise<void>;
}

/**
 * Writes a file beside its place as it arrives, looking at it on the way. Nothing is held but the chunk at hand.
 * @throws ContentProblem, and whatever the source throws; nothing stays behind
 */
export async function receiveContent(
  folder: string,
  id: Uuid,
  source: AsyncIterable<Uint8Array>,
  delimiter: Delimiter | undefined,
): Promise<ReceivedContent> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `${id}.${randomUUID()}.part`);
  const scan = new ContentScan(delimiter);
  const discard = () => rm(path, { force: true });
  try {
    const file = await open(path, 'wx', 0o600);
    try {
      for await (const chunk of source) {
        const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
        scan.update(bytes);
        await file.writeFile(bytes);
      }
      await file.sync();
    } finally {
      await file.close();
    }
    const scanned = scan.finish();
    const keep = async () => {
      await rename(path, importFile(folder, id));
      await syncFolder(dirname(path));
    };
    return { ...scanned, path, keep, discard };
  } catch (error) {
    await discard();
    throw error;
  }
}

async function syncFolder(folder: string): Promise<void> {
  // Windows does not open folders.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
