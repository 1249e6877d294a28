import { smtpFailure } from './smtp-failure.js';

describe('what came of a mail that failed', () => {
  it.each<[object, string]>([
    [{ code: 'ESOCKET', originalCode: 'ECONNREFUSED' }, 'smtp_econnrefused'],
    [{ code: 'ESOCKET', originalCode: 'DEPTH_ZERO_SELF_SIGNED_CERT' }, 'smtp_certificate'],
    [{ code: 'ESOCKET', originalCode: 'ERR_TLS_CERT_ALTNAME_INVALID' }, 'smtp_certificate'],
    [{ code: 'ETIMEDOUT' }, 'smtp_etimedout'],
    [{ code: 'a text with crm@example.vn' }, 'smtp_failed'],
    [new Error('Mail to lan@example.vn failed.'), 'smtp_failed'],
  ])('is a code, and it is tried again: %#', (error, code) => {
    expect(smtpFailure(error)).toEqual({ sent: false, error: code });
  });

  it.each<[number, string, boolean]>([
    [550, 'RCPT TO', true],
    [554, 'DATA', true],
    [450, 'RCPT TO', false],
    // Those would be so for every mail.
    [535, 'AUTH PLAIN', false],
    [553, 'MAIL FROM', false],
    [554, 'CONN', false],
    [530, 'STARTTLS', false],
  ])('is the answer of the server: %d at %s', (responseCode, command, permanent) => {
    const failed = { sent: false, error: `smtp_${responseCode}`, permanent };
    expect(smtpFailure({ responseCode, command })).toEqual(failed);
  });
});
