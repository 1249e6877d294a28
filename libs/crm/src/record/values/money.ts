import type { FieldError } from '../../kernel/refusal.js';
import type { Money } from '../field.js';
import { isCurrency } from './currency.js';
import { withoutNegativeZero } from './number.js';
import { accepted, isJsonObject, type Reader, wrongType } from './reading.js';
import { unknownMembers } from './unknown-members.js';

const MEMBERS = ['amount', 'currency'];

/** A reader of `{amount, currency}`. An amount without a currency is in `defaultCurrency`. */
export function moneyReader(defaultCurrency: string): Reader<Money> {
  return (raw, path) => {
    if (!isJsonObject(raw)) return wrongType(path, 'an object {amount, currency}');
    const { amount, currency = defaultCurrency } = raw;
    const errors: FieldError[] = [...unknownMembers(raw, MEMBERS, path)];
    if (!Object.hasOwn(raw, 'amount') || amount === undefined) {
      errors.push({ path: `${path}.amount`, code: 'required', message: 'An amount is needed.' });
    } else if (typeof amount !== 'number') {
      errors.push({
        path: `${path}.amount`,
        code: 'wrong_type',
        message: 'This must be a number.',
      });
    } else if (!Number.isSafeInteger(amount)) {
      errors.push({
        path: `${path}.amount`,
        code: 'invalid_amount',
        message: 'This must be a whole number of minor units.',
      });
    }
    if (typeof currency !== 'string') {
      errors.push({
        path: `${path}.currency`,
        code: 'wrong_type',
        message: 'This must be a text.',
      });
    } else if (!isCurrency(currency)) {
      errors.push({
        path: `${path}.currency`,
        code: 'invalid_currency',
        message: 'This is not an ISO 4217 currency code such as VND.',
      });
    }
    if (errors.length > 0 || typeof amount !== 'number' || !isCurrency(currency)) return { errors };
    return accepted({ amount: withoutNegativeZero(amount), currency });
  };
}
