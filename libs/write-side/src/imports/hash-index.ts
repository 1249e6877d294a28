import { createHash } from 'node:crypto';

/**
 * A map from texts to numbers from 1 to 2³² - 1 that keeps hashes of the texts in place of the texts: 12 bytes a slot, at
 * most two thirds full. Two different texts are taken for the same once in about 10⁸ maps of a million.
 */
export class HashIndex {
  private size = 0;
  private hashes = new Uint32Array(2 * 1_024);
  private values = new Uint32Array(1_024);

  get(text: string): number | undefined {
    const [high, low] = hashOf(text);
    return this.values[this.slotOf(high, low)] || undefined;
  }

  set(text: string, value: number): void {
    const [high, low] = hashOf(text);
    const slot = this.slotOf(high, low);
    const known = this.values[slot] !== 0;
    this.hashes[2 * slot] = high;
    this.hashes[2 * slot + 1] = low;
    this.values[slot] = value;
    if (!known && 3 * ++this.size > 2 * this.values.length) this.grow();
  }

  /** The slot that holds the hash, or the free one where it would go. */
  private slotOf(high: number, low: number): number {
    const mask = this.values.length - 1;
    let slot = low & mask;
    while (
      this.values[slot] !== 0 &&
      (this.hashes[2 * slot] !== high || this.hashes[2 * slot + 1] !== low)
    ) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private grow(): void {
    const { hashes, values } = this;
    this.hashes = new Uint32Array(2 * hashes.length);
    this.values = new Uint32Array(2 * values.length);
    for (const [old, value] of values.entries()) {
      if (value === 0) continue;
      const high = hashes[2 * old] ?? 0;
      const low = hashes[2 * old + 1] ?? 0;
      const slot = this.slotOf(high, low);
      this.hashes[2 * slot] = high;
      this.hashes[2 * slot + 1] = low;
      this.values[slot] = value;
    }
  }
}

function hashOf(text: string): readonly [number, number] {
  const digest = createHash('sha1').update(text).digest();
  return [digest.readUInt32LE(0), digest.readUInt32LE(4)];
}
