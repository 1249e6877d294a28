import { custom, settingsOf } from '../../test/converting.js';
import { lead, outlookOf, planOf } from '../../test/merge-states.js';
import { PLAN_LIMITS } from './plan-size.js';

const MIB = 1024 * 1024;
const bytes = (value: unknown) => Buffer.byteLength(JSON.stringify(value));
/** Vietnamese takes up to three bytes a letter. */
const long = (n: number) => `${n} ${'ộ'.repeat(9_900)}`;
const many = <Value>(make: (n: number) => Value) =>
  Array.from({ length: 50 }, (_, index) => make(index + 1));

describe('A plan of 50 records', () => {
  it('with long descriptions stays well below what a store takes, and tells of each what it lost', () => {
    const { plan, lost } = outlookOf(many((n) => lead(n, { description: long(n) })));
    expect(bytes(lost)).toBeGreaterThan(MIB);
    expect(bytes(plan)).toBeLessThan(PLAN_LIMITS.plan / 2);
    expect(plan?.lost).toHaveLength(49);
    expect(plan?.unlistedLost).toBeUndefined();
    for (const [index, one] of (plan?.lost ?? []).entries()) {
      expect(one).toMatchObject({ field: 'description', shortened: true });
      expect(String(one.value).startsWith(`${index + 2} ộ`)).toBe(true);
      expect(one.record.id).toBe(plan?.records[index]?.id);
    }
  });

  it('keeps short values whole', () => {
    const { lost } = planOf(many((n) => lead(n, { need: `Camera ${n}` })));
    expect(lost).toHaveLength(49);
    expect(lost.every(({ shortened }) => shortened === undefined)).toBe(true);
  });

  it('with 200 custom fields each counts those of which it cannot tell', () => {
    const keys = Array.from({ length: 200 }, (_, index) => `field${index}`);
    const settings = settingsOf(...keys.map((key) => custom('lead', key, 'text')));
    const values = (n: number) =>
      Object.fromEntries(keys.map((key) => [key, `${n} ${'ộ'.repeat(250)}`]));
    const { plan, lost } = outlookOf(
      many((n) => lead(n, {}, { custom: values(n) })),
      {},
      { settings },
    );
    expect(lost).toHaveLength(49 * 200);
    expect(plan?.unlistedLost).toBe(49 * 200 - (plan?.lost.length ?? 0));
    expect(bytes(plan)).toBeLessThan(PLAN_LIMITS.plan);
  });

  it('is refused when far too many records stand behind them', () => {
    const behind = Array.from({ length: 300 }, (_, index) => ({
      type: 'lead' as const,
      id: `${String(index).padStart(8, '0')}-1111-4111-8111-111111111111`,
    }));
    const { plan, obstacles } = outlookOf(
      many((n) =>
        lead(
          n,
          {},
          {
            absorbed: behind.map((one) => ({
              ...one,
              id: `${n}${one.id.slice(String(n).length)}`,
              mergeId: one.id,
              behind: [],
            })),
          },
        ),
      ),
    );
    expect(plan).toBeUndefined();
    expect(obstacles.map(({ code, kind }) => [code, kind])).toEqual([['merge_too_large', 'rule']]);
  });
});
