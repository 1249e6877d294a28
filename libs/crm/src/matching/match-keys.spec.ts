import { type CustomFieldDefinition, NO_SETTINGS } from '../settings/settings.js';
import { keyText } from './match-key.js';
import { matchKeys } from './match-keys.js';

function texts(...given: Parameters<typeof matchKeys>): readonly string[] {
  return matchKeys(...given).map(keyText);
}

const membership: CustomFieldDefinition = {
  recordType: 'lead',
  key: 'membership',
  type: 'text',
  label: { en: 'Membership', vi: 'Mã hội viên' },
  options: [],
  required: false,
  matchKey: true,
  retired: false,
};

describe('the match keys', () => {
  it('of a lead are its e-mails, phones, name and organisation', () => {
    const fields = {
      familyName: 'Nguyễn Gia',
      givenName: 'Khương',
      email: 'Khuong@example.vn',
      otherEmails: ['k.nguyen@example.com', 'KHUONG@example.vn'],
      phones: ['0912 345 678', '+84912345678', '113'],
      organisation: 'Công ty TNHH Minh Phát',
    };
    expect(texts('lead', { fields, custom: {} }, NO_SETTINGS)).toEqual([
      'email:khuong@example.vn',
      '~email:khuong@example.vn',
      'email:k.nguyen@example.com',
      '~email:k.nguyen@example.com',
      'phone:+84912345678',
      'name:nguyễn gia khương',
      '~name:gia khuong nguyen',
      'organisation:minh phát',
    ]);
  });

  it('of an account are its name as an organisation, its tax code, phones and e-mail', () => {
    const fields = {
      name: 'CTCP Minh Phát',
      taxCode: '0312345678',
      email: 'lienhe@minhphat.example.vn',
      phones: ['028 3822 1234'],
    };
    expect(texts('account', { fields, custom: {} }, NO_SETTINGS)).toEqual([
      'email:lienhe@minhphat.example.vn',
      'phone:+842838221234',
      'organisation:minh phát',
      '~organisation:minhphat',
      'tax-code:0312345678',
      '~tax-code:0312345678',
      '~domain:minhphat.example.vn',
    ]);
  });

  it('of an opportunity leave its name out', () => {
    const fields = { name: 'Camera', email: 'a@b.vn', phones: ['0912345678'] };
    expect(texts('opportunity', { fields, custom: {} }, NO_SETTINGS)).toEqual([
      'email:a@b.vn',
      '~email:a@b.vn',
      'phone:+84912345678',
    ]);
  });

  it('hold custom fields that are keys, and only in use', () => {
    const custom = { membership: ' VN  001 ' };
    const settings = { ...NO_SETTINGS, customFields: [membership] };
    expect(texts('lead', { fields: {}, custom }, settings)).toEqual(['custom.membership:vn 001']);
    expect(texts('contact', { fields: {}, custom }, settings)).toEqual([]);
    const retired = { ...NO_SETTINGS, customFields: [{ ...membership, retired: true }] };
    expect(texts('lead', { fields: {}, custom }, retired)).toEqual([]);
  });

  it('of a name without diacritics do not equal the weak key of another', () => {
    const plain = texts('lead', { fields: { givenName: 'Khuong' }, custom: {} }, NO_SETTINGS);
    const full = texts('lead', { fields: { givenName: 'Khương' }, custom: {} }, NO_SETTINGS);
    expect(plain.filter((key) => full.includes(key))).toEqual(['~name:khuong']);
  });

  it('of a record without values are none', () => {
    expect(texts('lead', { fields: {}, custom: {} }, NO_SETTINGS)).toEqual([]);
  });
});
