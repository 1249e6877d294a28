import { errorsOf, readOne } from '../../../test/read.js';

describe('money', () => {
  it('without a currency is in that of the settings', () => {
    expect(readOne('opportunity', 'expectedRevenue', { amount: 5 })).toEqual({
      amount: 5,
      currency: 'VND',
    });
  });

  it.each([
    [{ amount: 1.5, currency: 'VND' }, 'amount', 'invalid_amount'],
    [{ amount: 2 ** 53, currency: 'VND' }, 'amount', 'invalid_amount'],
    [{ amount: '5', currency: 'VND' }, 'amount', 'wrong_type'],
    [{ amount: null, currency: 'VND' }, 'amount', 'wrong_type'],
    [{ currency: 'VND' }, 'amount', 'required'],
    [{ amount: 5, currency: 'XQZ' }, 'currency', 'invalid_currency'],
    [{ amount: 5, currency: 'vnd' }, 'currency', 'invalid_currency'],
    [{ amount: 5, currency: 1 }, 'currency', 'wrong_type'],
    [{ amount: 5, currency: 'VND', tax: 1 }, 'tax', 'unknown_field'],
  ])('%j is refused', (raw, member, code) => {
    expect(errorsOf('opportunity', { expectedRevenue: raw })).toEqual([
      [`expectedRevenue.${member}`, code],
    ]);
  });
});
