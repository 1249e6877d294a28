import { NO_SETTINGS, readValues } from '#crm';
import { makeDataSet } from './data-set.js';
import { NAME_DISTURBANCES } from './people/disturb-name.js';
import { REACH_DISTURBANCES } from './people/disturb-reach.js';

const DATA_SET = makeDataSet(1, 1_000);
const TYPES = ['lead', 'contact', 'account'] as const;

describe('the set of known truth', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(makeDataSet(1, 1_000)).toEqual(DATA_SET);
    expect(makeDataSet(2, 50)).not.toEqual(makeDataSet(1, 50));
  });

  it.each(TYPES)('holds %ss that the domain accepts', (type) => {
    for (const { fields } of DATA_SET[type]) {
      expect(readValues(type, fields as never, {}, NO_SETTINGS).errors).toEqual([]);
    }
  });

  it.each(TYPES)('has one to four %ss of each', (type) => {
    const counts = new Map<number, number>();
    for (const { truth } of DATA_SET[type]) counts.set(truth, (counts.get(truth) ?? 0) + 1);
    expect(new Set(counts.values())).toEqual(new Set([1, 2, 3, 4]));
  });

  it('disturbs names, mailboxes and telephones in every way that it knows', () => {
    const seen = new Set(
      [...DATA_SET.lead, ...DATA_SET.contact].flatMap(({ disturbances }) => disturbances),
    );
    const known = [...NAME_DISTURBANCES, ...REACH_DISTURBANCES].map(({ name }) => name);
    expect(known.filter((name) => !seen.has(name))).toEqual([]);
  });

  it('has different people under one name, and colleagues behind one switchboard', () => {
    const share = (read: (fields: (typeof DATA_SET.lead)[number]['fields']) => unknown) => {
      const people = new Map<unknown, Set<number>>();
      for (const { fields, truth } of DATA_SET.lead) {
        const value = read(fields);
        people.set(value, (people.get(value) ?? new Set()).add(truth));
      }
      people.delete(undefined);
      return [...people.values()].filter((truths) => truths.size > 1).length;
    };
    expect(share(({ familyName, givenName }) => `${familyName} ${givenName}`)).toBeGreaterThan(20);
    expect(share(({ phones }) => (Array.isArray(phones) ? phones[0] : undefined))).toBeGreaterThan(
      5,
    );
    expect(share(({ organisation }) => organisation)).toBeGreaterThan(20);
  });
});
