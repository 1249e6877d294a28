import { domainKey } from './domain-key.js';
import { weakEmailKey } from './email-key.js';
import { weakPersonNameKey } from './name-key.js';
import { weakTaxCodeKey } from './tax-code-key.js';
import { weakOrganisationKey } from './weak-organisation-key.js';

describe('the weak key of an e-mail', () => {
  it.each([
    'khuong.nguyen85@gmail.com',
    'KhuongNguyen85@Gmail.com',
    'khuongnguyen85+shop@gmail.com',
    'khuong_nguyen85@yahoo.com.vn',
    'khuong-nguyen85@gmial.com',
    'Khương <khuongnguyen85@minhphat.example.vn>',
  ])('of %j is the mailbox, wherever it is', (raw) => {
    expect(weakEmailKey(raw)).toBe('khuongnguyen85@');
  });

  it.each([
    ['khuong.nguyen@gmail.com', 'khuongnguyen@'],
    ['khuong.nguyen@example.vn', 'khuong.nguyen@example.vn'],
    ['khuong.nguyen+crm@example.vn', 'khuong.nguyen@example.vn'],
    ['lan7@gmail.com', 'lan7@gmail.com'],
    ['lan@gmail.com', 'lan@gmail.com'],
  ])('keeps the provider where the mailbox alone tells too little: %s', (raw, key) => {
    expect(weakEmailKey(raw)).toBe(key);
  });

  it.each([
    'info@example.vn',
    'Sales2@example.vn',
    'ke.toan@gmail.com',
    'không có',
    '+x@gmail.com',
  ])('is none of %j', (raw) => {
    expect(weakEmailKey(raw)).toBeUndefined();
  });
});

describe('the weak key of a person', () => {
  it.each([
    ['Nguyễn Gia', 'Khương'],
    ['Nguyen Gia', 'Khuong'],
    ['Khương', 'Nguyễn Gia'],
    ['', 'Khuong Nguyen Gia'],
    ['', 'Gia Khương Nguyễn'],
    ['NGUYỄN', 'Gia Khương'],
    ['Ông Nguyễn Gia', 'Khương'],
    ['Mr. Khuong', 'Nguyen Gia'],
    ['Nguyễn, Gia', 'Khương'],
  ])('of %j and %j is one', (family, given) => {
    expect(weakPersonNameKey(family, given)).toBe('gia khuong nguyen');
  });

  it.each([
    ['Phạm Hoà', 'Thuý', 'hoa pham thuy'],
    ['Phạm Hòa', 'Thúy', 'hoa pham thuy'],
    ['O’Brien', 'Seán', 'obrien sean'],
    ['Nguyễn Thị', 'Chi', 'chi nguyen thi'],
    ['Nguyễn Thị', 'Anh', 'anh nguyen thi'],
    ['', 'Mr', 'mr'],
    ['', '!!!', '!!!'],
  ])('of %j and %j is %j', (family, given, key) => {
    expect(weakPersonNameKey(family, given)).toBe(key);
  });
});

describe('the weak key of an organisation', () => {
  it.each([
    'Công ty TNHH Thương mại và Dịch vụ Minh Phát',
    'Cty TNHH TM DV Minh Phát',
    'CÔNG TY CỔ PHẦN TM&DV MINH PHÁT',
    'Công ty TNHH TMDV Minh Phát',
    'Cong ty TNHH Thuong mai Dich vu Minh Phat',
    'Minh Phat Trading and Service Co., Ltd',
    'Minh Phat Services & Trading Limited Company',
  ])('of %j is one', (raw) => {
    expect(weakOrganisationKey(raw)).toBe('minhphat-dv-tm');
  });

  it.each([
    ['Minh Phát', 'minhphat'],
    ['Công ty TNHH XNK Minh Phát', 'minhphat-xnk'],
    ['Minh Phat Import-Export JSC', 'minhphat-xnk'],
    ['Công ty TNHH Hoà Bình', 'hoabinh'],
    ['Công ty CP Hòa Bình', 'hoabinh'],
    ['Tập đoàn Hòa Phát Việt Nam', 'hoaphatvietnam-td'],
    ['Hoa Phat Vietnam Group', 'hoaphatvietnam-td'],
    ['Tiffany and Company', 'tiffany'],
    ['TMDV', 'dv-tm'],
    ['Co., Ltd', 'co'],
    ['株式会社トヨタ', '株式会社トヨタ'],
  ])('of %j is %j', (raw, key) => {
    expect(weakOrganisationKey(raw)).toBe(key);
  });

  it('is none of an empty name', () => {
    expect(weakOrganisationKey(' ')).toBeUndefined();
  });
});

describe('the weak key of a tax code', () => {
  it.each(['0312345678', '0312345678-001', '0312345678002', '312345678', 'MST 03 1234 5678'])(
    'of %j is the ten digits of the legal entity',
    (raw) => {
      expect(weakTaxCodeKey(raw)).toBe('0312345678');
    },
  );

  it.each(['DE123456789', '001085012345', '12345678', '-'])('is none of %j', (raw) => {
    expect(weakTaxCodeKey(raw)).toBeUndefined();
  });
});

describe('the domain', () => {
  it.each([
    'https://www.minhphat.example.vn/lien-he?x=1',
    'HTTP://MinhPhat.example.vn:8080',
    'minhphat.example.vn.',
    'info@minhphat.example.vn',
    'Minh Phát <info@minhphat.example.vn>',
  ])('of %j is that of the organisation', (raw) => {
    expect(domainKey(raw)).toBe('minhphat.example.vn');
  });

  it.each([
    'minhphat@gmail.com',
    'minhphat@yahoo.com.vn',
    'https://www.facebook.com/minhphat',
    'https://zalo.me/0912345678',
    'minhphat',
    '',
  ])('is none of %j', (raw) => {
    expect(domainKey(raw)).toBeUndefined();
  });
});
