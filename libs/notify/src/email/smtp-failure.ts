import type { Outcome } from '../deliveries/outcome.js';

/** What a server may refuse for this mail alone: its recipient, and what it says. */
const ABOUT_THE_MAIL = new Set(['RCPT TO', 'DATA']);

/**
 * What an error of nodemailer says of a mail, as a code: `smtp_550` as the server answered, `smtp_econnrefused` when none did, `smtp_certificate` when
 * nobody vouches for it. Its texts hold addresses, and may hold what the server was told.
 *
 * The server refuses for good with a code of 500 and more. That it does not let us in, greets nobody, wants TLS or does not know who mails are
 * from is ours to put right, and would be so for every mail: it is tried again.
 */
export function smtpFailure(error: unknown): Outcome {
  const { code, originalCode, command, responseCode } = error as Readonly<Record<string, unknown>>;
  if (typeof responseCode === 'number') {
    const permanent = responseCode >= 500 && ABOUT_THE_MAIL.has(String(command));
    return { sent: false, error: `smtp_${responseCode}`, permanent };
  }
  // nodemailer's own code says little where the system had a better one.
  return { sent: false, error: `smtp_${named(originalCode) ?? named(code) ?? 'failed'}` };
}

function named(code: unknown): string | undefined {
  if (typeof code !== 'string' || !/^[A-Z0-9_]{1,60}$/.test(code)) return undefined;
  return /CERT|SIGNATURE/.test(code) ? 'certificate' : code.toLowerCase();
}
