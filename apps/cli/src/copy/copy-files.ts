import type { FileStore } from '#file-store';

/**
 * Copies the attached files that the target does not hold. One at a time: an attachment has at most some megabytes.
 * @returns how many files the source has
 * @throws FileDamaged a file of the source is not as it was written
 */
export async function copyFiles(
  source: FileStore,
  target: FileStore,
  onProgress: (files: number) => void,
  signal: AbortSignal,
): Promise<number> {
  let files = 0;
  for await (const sha256 of source.all()) {
    signal.throwIfAborted();
    const there = await target.get(sha256);
    there?.destroy();
    const content = there ? undefined : await source.get(sha256);
    if (content) await target.put(Buffer.concat(await content.toArray()));
    files += 1;
    onProgress(files);
  }
  return files;
}

/**
 * The first file of the source that the target does not hold.
 * @throws FileDamaged one is there and is not as it was written
 */
export async function missingFile(
  source: FileStore,
  target: FileStore,
  signal: AbortSignal,
): Promise<string | undefined> {
  for await (const sha256 of source.all()) {
    signal.throwIfAborted();
    const content = await target.get(sha256);
    if (!content) return sha256;
    // Read to its end, which tells whether it is whole.
    content.resume();
    for await (const _ of content);
  }
  return undefined;
}
