import type { Money } from '#crm';

/** What one opportunity is worth. */
export interface Revenue {
  readonly currency: string;
  /** In minor units. */
  readonly amount: number;
  /** The amount by its probability, in minor units, rounded for each record: so it does not matter in which order they are summed up. */
  readonly weighted: number;
}

/** What some opportunities are worth in one currency. */
export type RevenueSum = {
  readonly currency: string;
  /** Records that have an amount in it. */
  readonly count: number;
  /** Whole numbers of minor units as decimal texts: sums go beyond what a number holds exactly. */
  readonly amount: string;
  readonly weighted: string;
};

/** @param probability in percent; 0 when it is not known */
export function revenueOf(
  expected: Money | undefined,
  probability: number | undefined,
): Revenue | undefined {
  if (!expected || !Number.isSafeInteger(expected.amount)) return undefined;
  const { amount, currency } = expected;
  return { currency, amount, weighted: Math.round((amount * (probability ?? 0)) / 100) || 0 };
}

/** The sums with an opportunity's revenue more, or less. Sums of no record are left out. */
export function added(
  sums: readonly RevenueSum[],
  revenue: Revenue,
  sign: 1 | -1,
): readonly RevenueSum[] {
  const { currency, amount, weighted } = revenue;
  const one = { currency, count: 1, amount: String(amount), weighted: String(weighted) };
  return combined(sums, [one], sign);
}

/** Sums of two sets of records that have none in common; or, with -1, of those of the first that are not in the second. */
export function combined(
  sums: readonly RevenueSum[],
  more: readonly RevenueSum[],
  sign: 1 | -1 = 1,
): readonly RevenueSum[] {
  const all = new Map(sums.map((sum) => [sum.currency, sum]));
  for (const { currency, ...part } of more) {
    const before = all.get(currency) ?? { count: 0, amount: '0', weighted: '0' };
    const count = before.count + sign * part.count;
    const amount = exactly(before.amount, part.amount, sign);
    const weighted = exactly(before.weighted, part.weighted, sign);
    if (count === 0) all.delete(currency);
    else all.set(currency, { currency, count, amount, weighted });
  }
  return [...all.values()].sort((one, other) => (one.currency < other.currency ? -1 : 1));
}

function exactly(left: string, right: string, sign: 1 | -1): string {
  return String(BigInt(left) + BigInt(sign) * BigInt(right));
}
