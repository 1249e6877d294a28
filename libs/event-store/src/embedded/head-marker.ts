import { closeSync, existsSync, openSync, readFileSync, writeSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import type { Position } from '#crm';

/**
 * How far the log was acknowledged, in a small file beside it. SQLite takes a lost or shortened WAL for one that never was; the
 * marker tells. It is written after each commit and not fsynced: it may lag, and never runs ahead of what is on disk.
 */
export interface HeadMarker {
  write(head: Position): void;
  close(): void;
}

const DIGITS = 16;
const LENGTH = DIGITS + 1 + 8 + 1;

export function openHeadMarker(file: string): HeadMarker {
  const descriptor = openSync(file, existsSync(file) ? 'r+' : 'w+', 0o600);
  return {
    write: (head) => {
      const digits = String(head).padStart(DIGITS, '0');
      writeSync(descriptor, `${digits} ${checksum(digits)}\n`, 0);
    },
    close: () => closeSync(descriptor),
  };
}

/** The acknowledged position, or undefined when there is no marker or it cannot be read. */
export function readHeadMarker(file: string): Position | undefined {
  if (!existsSync(file)) return undefined;
  const text = readFileSync(file, 'latin1').slice(0, LENGTH);
  const [digits = '', sum] = text.trimEnd().split(' ');
  return digits.length === DIGITS && checksum(digits) === sum ? Number(digits) : undefined;
}

function checksum(digits: string): string {
  return crc32(digits).toString(16).padStart(8, '0');
}
