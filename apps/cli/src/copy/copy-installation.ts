import { copyKeys, copyLog, type KeyRing } from '#event-store';
import type { Installation } from '../../../api/src/composition/open-installation.js';
import { grouped, type ProgressLine } from '../progress-line.js';
import { copyFiles } from './copy-files.js';
import { copyUploads } from './copy-uploads.js';
import { describeShare } from './describe-share.js';
import { verifyCopy } from './verify-copy.js';

export interface CopyReport {
  readonly events: number;
  /** How many of them the target held before. */
  readonly before: number;
  readonly keys: number;
  readonly files: number;
  /** Documents of the read models, built from either log, that were compared. */
  readonly documents: number;
  readonly targetKeys: KeyRing;
}

/**
 * Copies an installation and verifies the copy. Keys and files first: nothing in a log may name what is not there. The target is looked
 * at before anything is written to it, and what is there already is left as it is, so that an interrupted copy goes on.
 * @throws LogsDiffer, ForeignKeyRing, CopyUnequal; what the stores throw
 */
export async function copyInstallation(
  source: Installation,
  target: Installation,
  progress: ProgressLine,
  signal: AbortSignal,
): Promise<CopyReport> {
  const sourceKeys = await source.openKeys();
  let targetKeys: KeyRing | undefined;
  let [keys, files] = [0, 0];
  const describe = describeShare();
  const { events, before, end } = await copyLog({
    source: source.events,
    target: target.target,
    signal,
    async prepare() {
      targetKeys = await target.openKeys(await sourceKeys.hashSecret());
      progress.update('Copying keys');
      keys = await copyKeys(sourceKeys, targetKeys, signal);
      const told = (count: number) => progress.update(`Copying files: ${grouped(count)}`);
      files = await copyFiles(source.files, target.files, told, signal);
      await copyUploads(source.uploads, target.uploads);
    },
    onProgress: (at) => progress.update(`Copying events: ${describe(at)}`),
  });
  if (!targetKeys) throw new Error('The keys were not copied.');
  const rings = { source: sourceKeys, target: targetKeys };
  const documents = await verifyCopy(source, target, rings, end, progress, signal);
  return { events, before, keys, files, documents, targetKeys };
}
