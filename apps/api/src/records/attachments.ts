import { type Static, Type } from '@sinclair/typebox';
import {
  type Attachment,
  deriveId,
  type FieldError,
  Refusal,
  refuseInvalid,
  type Uuid,
} from '#crm';
import type { FileStore } from '#file-store';
import { closed, line, optional } from '../http/schemas.js';

/** Limits of files that come with a command. */
const FILE_LIMITS = {
  count: 5,
  bytes: 10 * 1_048_576,
  bytesTogether: 25 * 1_048_576,
} as const;

/** What may be attached. Nothing that a browser would run. */
const MEDIA_TYPES: readonly string[] = [
  'application/pdf',
  'application/rtf',
  'application/zip',
  'application/msword',
  'application/vnd.ms-excel',
  'application/vnd.ms-powerpoint',
  'application/vnd.oasis.opendocument.presentation',
  'application/vnd.oasis.opendocument.spreadsheet',
  'application/vnd.oasis.opendocument.text',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'audio/mp4',
  'audio/mpeg',
  'audio/ogg',
  'audio/wav',
  'image/gif',
  'image/heic',
  'image/jpeg',
  'image/png',
  'image/webp',
  'message/rfc822',
  'text/csv',
  'text/plain',
  'video/mp4',
];

const FILE = closed({
  name: Type.String({ minLength: 1, maxLength: 255, format: 'line', description: 'Its name.' }),
  mediaType: line('Its media type, e.g. application/pdf.', 100),
  content: Type.String({ description: 'The content in base64.' }),
});
export type FileInput = Static<typeof FILE>;

/** Files that come with a command. */
export const ATTACHMENTS = Type.Array(FILE, {
  maxItems: FILE_LIMITS.count,
  description: 'Files: at most 5, of 10 MiB each and 25 MiB together.',
});
export const OPTIONAL_ATTACHMENTS = optional(ATTACHMENTS);

export const EXAMPLE_FILE = {
  name: 'bao-gia.txt',
  mediaType: 'text/plain',
  content: 'QsOhbyBnacOhOiAyNS4wMDAuMDAwIFZORA==',
};

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/**
 * Stores the files of a command, each under its hash, before the command that refers to them: what an event names is there.
 * Their ids derive from the command's and the record's, so that a repeated command attaches nothing twice.
 * @throws Refusal 400 with the paths, 413 `too_large`
 */
export async function storeFiles(
  store: FileStore,
  files: readonly FileInput[] = [],
  commandId: Uuid,
  recordId: Uuid,
): Promise<readonly Attachment[]> {
  const contents = readFiles(files);
  return Promise.all(
    files.map(async ({ name, mediaType }, index): Promise<Attachment> => {
      const { sha256, size } = await store.put(contents[index] ?? new Uint8Array());
      const id = deriveId(commandId, `attachment#${index}:${recordId}`);
      return { id, name: name.normalize('NFC').trim(), mediaType, size, sha256 };
    }),
  );
}

function readFiles(files: readonly FileInput[]): readonly Buffer[] {
  const errors: FieldError[] = [];
  const contents = files.map(({ name, mediaType, content }, index) => {
    const refuse = (member: string, code: string, message: string) =>
      errors.push({ path: `attachments.${index}.${member}`, code, message });
    if (/[/\\]/.test(name) || name.trim() === '' || /^\.+$/.test(name.trim())) {
      refuse('name', 'invalid_name', 'This is the name of a file, without a folder.');
    }
    if (!MEDIA_TYPES.includes(mediaType)) {
      refuse('mediaType', 'media_type_not_allowed', 'Files of this type are not taken.');
    }
    if (content.length % 4 !== 0 || !BASE64.test(content)) {
      refuse('content', 'invalid_base64', 'This is not base64.');
    } else if (content === '') {
      refuse('content', 'empty', 'The file is empty.');
    }
    return Buffer.from(content, 'base64');
  });
  refuseInvalid(errors);
  refuseTooLarge(contents);
  return contents;
}

function refuseTooLarge(contents: readonly Buffer[]): void {
  const errors: FieldError[] = contents.flatMap(({ length }, index) =>
    length <= FILE_LIMITS.bytes
      ? []
      : [{ path: `attachments.${index}.content`, code: 'too_large', message: 'At most 10 MiB.' }],
  );
  const together = contents.reduce((sum, { length }) => sum + length, 0);
  if (errors.length === 0 && together > FILE_LIMITS.bytesTogether) {
    errors.push({ path: 'attachments', code: 'too_large', message: 'At most 25 MiB together.' });
  }
  if (errors.length > 0) {
    throw new Refusal('too-large', 'too_large', 'The files are larger than allowed.', { errors });
  }
}
