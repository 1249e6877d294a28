import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { added, combined, type Revenue, type RevenueSum, revenueOf } from './revenue-sums.js';

const REVENUES = fc.array(
  fc
    .record({
      currency: fc.constantFrom('VND', 'USD', 'JPY'),
      amount: fc.maxSafeInteger(),
      probability: fc.double({ min: 0, max: 100, noNaN: true }),
    })
    .map(({ probability, ...money }) => revenueOf(money, probability) as Revenue),
  { maxLength: 12 },
);

function sumOf(revenues: readonly Revenue[]): readonly RevenueSum[] {
  return revenues.reduce<readonly RevenueSum[]>((sums, one) => added(sums, one, 1), []);
}

describe('sums of revenue', () => {
  it('are exact, whatever comes in which order and goes again', () => {
    fc.assert(
      fc.property(REVENUES, REVENUES, fc.boolean(), (stays, goes, late) => {
        const all = late ? [...goes, ...stays] : [...stays, ...goes];
        const left = goes.reduce((sums, one) => added(sums, one, -1), sumOf(all));
        expect(left).toEqual(sumOf(stays.toReversed()));
        expect(combined(sumOf(stays), sumOf(goes))).toEqual(sumOf(all));
        for (const { currency, count, amount } of left) {
          const own = stays.filter((one) => one.currency === currency);
          expect(count).toBe(own.length);
          expect(amount).toBe(String(own.reduce((sum, one) => sum + BigInt(one.amount), 0n)));
        }
      }),
    );
  });

  it('weigh by the probability, of which none is known as none', () => {
    expect(revenueOf({ amount: 333, currency: 'VND' }, 60)?.weighted).toBe(200);
    expect(revenueOf({ amount: 333, currency: 'VND' }, undefined)?.weighted).toBe(0);
    expect(revenueOf(undefined, 60)).toBeUndefined();
  });
});
