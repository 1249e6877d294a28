import {
  headerOf,
  htmlOf,
  type MailServer,
  type SmtpStep,
  startMailServer,
  textOf,
} from '../../../../test/support/mail-server.js';
import { composeMail, type MailRecipient, type ToldNotice } from './compose-mail.js';
import { createSmtpMailer } from './smtp-mailer.js';

const LAN: MailRecipient = {
  id: '55555555-5555-4555-8555-555555555555',
  name: 'Nguyễn Lan',
  email: 'lan@example.vn',
  locale: 'vi',
};
const notice = (name?: string, part: Partial<ToldNotice> = {}): ToldNotice => ({
  deliveryId: '66666666-6666-4666-8666-666666666666',
  kind: 'new-opportunity',
  record: { type: 'opportunity', id: LAN.id },
  name,
  ...part,
});

describe('a mail', () => {
  it('tells of one notice in its subject, in the language of the reader', () => {
    expect(composeMail(LAN, [notice('Lắp camera')])).toMatchObject({
      to: { name: 'Nguyễn Lan', address: 'lan@example.vn' },
      subject: 'Mới: cơ hội “Lắp camera”',
      text: expect.stringContaining('Chào Nguyễn Lan,\n\nMới: cơ hội “Lắp camera”\n'),
    });
    const { subject } = composeMail({ ...LAN, locale: 'en' }, [notice()]);
    expect(subject).toBe('New: opportunity');
  });

  it('tells of several in a list', () => {
    const overdue = notice('Gọi lại', {
      kind: 'overdue',
      record: { type: 'activity', id: LAN.id },
    });
    const { subject, text } = composeMail(LAN, [notice('Lắp camera'), overdue]);
    expect(subject).toBe('Bạn có 2 thông báo');
    expect(text).toContain('- Mới: cơ hội “Lắp camera”\n- Quá hạn: hoạt động “Gọi lại”\n');
  });

  it('has the same id for the same notices, and another for others', () => {
    const id = (...notices: ToldNotice[]) => composeMail(LAN, notices).id;
    const other = notice('b', { deliveryId: '77777777-7777-4777-8777-777777777777' });
    expect(id(notice('a'), other)).toBe(id(other, notice('c')));
    expect(id(notice())).not.toBe(id(other));
  });

  it('says the same as a page, in which names are nothing but text', () => {
    const { html } = composeMail(LAN, [notice('<img src=x onerror="a(\'b\')"> & Co')]);
    expect(html).toContain('<html lang="vi">');
    expect(html).toContain('<p>Chào Nguyễn Lan,</p>');
    expect(html).toContain(
      '<p>Mới: cơ hội “&lt;img src=x onerror=&quot;a(&#39;b&#39;)&quot;&gt; &amp; Co”</p>',
    );
    const several = composeMail(LAN, [notice('a'), notice('b')]).html;
    expect(several).toContain('<li>Mới: cơ hội “a”</li>\n<li>Mới: cơ hội “b”</li>');
  });

  it('links to records where people open them, if that is known', () => {
    const overdue = notice('b', { record: { type: 'activity', id: LAN.id } });
    const linked = composeMail(LAN, [notice('a'), overdue], 'https://crm.example.vn/app');
    const at = (plural: string) => `https://crm.example.vn/app/${plural}/${LAN.id}`;
    expect(linked.text).toContain(`- Mới: cơ hội “a”\n  ${at('opportunities')}\n- Mới`);
    expect(linked.html).toContain(`<li><a href="${at('activities')}">Mới: hoạt động “b”</a></li>`);
    const { text, html } = composeMail(LAN, [notice('a')]);
    expect(`${text}${html}`).not.toMatch(/href|http/);
  });

  it('reads as it is written, whatever direction a name asks for', () => {
    const { subject, html } = composeMail(LAN, [notice('a\u202e\u2066b\u200f👨\u200d👩')]);
    expect(subject).toBe('Mới: cơ hội “ab👨\u200d👩”');
    expect(html).toContain(subject);
  });

  it('cuts long names', () => {
    const { subject } = composeMail(LAN, [notice('ă'.repeat(500))]);
    expect([...subject].length).toBeLessThan(160);
  });
});

