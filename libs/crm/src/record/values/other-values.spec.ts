import { errorsOf, readOne } from '../../../test/read.js';

describe('other values', () => {
  it.each([-0.1, 100.1])('a percentage of %d is refused', (raw) => {
    expect(errorsOf('opportunity', { probability: raw })).toEqual([
      ['probability', 'out_of_range'],
    ]);
  });

  it('a negative zero is a zero', () => {
    expect(Object.is(readOne('opportunity', 'probability', -0), 0)).toBe(true);
  });

  it('an address has texts and known members only', () => {
    const address = { street: 5, city: ' Huế ', planet: 'Trái Đất', ward: null };
    expect(errorsOf('lead', { address })).toEqual([
      ['address.planet', 'unknown_field'],
      ['address.street', 'wrong_type'],
    ]);
    expect(readOne('lead', 'address', { city: ' Huế ', ward: null })).toEqual({ city: 'Huế' });
  });

  it('the id of a record is a UUID', () => {
    expect(errorsOf('contact', { accountId: '42' })).toEqual([['accountId', 'invalid_id']]);
    expect(readOne('contact', 'accountId', '6E1F9D7C-1B0A-4B56-9A51-0A8F8BA2F0D4')).toBe(
      '6e1f9d7c-1b0a-4b56-9a51-0a8f8ba2f0d4',
    );
  });

  it('a list of texts has fifty at most', () => {
    const products = Array.from({ length: 51 }, (_, index) => `Camera ${index}`);
    expect(errorsOf('lead', { products })).toEqual([['products', 'too_many']]);
  });
});
