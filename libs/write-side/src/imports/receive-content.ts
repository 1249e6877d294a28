import type { Delimiter } from '#crm';
import type { ReceivedUpload, Uploads } from '#file-store';
import { ContentScan, type ScannedContent } from './content-scan.js';

/** A file that has arrived but has not been taken yet. */
export interface ReceivedContent extends ScannedContent, ReceivedUpload {}

/**
 * Stores a file as it arrives, looking at it on the way. Nothing is held but the chunk at hand.
 * @throws ContentProblem, and whatever the source throws; nothing stays behind
 */
export async function receiveContent(
  uploads: Uploads,
  source: AsyncIterable<Uint8Array>,
  delimiter: Delimiter | undefined,
): Promise<ReceivedContent> {
  const scan = new ContentScan(delimiter);
  async function* scanned() {
    for await (const chunk of source) {
      const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      scan.update(bytes);
      yield bytes;
    }
  }
  const upload = await uploads.receive(scanned());
  try {
    return { ...scan.finish(), ...upload };
  } catch (error) {
    await upload.discard();
    throw error;
  }
}
