import type { Outcome } from '../deliveries/outcome.js';

/** A mail, in plain text and as a page: both say the same. */
export interface Mail {
  /** The same for the same content, so that one that comes twice is known for one. */
  readonly id: string;
  readonly to: { readonly name: string; readonly address: string };
  /** One line. */
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Hands mails to a mail server. */
export interface Mailer {
  send(mail: Mail): Promise<Outcome>;
  close(): void;
}
