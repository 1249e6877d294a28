/** What the frames of a write-ahead log say. Format: sqlite.org/fileformat2.html, section 4. */
export interface WalState {
  /** Pages of the database after the last committed frame; 0 when no frame is committed. */
  readonly pageCount: number;
  /** Numbers of the pages that committed frames hold. */
  readonly pages: ReadonlySet<number>;
  /** Why the log is certainly damaged. */
  readonly damage?: string;
  /** It ends in a frame that is broken, and what follows is one commit: a crash of the machine as it was written, or damage to it. */
  readonly tornCommit: boolean;
}

const HEADER = 32;
const FRAME_HEADER = 24;
const MAGIC = 0x377f0682;
const VERSION = 3_007_000;
const EMPTY: WalState = { pageCount: 0, pages: new Set(), tornCommit: false };

type Sums = readonly [number, number];

/**
 * Follows the chain of checksums through a write-ahead log. SQLite does the same as it opens, and takes the first broken frame for
 * the end, whatever comes after: commits that were acknowledged would vanish without a word.
 */
export function inspectWal(wal: Buffer, pageSize: number): WalState {
  if (wal.length <= HEADER) return EMPTY;
  const damaged = (damage: string): WalState => ({ ...EMPTY, damage });
  const magic = wal.readUInt32BE(0);
  if (magic !== MAGIC && magic !== MAGIC + 1) return damaged('the WAL has no header');
  const bigEndian = magic === MAGIC + 1;
  const sum = (from: number, to: number, seed: Sums) => checksum(wal, from, to, seed, bigEndian);
  const stored = (at: number): Sums => [wal.readUInt32BE(at), wal.readUInt32BE(at + 4)];
  if (!equal(sum(0, 24, [0, 0]), stored(24)) || wal.readUInt32BE(4) !== VERSION) {
    return damaged('the header of the WAL does not match its checksum');
  }
  if (wal.readUInt32BE(8) !== pageSize) return damaged('the WAL is of another page size');

  const size = FRAME_HEADER + pageSize;
  const frames = Math.floor((wal.length - HEADER) / size);
  const at = (frame: number) => HEADER + frame * size;
  const ofThisLog = (frame: number) =>
    wal.compare(wal, 16, 24, at(frame) + 8, at(frame) + 16) === 0;
  const commits = (frame: number) => wal.readUInt32BE(at(frame) + 4) > 0;
  /** Whether a frame continues the checksums that the one before it carries. */
  const follows = (frame: number): boolean => {
    if (!ofThisLog(frame)) return false;
    const seed = frame === 0 ? stored(24) : stored(at(frame - 1) + 16);
    const start = at(frame);
    const sums = sum(start + FRAME_HEADER, start + size, sum(start, start + 8, seed));
    return equal(sums, stored(start + 16));
  };

  let broken = 0;
  let committed = 0;
  while (broken < frames && follows(broken)) {
    broken += 1;
    if (commits(broken - 1)) committed = broken;
  }
  const pages = new Set<number>();
  for (let frame = 0; frame < committed; frame += 1) pages.add(wal.readUInt32BE(at(frame)));
  const pageCount = committed === 0 ? 0 : wal.readUInt32BE(at(committed - 1) + 4);

  // What follows the broken frame and is whole. A transaction is synced before the next begins: frames of a later one prove
  // that the broken one was once on disk.
  let commitsAfter = 0;
  for (let frame = broken + 1; frame < frames; frame += 1) {
    if (!follows(frame)) continue;
    if (commitsAfter > 0) {
      return {
        pageCount,
        pages,
        tornCommit: false,
        damage: `frame ${broken} of the WAL is broken`,
      };
    }
    if (commits(frame)) commitsAfter += 1;
  }
  return { pageCount, pages, tornCommit: commitsAfter > 0 };
}

function checksum(
  bytes: Buffer,
  from: number,
  to: number,
  [s0, s1]: Sums,
  bigEndian: boolean,
): Sums {
  let a = s0;
  let b = s1;
  for (let at = from; at < to; at += 8) {
    const x = bigEndian ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at);
    const y = bigEndian ? bytes.readUInt32BE(at + 4) : bytes.readUInt32LE(at + 4);
    a = (a + x + b) >>> 0;
    b = (b + y + a) >>> 0;
  }
  return [a, b];
}

function equal(a: Sums, b: Sums): boolean {
  return a[0] === b[0] && a[1] === b[1];
}
