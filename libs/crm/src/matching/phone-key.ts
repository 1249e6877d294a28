import {
  type CountryCode,
  isSupportedCountry,
  type PhoneNumber,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/core';
import numberPlans from 'libphonenumber-js/min/metadata';
import { todaysNumber } from './old-mobile-prefixes.js';
import { plainPhoneKey } from './plain-phone.js';

/** How Vietnamese write an extension, which no number plan knows. */
const EXTENSION = /(?:máy lẻ|(?:số )?nội bộ)[.:]?(?=\s*\d)/iu;

/**
 * The E.164 form of a phone number (PRODUCT.md P4), with `;ext=` where it has an extension: colleagues behind one
 * switchboard are not one person. `region` (ISO 3166-1 alpha-2) is where a number without a country code is taken to be. A number of
 * before a renumbering is given as it is today.
 * `undefined` for what no number plan could have.
 */
export function phoneKey(raw: string, region: string): string | undefined {
  const text = raw.normalize('NFC').trim();
  const plain = plainPhoneKey(text, region);
  if (plain !== undefined) return todaysNumber(plain);
  const dialled = text.replace(EXTENSION, 'ext');
  const number = parse(dialled, region) ?? parse(dialled.replace(/^\(?00/, '+'), region);
  if (!number || number.isValid()) return number && keyOf(number);
  // A trunk prefix can hide behind another one (`8400912…`): each reading takes one off.
  const again = parse(number.number, region);
  const settled = again && again.number.length < number.number.length ? again : number;
  return settled === number ? keyOf(number) : phoneKey(keyOf(settled, number.ext), region);
}

function keyOf({ number, ext }: PhoneNumber, extension = ext): string {
  const today = todaysNumber(number);
  return extension ? `${today};ext=${extension}` : today;
}

/** True for a region that has a number plan. */
export function isPhoneRegion(region: string): region is CountryCode {
  return isSupportedCountry(region as CountryCode, numberPlans);
}

function parse(text: string, region: string) {
  const number = isPhoneRegion(region)
    ? parsePhoneNumberFromString(text, region, numberPlans)
    : parsePhoneNumberFromString(text, numberPlans);
  return number?.isPossible() ? number : undefined;
}
