import fc from 'fast-check';
import { parsePhoneNumberFromString } from 'libphonenumber-js/core';
import numberPlans from 'libphonenumber-js/min/metadata';
import { plainPhoneKey } from './plain-phone.js';

const REGIONS = ['VN', 'DE', 'FR', 'TH', 'GB', 'AU', 'IL', 'IT', 'JP', 'US', 'RU', 'BR'] as const;

const digits = fc.stringMatching(/^\d{1,13}$/);
const sign = fc.constantFrom('', '', ' ', '.', '-', '  ', '--', '+', '(');
const text = fc.oneof(
  fc.tuple(digits, sign, digits, sign, digits).map((parts) => parts.join('').slice(0, 16)),
  fc.tuple(fc.constantFrom('0', '00', '084', '84'), digits).map((parts) => parts.join('')),
);

describe('the key of a plainly written phone number', () => {
  it('is what parsing it gives', () => {
    fc.assert(
      fc.property(fc.constantFrom(...REGIONS), text, (region, raw) => {
        const key = plainPhoneKey(raw, region);
        if (key === undefined) return;
        const parsed = parsePhoneNumberFromString(raw, region, numberPlans);
        expect([parsed?.number, parsed?.ext, parsed?.isValid()]).toEqual([key, undefined, true]);
      }),
      { numRuns: 20_000 },
    );
  });

  it.each(['0912345678', '0912 345 678', '028.3822.1234', '091-234-5678'])(
    'is there for %j, as people type it',
    (raw) => {
      expect(plainPhoneKey(raw, 'VN')).toBe(
        parsePhoneNumberFromString(raw, 'VN', numberPlans)?.number,
      );
    },
  );

  it.each([
    ['84912345678', 'VN'],
    ['0084912345678', 'VN'],
    ['091234', 'VN'],
    ['0912345678', 'ZZ'],
    ['0912345678', 'constructor'],
    ['4155552671', 'US'],
    ['0912345678 ext 3', 'VN'],
  ])('is left to the parser for %j in %s', (raw, region) => {
    expect(plainPhoneKey(raw, region)).toBeUndefined();
  });
});
