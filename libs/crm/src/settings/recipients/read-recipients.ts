import { readId } from '../../record/values/id.js';
import type { InputReading } from '../../record/values/input-reading.js';
import { isJsonObject } from '../../record/values/reading.js';
import { USER_ROLES } from '../../user/user-state.js';
import { readList, refuseOtherMembers, refuseRepeated } from '../parts/read-parts.js';
import type { Recipient } from './recipient-rule.js';

/** Most recipients of one rule. */
export const MAX_RECIPIENTS = 100;

/** People, teams and roles, each once and at least one. Whether there are such people is not known here. */
export function readRecipients(
  reading: InputReading,
  raw: readonly Recipient[],
  path: string,
): readonly Recipient[] {
  if (Array.isArray(raw) && raw.length === 0) {
    reading.refuse(path, 'required', 'Name at least one recipient.');
  }
  const recipients = readList(reading, raw, path, MAX_RECIPIENTS).map((recipient, index) =>
    readRecipient(reading, recipient, `${path}.${index}`),
  );
  refuseRepeated(
    reading,
    recipients.map((recipient) => (recipient ? nameOf(recipient) : '')),
    (index) => `${path}.${index}`,
    'duplicate_recipient',
    'This recipient is there already.',
  );
  return recipients.filter((recipient) => recipient !== undefined);
}

function readRecipient(reading: InputReading, raw: Recipient, path: string): Recipient | undefined {
  switch (isJsonObject(raw) ? raw.kind : undefined) {
    case 'user': {
      const { userId } = raw as Extract<Recipient, { kind: 'user' }>;
      refuseOtherMembers(reading, raw, ['kind', 'userId'], path);
      return { kind: 'user', userId: reading.required(readId, userId, `${path}.userId`, '') };
    }
    case 'team': {
      const { teamId } = raw as Extract<Recipient, { kind: 'team' }>;
      refuseOtherMembers(reading, raw, ['kind', 'teamId'], path);
      return { kind: 'team', teamId: reading.required(readId, teamId, `${path}.teamId`, '') };
    }
    case 'role': {
      const { role } = raw as Extract<Recipient, { kind: 'role' }>;
      refuseOtherMembers(reading, raw, ['kind', 'role'], path);
      const message = `This is one of: ${USER_ROLES.join(', ')}.`;
      reading.refuseUnless(USER_ROLES.includes(role), `${path}.role`, 'unknown_role', message);
      return { kind: 'role', role };
    }
    default:
      reading.refuse(`${path}.kind`, 'unknown_recipient', 'A recipient is a user, team or role.');
      return undefined;
  }
}

/** Empty for one without an id, which was refused already. */
function nameOf(recipient: Recipient): string {
  switch (recipient.kind) {
    case 'user':
      return recipient.userId;
    case 'team':
      return recipient.teamId;
    case 'role':
      return recipient.role;
  }
}
