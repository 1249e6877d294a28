import type { NoticeRef, NotificationKind } from '#crm';

/** What mails say in one language. */
export interface Words {
  /** A record or an activity, by its name; without one that may be told. */
  readonly noun: Readonly<Record<NoticeRef['type'], string>>;
  named(noun: string, name: string): string;
  /** What happened, about what. One line, without an end. */
  readonly kinds: Readonly<Record<NotificationKind, (what: string) => string>>;
  greeting(name: string): string;
  /** The subject of a mail with several notices. */
  several(count: number): string;
  readonly ending: string;
}
