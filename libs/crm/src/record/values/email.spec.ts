import { errorsOf, readOne } from '../../../test/read.js';

describe('an e-mail', () => {
  it.each([
    ['Khuong@Example.VN', 'Khuong@Example.VN'],
    ['Nguyễn Gia Khương <khuong@example.vn>', 'khuong@example.vn'],
    ['"Nguyễn, <K>" <khuong@example.vn>', undefined],
    ['<khuong@example.vn>', 'khuong@example.vn'],
    ['khương@ví-dụ.vn', 'khương@ví-dụ.vn'],
    ['a.b+c@sub.example.co', 'a.b+c@sub.example.co'],
    ['a@xn--v-dma9f.vn', 'a@xn--v-dma9f.vn'],
  ])('%s is read as %s', (raw, address) => {
    if (address === undefined) expect(errorsOf('lead', { email: raw })).toHaveLength(1);
    else expect(readOne('lead', 'email', raw)).toBe(address);
  });

  it.each([
    ...['a', 'a@', '@b.vn', 'a@b', 'a@@b.vn', 'a b@c.vn', 'a@b..vn', '.a@b.vn', 'a.@b.vn'],
    ...['a..b@c.vn', 'a@-b.vn', 'a@b-.vn', 'a@1.2.3.4', 'a@b.vn, c@d.vn', 'x <a@b.vn> y'],
    ...['a@b.vn;', 'mailto:a@b.vn', `${'a'.repeat(65)}@b.vn`],
  ])('%s is refused', (raw) => {
    expect(errorsOf('lead', { email: raw })).toEqual([['email', 'invalid_email']]);
  });

  it('has 254 characters at most', () => {
    const domain = Array.from({ length: 5 }, () => 'a'.repeat(60)).join('.');
    expect(errorsOf('lead', { email: `a@${domain}` })).toEqual([['email', 'too_long']]);
  });

  it('in a list is named by its place', () => {
    expect(errorsOf('lead', { otherEmails: ['a@b.vn', 'nobody', 7] })).toEqual([
      ['otherEmails.1', 'invalid_email'],
      ['otherEmails.2', 'wrong_type'],
    ]);
  });
});
