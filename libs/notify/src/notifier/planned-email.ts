import {
  type EmailMode,
  type Instant,
  type NotificationIssued,
  type NotificationPreferences,
  nextDigest,
  type PlannedEmail,
  preferenceFor,
  type Recorded,
} from '#crm';

/** The e-mail that is to tell of a notice, as its recipient wants to be told; undefined for none. */
export function plannedEmail(
  { data, stream, metadata }: Recorded<NotificationIssued>,
  preferences: NotificationPreferences,
  timeZone: string,
): PlannedEmail | undefined {
  const { recipientId, kind, record, about } = data;
  const { email } = preferenceFor(preferences, kind);
  if (email === 'off') return undefined;
  return {
    channel: 'email',
    ...{ recipientId, notificationId: stream.slice('notification-'.length), kind, record },
    ...(about && { about }),
    dueAt: dueAt(email, metadata.recordedAt, preferences, timeZone),
  };
}

function dueAt(
  email: Exclude<EmailMode, 'off'>,
  issuedAt: Instant,
  { digestHour }: NotificationPreferences,
  timeZone: string,
): Instant {
  return email === 'digest' ? nextDigest(issuedAt, digestHour, timeZone) : issuedAt;
}
