/** Largest message that EventStoreDB takes. */
const MAX_MESSAGE_BYTES = 17 * 1024 * 1024;
const PREFIX_BYTES = 5;

/** A message behind gRPC's prefix: not compressed, and its length. */
export function framed(message: Uint8Array): Buffer {
  const frame = Buffer.allocUnsafe(PREFIX_BYTES + message.length);
  frame.writeUInt8(0, 0);
  frame.writeUInt32BE(message.length, 1);
  frame.set(message, PREFIX_BYTES);
  return frame;
}

/** Cuts what comes in into messages. */
export function createUnframer(
  take: (message: Uint8Array) => void,
  tooLarge: () => void,
): (chunk: Buffer) => void {
  let waiting: Buffer[] = [];
  let bytes = 0;
  let needed = PREFIX_BYTES;

  return (chunk) => {
    waiting.push(chunk);
    bytes += chunk.length;
    while (bytes >= needed) {
      const all = waiting.length === 1 ? (waiting[0] as Buffer) : Buffer.concat(waiting);
      const length = all.readUInt32BE(1);
      needed = PREFIX_BYTES + length;
      waiting = [all];
      if (length > MAX_MESSAGE_BYTES) return tooLarge();
      if (bytes < needed) return;
      take(all.subarray(PREFIX_BYTES, needed));
      waiting = [all.subarray(needed)];
      bytes -= needed;
      needed = PREFIX_BYTES;
    }
  };
}
