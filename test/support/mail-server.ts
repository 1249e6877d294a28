import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';

/** A mail as it came over the wire. */
export interface ReceivedMail {
  readonly to: readonly string[];
  /** Headers and body, CRLF and all. */
  readonly raw: string;
}

/** Where in the dialogue a mail is refused. */
export type SmtpStep = 'MAIL FROM' | 'RCPT TO' | 'DATA';

export interface MailServer {
  readonly url: string;
  readonly mails: readonly ReceivedMail[];
  /** Refuses every mail with this code from now on, at the end unless told otherwise; undefined takes them again. */
  refuse(code: number | undefined, at?: SmtpStep): void;
  close(): Promise<void>;
}

/** A mail server on this machine that keeps what it is given. */
export async function startMailServer(): Promise<MailServer> {
  const mails: ReceivedMail[] = [];
  let refusal: { readonly code: number; readonly at: SmtpStep } | undefined;
  const refused = (step: SmtpStep) =>
    refusal?.at === step
      ? Object.assign(new Error('Not now.'), { responseCode: refusal.code })
      : null;
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onMailFrom: (_address, _session, done) => done(refused('MAIL FROM')),
    onRcptTo: (_address, _session, done) => done(refused('RCPT TO')),
    onData(stream, session, done) {
      text(stream).then((raw) => {
        const error = refused('DATA');
        if (error) {
          done(error);
          return;
        }
        mails.push({ to: session.envelope.rcptTo.map(({ address }) => address), raw });
        done();
      }, done);
    },
  });
  // Clients that go away in the middle.
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    refuse(code, at = 'DATA') {
      refusal = code === undefined ? undefined : { code, at };
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** A header of a mail, unfolded and decoded; undefined when there is none. */
export function headerOf({ raw }: Pick<ReceivedMail, 'raw'>, name: string): string | undefined {
  const head = raw.slice(0, raw.indexOf('\r\n\r\n')).replace(/\r\n[ \t]+/g, ' ');
  const line = head.split('\r\n').find((one) => one.toLowerCase().startsWith(`${name}:`));
  return line && decodeWords(line.slice(name.length + 1).trim());
}

/** The plain text of a mail. */
export function textOf(mail: ReceivedMail): string {
  return bodyOf(partOf(mail, 'text/plain'));
}

/** The page of a mail. */
export function htmlOf(mail: ReceivedMail): string {
  return bodyOf(partOf(mail, 'text/html'));
}

/** The part of this type of a mail that has alternatives. */
function partOf(mail: ReceivedMail, type: string): Pick<ReceivedMail, 'raw'> {
  const boundary = /boundary="([^"]+)"/.exec(headerOf(mail, 'content-type') ?? '')?.[1];
  const parts = mail.raw.split(`--${boundary}`).map((raw) => ({ raw: raw.replace(/^\r\n/, '') }));
  const part = parts.find((one) => headerOf(one, 'content-type')?.startsWith(type));
  if (!part) throw new Error(`The mail has no ${type}.`);
  return part;
}

function bodyOf(mail: Pick<ReceivedMail, 'raw'>): string {
  const body = mail.raw.slice(mail.raw.indexOf('\r\n\r\n') + 4);
  switch (headerOf(mail, 'content-transfer-encoding')) {
    case 'base64':
      return Buffer.from(body, 'base64').toString('utf8');
    case 'quoted-printable':
      return decodeQuoted(body.replace(/=\r\n/g, ''));
    default:
      return body;
  }
}

function decodeWords(line: string): string {
  return line
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, kind: string, word: string) =>
      kind.toLowerCase() === 'b'
        ? Buffer.from(word, 'base64').toString('utf8')
        : decodeQuoted(word.replace(/_/g, ' ')),
    );
}

function decodeQuoted(text: string): string {
  const bytes = text.replace(/=([0-9A-F]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
