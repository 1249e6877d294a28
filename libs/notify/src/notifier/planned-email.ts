import {
  type Instant,
  type NotificationIssued,
  type NotificationPreferences,
  nextDigest,
  type PlannedEmail,
  preferenceFor,
  type Recorded,
} from '#crm';

/**
 * The e-mail that is to tell of a notice, as its recipient wants to be told; undefined for none.
 * @param now a digest whose hour is over by now does not go out behind its time: the next one has it
 */
export function plannedEmail(
  { data, stream, metadata }: Recorded<NotificationIssued>,
  preferences: NotificationPreferences,
  timeZone: string,
  now: Instant,
): PlannedEmail | undefined {
  const { recipientId, kind, record, about } = data;
  const { email } = preferenceFor(preferences, kind);
  if (email === 'off') return undefined;
  return {
    channel: 'email',
    ...{ recipientId, notificationId: stream.slice('notification-'.length), kind, record },
    ...(about && { about }),
    dueAt:
      email === 'digest'
        ? nextDigest(later(metadata.recordedAt, now), preferences.digestHour, timeZone)
        : metadata.recordedAt,
  };
}

function later(one: Instant, other: Instant): Instant {
  return one > other ? one : other;
}
