import { organisationKey } from './organisation-key.js';

describe('the key of an organisation', () => {
  it.each([
    'Công ty TNHH Minh Phát',
    'CÔNG TY TNHH MINH PHÁT',
    '  Công ty   TNHH  Minh\u00a0Phát ',
    'Công ty TNHH Minh Phát'.normalize('NFD'),
    'Cong ty TNHH Minh Phát',
    'Công ty TNHH MTV Minh Phát',
    'Công ty TNHH Một Thành Viên Minh Phát',
    'Công ty Trách nhiệm hữu hạn (Một thành viên) Minh Phát',
    'Công ty trách nhiệm hữu hạn Minh Phát',
    'Công ty TNHH hai thành viên trở lên Minh Phát',
    'Công ty Cổ phần Minh Phát',
    'Công ty CP Minh Phát',
    'Cty CP Minh Phát',
    'CTY TNHH Minh Phát',
    'Cty. Minh Phát',
    'C.ty TNHH Minh Phát',
    'CTCP Minh Phát',
    'Minh Phát - CTCP',
    'DNTN Minh Phát',
    'Doanh nghiệp tư nhân Minh Phát',
    'T.N.H.H. Minh Phát',
    'Minh Phát JSC',
    'Minh Phát J.S.C.',
    'Minh Phát Joint Stock Company',
    'Minh Phát Co., Ltd.',
    'Minh Phát Co.,Ltd',
    'Minh Phát Company Limited',
    'Minh Phát One Member Co., Ltd',
    'Minh Phát LLC',
    'Minh Phát, Inc.',
    'Minh Phát Ltd',
    '"Minh Phát" Corp.',
    'Công ty TNHH 1 TV Minh Phát',
    'Minh Phát MTV Co., Ltd',
    'Minh Phát Limited Company',
    'Minh Phát Ltd., Co',
    'Minh Phát Co., JSC',
    'Minh Phát Joint Stock Corporation',
    'Minh Phát Private Enterprise',
    'Minh Phát GmbH',
    'Minh Phát GmbH & Co. KG',
  ])('of %j is that of Minh Phát', (name) => {
    expect(organisationKey(name)).toBe('minh phát');
  });

  it.each([
    ['Minh Phat', 'minh phat'],
    ['Tập đoàn Hòa Phát', 'tập đoàn hòa phát'],
    ['Công ty CP Tập đoàn Hòa Phát', 'tập đoàn hòa phát'],
    ['Tổng công ty Điện lực', 'tổng công ty điện lực'],
    ['Hợp tác xã Đại Lộc', 'htx đại lộc'],
    ['HTX Đại Lộc', 'htx đại lộc'],
    ['Acme Corporation', 'acme'],
    ['Tiffany & Co.', 'tiffany company'],
    ['Tiffany and Company', 'tiffany and company'],
    ["L'Oréal", 'loréal'],
    ['L’Oréal', 'loréal'],
    ['STRASSE 7', 'strasse 7'],
    ['Straße 7', 'strasse 7'],
    ['İSTANBUL Tekstil', 'istanbul tekstil'],
    ['Hương Spa', 'hương spa'],
    ['3M', '3m'],
    ['株式会社トヨタ', '株式会社トヨタ'],
    ['Ltd Minh', 'ltd minh'],
  ])('keeps what is more than a form: %s', (name, key) => {
    expect(organisationKey(name)).toBe(key);
  });

  it.each([
    ['Công ty TNHH', 'công ty tnhh'],
    ['Co., Ltd', 'co ltd'],
    ['CTCP', 'ctcp'],
    ['Y-Corporation', 'y corporation'],
    ['!!!', '!!!'],
    ['&', '&'],
  ])('is never folded to nothing: %s', (name, key) => {
    expect(organisationKey(name)).toBe(key);
  });

  it('tells a name from the same one without diacritics', () => {
    expect(organisationKey('Hòa Phát')).not.toBe(organisationKey('Hoa Phat'));
  });

  it('is none of an empty name', () => {
    expect(organisationKey('  ')).toBeUndefined();
  });
});