describe('over SMTP, a mail', () => {
  let server: MailServer;
  beforeEach(async () => {
    server = await startMailServer();
  });
  afterEach(() => server.close());

  const send = async (recipient: MailRecipient, told = notice('Lắp camera'), url = server.url) => {
    const mailer = createSmtpMailer({ url, from: 'crm@example.vn' });
    const outcome = await mailer.send(composeMail(recipient, [told]));
    mailer.close();
    return outcome;
  };

  it('arrives', async () => {
    expect(await send(LAN)).toEqual({ sent: true });
    const [mail] = server.mails;
    if (!mail) throw new Error('None came.');
    expect(mail.to).toEqual(['lan@example.vn']);
    expect(headerOf(mail, 'from')).toBe('Leadledger <crm@example.vn>');
    expect(headerOf(mail, 'to')).toContain('Nguyễn Lan');
    expect(headerOf(mail, 'subject')).toBe('Mới: cơ hội “Lắp camera”');
    expect(headerOf(mail, 'auto-submitted')).toBe('auto-generated');
    expect(headerOf(mail, 'message-id')).toMatch(/^<[0-9a-f-]{36}@example\.vn>$/);
    expect(textOf(mail)).toContain('Mới: cơ hội “Lắp camera”');
    expect(htmlOf(mail)).toContain('<p>Mới: cơ hội “Lắp camera”</p>');
  });

  it.each([
    'Lan\r\nBcc: thief@example.com',
    'Lan\nSubject: Won\n\nbody',
    'Lan" <thief@example.com>, "x',
    'Lan\u2028Bcc: thief@example.com',
    'Lan\u0000\u000bBcc: thief@example.com',
    '=?utf-8?q?Lan=0D=0ABcc:_thief@example.com?=',
    '<thief@example.com>',
    'thief@example.com,',
  ])('has no header and no recipient that a name puts in: %#', async (name) => {
    expect(await send({ ...LAN, name }, notice(name))).toEqual({ sent: true });
    const [mail] = server.mails;
    if (!mail) throw new Error('None came.');
    expect(mail.to).toEqual(['lan@example.vn']);
    const head = mail.raw.slice(0, mail.raw.indexOf('\r\n\r\n')).replace(/\r\n[ \t]+/g, ' ');
    const names = head.split('\r\n').map((line) => line.slice(0, line.indexOf(':')).toLowerCase());
    expect(names.sort()).toEqual(
      [
        ...['auto-submitted', 'content-type', 'date', 'from', 'message-id', 'mime-version'],
        ...['subject', 'to'],
      ].sort(),
    );
    expect(mail.raw).not.toMatch(/^(?:bcc|cc):/im);
  });

  it.each<[number, SmtpStep, boolean]>([
    [451, 'DATA', false],
    [550, 'DATA', true],
    [450, 'RCPT TO', false],
    [550, 'RCPT TO', true],
    // Whoever mails are from is not known: so it would be for all.
    [553, 'MAIL FROM', false],
  ])(
    'that is refused with %d at %s says so, without what the server said',
    async (code, step, permanent) => {
      server.refuse(code, step);
      expect(await send(LAN)).toEqual({ sent: false, error: `smtp_${code}`, permanent });
    },
  );

  it('to a server that is away is tried again', async () => {
    const { url } = server;
    await server.close();
    const outcome = await send(LAN, notice(), url);
    expect(outcome).toMatchObject({ sent: false, error: expect.stringMatching(/^smtp_e[a-z]+$/) });
    expect(outcome).not.toHaveProperty('permanent', true);
    server = await startMailServer();
  });
});
