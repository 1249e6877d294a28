import { Refusal } from '../kernel/refusal.js';
import { InputReading } from '../record/values/input-reading.js';
import { isJsonObject } from '../record/values/reading.js';
import { readWhole } from '../settings/parts/read-parts.js';
import { NOTIFICATION_KINDS, type NotificationKind } from './notification-kind.js';

/** When an e-mail tells of a notice: at once, with others once a day, or never. */
export const EMAIL_MODES = ['at-once', 'digest', 'off'] as const;
export type EmailMode = (typeof EMAIL_MODES)[number];

/** Where a user wants to be told of one kind. */
export type KindPreferences = {
  /** Whether the inbox shows it. */
  readonly inbox: boolean;
  readonly email: EmailMode;
};

/** What a user chose; kinds that are not there are as for everybody. */
export type NotificationPreferences = {
  readonly kinds: Readonly<Partial<Record<NotificationKind, KindPreferences>>>;
  /** 0 to 23, in the installation's time zone: when the digest is sent. */
  readonly digestHour: number;
};

/** How it is for who chose nothing. */
export const DEFAULT_PREFERENCES: NotificationPreferences = { kinds: {}, digestHour: 8 };
const DEFAULT_KIND: KindPreferences = { inbox: true, email: 'at-once' };

/** What is left out stays as it is. */
export type PreferNotifications = {
  readonly kind: 'prefer-notifications';
  readonly kinds?: Readonly<Partial<Record<NotificationKind, Partial<KindPreferences>>>>;
  readonly digestHour?: number;
};

/** How one kind is told of. Kinds that a later version chose for are as for everybody. */
export function preferenceFor(
  { kinds }: NotificationPreferences,
  kind: NotificationKind,
): KindPreferences {
  return { ...DEFAULT_KIND, ...kinds[kind] };
}

/** Every kind with how it is told of. */
export function allPreferences(
  preferences: NotificationPreferences,
): Readonly<Record<NotificationKind, KindPreferences>> {
  const entries = NOTIFICATION_KINDS.map((kind) => [kind, preferenceFor(preferences, kind)]);
  return Object.fromEntries(entries) as Record<NotificationKind, KindPreferences>;
}

/** The preferences after the command. @throws Refusal `invalid_fields` with the paths of what cannot be chosen */
export function withPreferences(
  before: NotificationPreferences,
  { kinds = {}, digestHour = before.digestHour }: PreferNotifications,
): NotificationPreferences {
  const reading = new InputReading();
  if (!isJsonObject(kinds)) throw notAnObject('kinds');
  const chosen = Object.entries(kinds).flatMap(([name, raw]) => {
    const kind = NOTIFICATION_KINDS.find((one) => one === name);
    const message = `A kind is one of: ${NOTIFICATION_KINDS.join(', ')}.`;
    if (!kind) reading.refuse(`kinds.${name}`, 'unknown_kind', message);
    return kind ? [[kind, readKind(reading, raw, `kinds.${kind}`, before, kind)] as const] : [];
  });
  const hour = readWhole(reading, digestHour, 'digestHour', { min: 0, max: 23 });
  reading.finish();
  return { kinds: { ...before.kinds, ...Object.fromEntries(chosen) }, digestHour: hour };
}

function readKind(
  reading: InputReading,
  raw: unknown,
  path: string,
  before: NotificationPreferences,
  kind: NotificationKind,
): KindPreferences {
  const known = preferenceFor(before, kind);
  const { inbox = known.inbox, email = known.email } = isJsonObject(raw)
    ? (raw as Partial<KindPreferences>)
    : {};
  reading.refuseUnless(isJsonObject(raw), path, 'wrong_type', 'This must be an object.');
  const flag = 'This must be true or false.';
  reading.refuseUnless(typeof inbox === 'boolean', `${path}.inbox`, 'wrong_type', flag);
  const modes = `This is one of: ${EMAIL_MODES.join(', ')}.`;
  reading.refuseUnless(EMAIL_MODES.includes(email), `${path}.email`, 'unknown_mode', modes);
  return { inbox, email };
}

function notAnObject(path: string): Refusal {
  const message = 'This must be an object.';
  return new Refusal('invalid', 'invalid_fields', 'Some values cannot be accepted.', {
    errors: [{ path, code: 'wrong_type', message }],
  });
}
