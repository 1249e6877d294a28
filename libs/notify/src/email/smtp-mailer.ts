import { createTransport } from 'nodemailer';
import { type Outcome, SENT } from '../deliveries/outcome.js';
import type { Mailer } from './mailer.port.js';

export interface SmtpOptions {
  /** `smtp://user:password@host:port` or `smtps://…`, with nodemailer's options as its query. */
  readonly url: string;
  /** The address in From. */
  readonly from: string;
}

/** Longest waits, in ms: nobody waits for a mail, but those behind it do. */
const LIMITS = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 };

/** Sends mails over SMTP. Connections are kept and shared. */
export function createSmtpMailer({ url, from }: SmtpOptions): Mailer {
  const transport = createTransport({
    ...{ url, pool: true, ...LIMITS },
    // Nothing that a mail says may have a file or an address read.
    ...{ disableFileAccess: true, disableUrlAccess: true },
  });
  const domain = from.slice(from.lastIndexOf('@') + 1);
  return {
    async send({ id, to, subject, text, html }) {
      try {
        await transport.sendMail({
          // As objects: what is in a name stays in the name.
          from: { name: 'Leadledger', address: from },
          ...{ to, subject, text, html, messageId: `<${id}@${domain}>` },
          headers: { 'Auto-Submitted': 'auto-generated' },
        });
        return SENT;
      } catch (error) {
        return failure(error);
      }
    },
    close: () => transport.close(),
  };
}

/** What a server may refuse for this mail alone: its recipient, and what it says. */
const ABOUT_THE_MAIL = new Set(['RCPT TO', 'DATA']);

/**
 * The server refuses for good with a code of 500 and more. That it does not let us in, greets nobody, wants TLS or does not know who mails are
 * from is ours to put right, and would be so for every mail: it is tried again.
 */
function failure(error: unknown): Outcome {
  const { code, command, responseCode } = error as Readonly<Record<string, unknown>>;
  if (typeof responseCode === 'number') {
    const permanent = responseCode >= 500 && ABOUT_THE_MAIL.has(String(command));
    return { sent: false, error: `smtp_${responseCode}`, permanent };
  }
  const named = typeof code === 'string' && /^[A-Z0-9_]{1,40}$/.test(code);
  return { sent: false, error: named ? `smtp_${code.toLowerCase()}` : 'smtp_failed' };
}
