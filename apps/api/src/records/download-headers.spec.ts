import { downloadHeaders } from './download-headers.js';

const FILE = { id: '', mediaType: 'application/pdf', size: 3, sha256: 'ab' };
const dispositionOf = (name: string) => downloadHeaders({ ...FILE, name })['content-disposition'];

describe('headers of a download', () => {
  it('keep a name that is not ASCII, beside one that is', () => {
    expect(dispositionOf('báo giá.pdf')).toBe(
      `attachment; filename="b_o gi_.pdf"; filename*=UTF-8''b%C3%A1o%20gi%C3%A1.pdf`,
    );
  });

  it('let no name end the header or a parameter', () => {
    const disposition = dispositionOf(`a"; filename=b\r\nx-evil: 1'(*)%41`) ?? '';
    expect(disposition).not.toMatch(/[\r\n]/);
    expect(disposition.match(/"/g)).toHaveLength(2);
    expect(disposition.split("UTF-8''")[1]).not.toMatch(/['()*]/);
  });

  it('tell browsers to run nothing', () => {
    const headers = downloadHeaders({ ...FILE, name: 'a' });
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['content-security-policy']).toContain('sandbox');
  });
});
