import { accessOf } from './internal-access.js';
import { refuseInternalUrl } from './refuse-internal-url.js';

const access = accessOf(['erp.lan', '10.1.2.3', '10.9.0.0/16', 'fd00:1::/32']);

describe('receivers inside that are on the list', () => {
  it.each([
    ['erp.lan', '192.168.1.5'],
    ['ERP.lan.', '127.0.0.1'],
    ['10.1.2.3', '10.1.2.3'],
    ['hook.example.vn', '10.1.2.3'],
    ['hook.example.vn', '10.9.255.1'],
    ['hook.example.vn', '::ffff:10.9.0.1'],
    ['hook.example.vn', 'fd00:1::7'],
    // Outside needs no list.
    ['hook.example.vn', '8.8.8.8'],
  ])('may be reached: %s at %s', (host, address) => {
    expect(access.mayConnect(host, address)).toBe(true);
  });

  it.each([
    ['hook.example.vn', '10.1.2.4'],
    ['a.erp.lan', '192.168.1.5'],
    ['erp.lan.example.vn', '127.0.0.1'],
    ['10.10.0.1', '10.10.0.1'],
    ['hook.example.vn', '::ffff:10.1.2.4'],
    ['hook.example.vn', 'fd00:2::1'],
    ['hook.example.vn', '169.254.169.254'],
  ])('are no others: %s at %s', (host, address) => {
    expect(access.mayConnect(host, address)).toBe(false);
  });

  it('may be registered, unencrypted too', () => {
    const accepted = ['http://erp.lan:8080/hook', 'http://10.9.1.1/', 'http://[fd00:1::1]/'];
    for (const url of accepted) expect(() => refuseInternalUrl(url, access)).not.toThrow();
    const refused = ['http://hook.example.vn/', 'https://10.10.0.1/', 'https://crm.lan.internal/'];
    for (const url of refused) {
      expect(() => refuseInternalUrl(url, access)).toThrow('Some values cannot be accepted.');
    }
  });

  it('are all or none where that is said', () => {
    expect(accessOf(true).mayConnect('hook.example.vn', '127.0.0.1')).toBe(true);
    expect(accessOf(false).mayConnect('erp.lan', '127.0.0.1')).toBe(false);
  });
});
