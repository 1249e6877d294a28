import { errorsOf, readOne } from '../../../test/read.js';

describe('a web address', () => {
  it.each([
    ['minhphat.vn', 'https://minhphat.vn'],
    ['minhphat.vn:8080/lien-he?x=1#y', 'https://minhphat.vn:8080/lien-he?x=1#y'],
    ['HTTP://MinhPhat.vn/A', 'http://MinhPhat.vn/A'],
    ['https://ví-dụ.vn/đường', 'https://ví-dụ.vn/đường'],
    ['//minhphat.vn', 'https://minhphat.vn'],
    ['https://minhphat.vn/a?u=http://b.vn/@c', 'https://minhphat.vn/a?u=http://b.vn/@c'],
  ])('%s is read as %s', (raw, url) => {
    expect(readOne('lead', 'website', raw)).toBe(url);
  });

  it.each([
    ...[
      'javascript:alert(1)',
      'javascript://x.vn/%0aalert(1)',
      'JAVASCRIPT:a.b',
      'data:text/html,x',
    ],
    ...[
      'ftp://minhphat.vn',
      'mailto:a@b.vn',
      'https://user:pw@minhphat.vn',
      'không có',
      'localhost',
    ],
    ...[
      'https://',
      'https://.vn',
      'http://a b.vn',
      'https://minhphat.vn:99999',
      'file:///etc/passwd',
    ],
    ...['https://a.vn/<script>', 'vbscript:x.y', 'https://1'],
  ])('%s is refused', (raw) => {
    expect(errorsOf('lead', { website: raw })).toEqual([['website', 'invalid_url']]);
  });

  it('has 2,048 characters at most', () => {
    expect(errorsOf('lead', { website: `https://a.vn/${'b'.repeat(2_048)}` })).toEqual([
      ['website', 'too_long'],
    ]);
  });
});
