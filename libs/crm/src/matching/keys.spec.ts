import { emailKey } from './email-key.js';
import { personNameKey, weakPersonNameKey } from './name-key.js';
import { phoneKey } from './phone-key.js';
import { taxCodeKey } from './tax-code-key.js';

describe('the key of an e-mail', () => {
  it.each([
    'khuong@example.vn',
    'Khuong@Example.VN',
    '  khuong@example.vn ',
    'Nguyễn Gia Khương <KHUONG@example.vn>',
    '"Nguyễn, Khương" <khuong@example.vn>',
    '<khuong@example.vn>',
    '"k@other.vn" <khuong@example.vn>',
  ])('of %j is the bare address in lower case', (raw) => {
    expect(emailKey(raw)).toBe('khuong@example.vn');
  });

  it('is one for NFC and NFD', () => {
    expect(emailKey('khương@ví-dụ.vn'.normalize('NFD'))).toBe(emailKey('KHƯƠNG@ví-dụ.vn'));
  });

  it('takes the Turkish capital for a plain i', () => {
    expect(emailKey('BİLGİ@EXAMPLE.COM')).toBe('bilgi@example.com');
  });

  it('keeps dots and tags', () => {
    expect(emailKey('a.b+crm@gmail.com')).toBe('a.b+crm@gmail.com');
  });

  it('is none without an address', () => {
    expect(emailKey('không có')).toBeUndefined();
  });
});

describe('the key of a phone', () => {
  it.each([
    '0912 345 678',
    '+84 912 345 678',
    '84912345678',
    '(0912)345-678',
    '0084912345678',
    '0912.345.678',
    '+84 (0)912 345 678',
    '(+84) 912 345 678',
  ])('of %j is one E.164 number', (raw) => {
    expect(phoneKey(raw, 'VN')).toBe('+84912345678');
  });

  it('reads a national number in its region', () => {
    expect(phoneKey('(415) 555-2671', 'US')).toBe('+14155552671');
  });

  it('reads 00 as the international prefix in any region', () => {
    expect(phoneKey('0084912345678', 'US')).toBe('+84912345678');
  });

  it.each([
    '028 3822 1234 ext. 12',
    '028 3822 1234 x12',
    '028.3822.1234#12',
    '(028) 3822 1234 máy lẻ 12',
    '+84 28 3822 1234 số nội bộ: 12',
    '02838221234 nội bộ 12',
    '02838221234 MÁY LẺ 12'.normalize('NFD'),
  ])('of %j tells colleagues behind one switchboard apart', (raw) => {
    expect(phoneKey(raw, 'VN')).toBe('+842838221234;ext=12');
  });

  it.each(['113', '', 'abc', '+', '0'])('is none of %j', (raw) => {
    expect(phoneKey(raw, 'VN')).toBeUndefined();
  });

  it('needs the country code where the region is unknown', () => {
    expect(phoneKey('0912 345 678', 'ZZ')).toBeUndefined();
    expect(phoneKey('+84 912 345 678', 'ZZ')).toBe('+84912345678');
  });
});

describe('the key of a person', () => {
  it('folds case, spacing and Unicode form, and keeps diacritics', () => {
    expect(personNameKey(' NGUYỄN  Gia', 'Khương ')).toBe('nguyễn gia khương');
    expect(personNameKey('Nguyễn Gia'.normalize('NFD'), 'Khương'.normalize('NFD'))).toBe(
      'nguyễn gia khương',
    );
  });

  it('is the same wherever the family name ends', () => {
    expect(personNameKey('Nguyễn', 'Gia Khương')).toBe(personNameKey('Nguyễn Gia', 'Khương'));
  });

  it('has a weak form without diacritics, its words in one order', () => {
    expect(weakPersonNameKey('Nguyễn Gia', 'Khương')).toBe('gia khuong nguyen');
    expect(weakPersonNameKey('ĐẶNG', 'Đức Ưu')).toBe('dang duc uu');
  });

  it('is none without a name', () => {
    expect(personNameKey(undefined, ' ')).toBeUndefined();
    expect(weakPersonNameKey(undefined, undefined)).toBeUndefined();
  });
});

describe('the key of a tax code', () => {
  it.each([
    '0312345678',
    '0312 345 678',
    '0312.345.678',
    'MST: 0312345678',
    'Mã số thuế 0312345678',
  ])('of %j is its digits', (raw) => {
    expect(taxCodeKey(raw)).toBe('0312345678');
  });

  it('keeps a branch apart from its parent', () => {
    expect(taxCodeKey('0312345678001')).toBe('0312345678-001');
    expect(taxCodeKey('0312345678-001')).toBe('0312345678-001');
  });

  it('keeps the letters of other countries', () => {
    expect(taxCodeKey('de 123 456 789')).toBe('de123456789');
  });

  it('is none of a dash', () => {
    expect(taxCodeKey(' - ')).toBeUndefined();
  });
});
