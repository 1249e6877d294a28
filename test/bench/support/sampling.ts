/** The middle of some measurements. @throws RangeError there are none */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = sorted[Math.floor(sorted.length / 2)];
  const other = sorted[Math.floor((sorted.length - 1) / 2)];
  if (middle === undefined || other === undefined) throw new RangeError('Nothing was measured.');
  return (middle + other) / 2;
}

/**
 * Measures two things in turn, A B A B, so that whatever else the machine does falls on both.
 * The first pair warms up and does not count unless it is the only one.
 */
export async function inTurn(
  pairs: number,
  first: () => Promise<number>,
  second: () => Promise<number>,
): Promise<{ readonly first: number; readonly second: number; readonly samples: number }> {
  const ones: number[] = [];
  const others: number[] = [];
  const warmUp = pairs > 1 ? 1 : 0;
  for (let pair = 0; pair < pairs + warmUp; pair += 1) {
    const one = await first();
    const other = await second();
    if (pair < warmUp) continue;
    ones.push(one);
    others.push(other);
  }
  return { first: median(ones), second: median(others), samples: ones.length };
}

/** Milliseconds that some work takes. */
export async function timed(work: () => Promise<unknown> | unknown): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

export function count(value: number): string {
  return Math.round(value).toLocaleString('en');
}

export function ms(value: number): string {
  return value >= 100 ? `${count(value)} ms` : `${value.toPrecision(3)} ms`;
}
