/** What of a stream's metadata hides its events from reads of the stream. */
export interface StreamMetadata {
  readonly maxCount?: number;
  readonly truncateBefore?: number;
  /** Seconds. */
  readonly maxAge?: number;
  readonly softDeleted: boolean;
}

const NONE: StreamMetadata = { softDeleted: false };
const parsed = new WeakMap<Uint8Array, StreamMetadata>();

/** A `$tb` beyond every revision marks the soft deletion. */
const BEYOND_ALL = 2 ** 62;

/** @param data of the metadata stream's last event */
export function streamMetadata(data: Uint8Array | undefined): StreamMetadata {
  if (!data) return NONE;
  const known = parsed.get(data);
  if (known) return known;
  const metadata = parse(data);
  parsed.set(data, metadata);
  return metadata;
}

function parse(data: Uint8Array): StreamMetadata {
  try {
    const json = JSON.parse(Buffer.from(data).toString()) as Record<string, unknown>;
    // Numbers only: as texts these are ignored.
    const whole = (name: string) => (typeof json[name] === 'number' ? json[name] : undefined);
    const [maxCount, truncateBefore, maxAge] = ['$maxCount', '$tb', '$maxAge'].map(whole);
    return {
      ...(maxCount && { maxCount }),
      ...(truncateBefore !== undefined && { truncateBefore }),
      ...(maxAge && { maxAge }),
      softDeleted: (truncateBefore ?? 0) >= BEYOND_ALL,
    };
  } catch {
    return NONE;
  }
}
