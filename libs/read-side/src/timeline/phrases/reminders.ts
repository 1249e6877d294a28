import type { ReminderIssued, Uuid } from '#crm';
import { listed } from './joined.js';
import type { Phrases, Wording } from './phrases.js';

/** Members of a team that are named; of more it is said how many. */
const MOST_NAMED = 5;

/** Who was reminded; empty when nobody was there to be. */
function people(
  recipientIds: readonly Uuid[],
  { member }: Wording,
  others: (count: number) => string,
  and: string,
): string {
  const named = recipientIds.slice(0, MOST_NAMED).map(member);
  const more = recipientIds.length - named.length;
  return listed([...named, more > 0 && others(more)], and);
}

function thing({ type }: ReminderIssued['data']['record'], activity: string, w: Wording): string {
  return type === 'activity' ? activity : w.nounOf(type);
}

export const REMINDERS_EN: Phrases['reminders'] = {
  ReminderIssued({ record, number, dueAt, recipientIds }, w) {
    const to = people(recipientIds, w, (more) => `${more} more`, ' and ');
    const what = `${thing(record, 'activity', w)} has been overdue since ${w.instant(dueAt)}`;
    if (!to) return `Nobody was there to be reminded: the ${what}.`;
    return `Reminder${number > 1 ? ` no. ${number}` : ''} to ${to}: the ${what}.`;
  },
};

export const REMINDERS_VI: Phrases['reminders'] = {
  ReminderIssued({ record, number, dueAt, recipientIds }, w) {
    const to = people(recipientIds, w, (more) => `${more} người khác`, ' và ');
    const what = `${thing(record, 'hoạt động', w)} đã quá hạn từ ${w.instant(dueAt)}`;
    if (!to) return `Không có ai để nhắc: ${what}.`;
    return `Nhắc${number > 1 ? ` lần ${number}` : ''} ${to}: ${what}.`;
  },
};
