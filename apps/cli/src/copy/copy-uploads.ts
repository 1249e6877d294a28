import type { Uploads } from '#file-store';

/** Copies the files of imports that are not over, so that they can be gone on with. Their names tell their contents apart. */
export async function copyUploads(source: Uploads, target: Uploads): Promise<void> {
  for await (const name of source.names()) {
    const there = await target.open(name);
    there?.destroy();
    const content = there ? undefined : await source.open(name);
    if (!content) continue;
    const received = await target.receive(content);
    await received.keep(name);
    await received.discard();
  }
}
