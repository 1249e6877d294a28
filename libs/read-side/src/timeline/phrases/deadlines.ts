import type { DeadlineSetData } from '#crm';
import type { Phrases } from './phrases.js';

type Why = Readonly<Partial<Record<DeadlineSetData['cause'], string>>>;

const WHY_EN: Why = {
  assignment: ' for the new assignee',
  step: ' for the new step',
  due: ' for the new due time',
  resumption: ' now that it is worked on again',
  priority: ' because the priority changed',
  policy: ' because the overdue policy changed',
};
const WHY_VI: Why = {
  assignment: ' cho người phụ trách mới',
  step: ' cho bước mới',
  due: ' cho hạn mới của hoạt động',
  resumption: ' vì được xử lý lại',
  priority: ' vì mức ưu tiên thay đổi',
  policy: ' vì quy định quá hạn thay đổi',
};

/** Of the first deadline there is nothing to say: it comes with what has just been told. */
function why(words: Why, { cause, from }: DeadlineSetData): string {
  const isFirst = from === undefined && cause !== 'resumption' && cause !== 'policy';
  return isFirst ? '' : (words[cause] ?? '');
}

export const DEADLINES_EN: Phrases['deadlines'] = {
  DeadlineSet(data, w) {
    const { from, to } = data;
    const before = from ? `; before: ${w.instant(from)}` : '';
    return to
      ? `The deadline is ${w.instant(to)}${why(WHY_EN, data)}${before}.`
      : `There is no deadline any more${before}.`;
  },
  DeadlineSnoozed: ({ until }, w) => `${w.actor} put reminders off until ${w.instant(until)}.`,
  DeadlineHandled: (_, w) => `${w.actor} marked the deadline as handled.`,
};

export const DEADLINES_VI: Phrases['deadlines'] = {
  DeadlineSet(data, w) {
    const { from, to } = data;
    const before = from ? `; trước đó: ${w.instant(from)}` : '';
    return to
      ? `Hạn xử lý là ${w.instant(to)}${why(WHY_VI, data)}${before}.`
      : `Không còn hạn xử lý${before}.`;
  },
  DeadlineSnoozed: ({ until }, w) => `${w.actor} đã hoãn nhắc nhở đến ${w.instant(until)}.`,
  DeadlineHandled: (_, w) => `${w.actor} đã đánh dấu hạn xử lý là đã xong.`,
};
