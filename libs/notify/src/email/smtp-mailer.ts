import { createTransport } from 'nodemailer';
import { SENT } from '../deliveries/outcome.js';
import type { Mailer } from './mailer.port.js';
import { smtpFailure } from './smtp-failure.js';

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
        return smtpFailure(error);
      }
    },
    close: () => transport.close(),
  };
}
