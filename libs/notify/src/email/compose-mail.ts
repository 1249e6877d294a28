import {
  deriveId,
  type Locale,
  type NoticeRef,
  type NotificationKind,
  PLURALS,
  type Uuid,
} from '#crm';
import { escapeHtml } from './escape-html.js';
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

/** What is told of one notice, and where to look at what it is about. */
interface Line {
  readonly text: string;
  readonly link: string | undefined;
}

/**
 * The mail that tells somebody of one notice, or of several, at least one.
 * @param publicUrl where people open records: a link is `<publicUrl>/opportunities/<id>`; without it there are none
 */
export function composeMail(
  recipient: MailRecipient,
  notices: readonly ToldNotice[],
  publicUrl?: string,
): Mail {
  const { locale } = recipient;
  const words = WORDS[locale];
  const lines = notices.map((notice) => ({
    text: lineOf(notice, words),
    link: publicUrl && linkTo(publicUrl, notice.record),
  }));
  const subject = lines.length === 1 ? (lines[0]?.text ?? '') : words.several(lines.length);
  const ids = notices.map(({ deliveryId }) => deliveryId).sort();
  const name = oneLine(recipient.name);
  return {
    id: deriveId(recipient.id, ids.join(' ')),
    to: { name, address: recipient.email },
    subject,
    text: textOf(lines, words.greeting(name), words.ending),
    html: htmlOf(lines, words.greeting(name), words.ending, locale),
  };
}

function linkTo(publicUrl: string, { type, id }: NoticeRef): string {
  return `${publicUrl.replace(/\/+$/, '')}/${PLURALS[type]}/${id}`;
}

function textOf(lines: readonly Line[], greeting: string, ending: string): string {
  const [bullet, indent] = lines.length === 1 ? ['', ''] : ['- ', '  '];
  const list = lines.map(
    ({ text, link }) => `${bullet}${text}${link === undefined ? '' : `\n${indent}${link}`}`,
  );
  return `${greeting}\n\n${list.join('\n')}\n\n${ending}\n`;
}

function htmlOf(
  lines: readonly Line[],
  greeting: string,
  ending: string,
  language: Locale,
): string {
  const items = lines.map(({ text, link }) => {
    const shown = escapeHtml(text);
    return link === undefined ? shown : `<a href="${escapeHtml(link)}">${shown}</a>`;
  });
  const [only = ''] = items;
  const list =
    items.length === 1 ? `<p>${only}</p>` : `<ul>\n<li>${items.join('</li>\n<li>')}</li>\n</ul>`;
  const page = [
    `<!doctype html>\n<html lang="${language}">\n<head><meta charset="utf-8"></head>\n<body>`,
    ...[`<p>${escapeHtml(greeting)}</p>`, list, `<p><small>${escapeHtml(ending)}</small></p>`],
    '</body>\n</html>\n',
  ];
  return page.join('\n');
}

function lineOf({ kind, record, name }: ToldNotice, words: Words): string {
  const noun = words.noun[record.type];
  return words.kinds[kind](name ? words.named(noun, oneLine(name)) : noun);
}

/** Characters that turn the direction of what follows them: with one in a name, the words around it could be made to read as others. */
const TURNS = /\p{Bidi_Control}+/gu;

/** A name as it may stand in a header: on one line and by itself, whatever was put into it. */
function oneLine(name: string): string {
  const flat = name
    .replace(TURNS, '')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim();
  const characters = [...flat];
  return characters.length > MOST ? `${characters.slice(0, MOST - 1).join('')}…` : flat;
}
