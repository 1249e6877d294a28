import { makeDataSet } from './data-set.js';
import { measure } from './measure/figures.js';

/**
 * What match keys reached when they were last worked on, less two points or so. A key that finds less, or more that is wrong, fails
 * here; `npm run matching` tells more.
 */
const AT_LEAST = {
  lead: [
    ['strong', { precision: 0.25, recall: 0.75 }],
    ['weak', { precision: 0.48, recall: 0.85 }],
    ['either', { precision: 0.25, recall: 0.92 }],
    ['email', { precision: 0.92, recall: 0.26 }],
    ['~email', { precision: 0.9, recall: 0.4 }],
    ['phone', { precision: 0.9, recall: 0.45 }],
    ['~name', { precision: 0.48, recall: 0.76 }],
  ],
  contact: [
    ['strong', { precision: 0.6, recall: 0.73 }],
    ['weak', { precision: 0.5, recall: 0.86 }],
    ['either', { precision: 0.5, recall: 0.92 }],
  ],
  account: [
    ['strong', { precision: 0.95, recall: 0.7 }],
    ['weak', { precision: 0.95, recall: 0.93 }],
    ['either', { precision: 0.95, recall: 0.94 }],
    ['~organisation', { precision: 0.95, recall: 0.82 }],
    ['~domain', { precision: 0.95, recall: 0.45 }],
    ['~tax-code', { precision: 0.98, recall: 0.28 }],
  ],
} as const;

/** Of pairs so disturbed, how many the disturbed field alone tells. */
const BY_ITS_OWN_FIELD = [
  ['lead', 'name: no diacritics', 0.8],
  ['lead', 'name: fields swapped', 0.8],
  ['lead', 'name: western order in one field', 0.8],
  ['lead', 'name: NFD', 0.8],
  ['lead', 'email: plus tag', 0.45],
  ['lead', 'email: Gmail dots', 0.45],
  ['lead', 'phone: format', 0.5],
  ['lead', 'phone: prefix of before 2018', 0.5],
  ['account', 'organisation: another form', 0.85],
  ['account', 'organisation: shortened lines of business', 0.75],
  ['account', 'organisation: in English', 0.7],
  ['account', 'tax-code: of a branch', 0.4],
] as const;

const dataSet = makeDataSet(1, 1_000);
const figures = {
  lead: measure('lead', dataSet.lead),
  contact: measure('contact', dataSet.contact),
  account: measure('account', dataSet.account),
};

describe.each(['lead', 'contact', 'account'] as const)('matching %ss', (type) => {
  it.each(AT_LEAST[type])('by %s keys is as good as it was: %j', (kind, { precision, recall }) => {
    const figure = figures[type].kinds.find(({ name }) => name === kind);
    expect(figure?.precision).toBeGreaterThanOrEqual(precision);
    expect(figure?.recall).toBeGreaterThanOrEqual(recall);
  });
});

describe('what is the matter with a field', () => {
  it.each(BY_ITS_OWN_FIELD)(
    'of a %s, %s, is seen through in %d of all pairs',
    (type, name, share) => {
      const disturbed = figures[type].disturbances.find((one) => one.name === name);
      expect(disturbed?.own).toBeGreaterThanOrEqual(share);
    },
  );
});
