import { deriveId, type Locale, type NoticeRef, type NotificationKind, type Uuid } from '#crm';
import type { Mail } from './mailer.port.js';
import { EN } from './words/en.js';
import { VI } from './words/vi.js';
import type { Words } from './words/words.js';

const WORDS: Readonly<Record<Locale, Words>> = { vi: VI, en: EN };

/** A notice as a mail tells of it. */
export interface ToldNotice {
  readonly deliveryId: Uuid;
  readonly kind: NotificationKind;
  readonly record: NoticeRef;
  /** What the record is called, where the recipient may know. */
  readonly name?: string | undefined;
}

export interface MailRecipient {
  readonly id: Uuid;
  readonly name: string;
  readonly email: string;
  readonly locale: Locale;
}

/** Longest name in a mail, in characters. */
const MOST = 120;

/** The mail that tells somebody of one notice, or of several, at least one. */
export function composeMail(recipient: MailRecipient, notices: readonly ToldNotice[]): Mail {
  const words = WORDS[recipient.locale];
  const lines = notices.map((notice) => lineOf(notice, words));
  const [only = ''] = lines;
  const list = lines.length === 1 ? only : lines.map((line) => `- ${line}`).join('\n');
  const ids = notices.map(({ deliveryId }) => deliveryId).sort();
  const name = oneLine(recipient.name);
  return {
    id: deriveId(recipient.id, ids.join(' ')),
    to: { name, address: recipient.email },
    subject: lines.length === 1 ? only : words.several(lines.length),
    text: `${words.greeting(name)}\n\n${list}\n\n${words.ending}\n`,
  };
}

function lineOf({ kind, record, name }: ToldNotice, words: Words): string {
  const noun = words.noun[record.type];
  return words.kinds[kind](name ? words.named(noun, oneLine(name)) : noun);
}

/** A name as it may stand in a header: on one line, whatever was put into it. */
function oneLine(name: string): string {
  const flat = name.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  const characters = [...flat];
  return characters.length > MOST ? `${characters.slice(0, MOST - 1).join('')}…` : flat;
}
