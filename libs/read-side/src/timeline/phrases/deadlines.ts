import type { DeadlineSetData } from '#crm';
import type { Phrases } from './phrases.js';

type Why = Readonly<Partial<Record<DeadlineSetData['cause'], string>>>;

const WHY_EN: Why = {
  step: ' for the new step',
  priority: ' because the priority changed',
  policy: ' because the overdue policy changed',
};
const WHY_VI: Why = {
  step: ' cho bước mới',
  priority: ' vì mức ưu tiên thay đổi',
  policy: ' vì quy định quá hạn thay đổi',
};

export const DEADLINES_EN: Phrases['deadlines'] = {
  DeadlineSet({ cause, from, to }, w) {
    const before = from ? `; before: ${w.instant(from)}` : '';
    return to
      ? `The deadline is ${w.instant(to)}${WHY_EN[cause] ?? ''}${before}.`
      : `There is no deadline any more${before}.`;
  },
  DeadlineSnoozed: ({ until }, w) => `${w.actor} put reminders off until ${w.instant(until)}.`,
  DeadlineHandled: (_, w) => `${w.actor} marked the deadline as handled.`,
};

export const DEADLINES_VI: Phrases['deadlines'] = {
  DeadlineSet({ cause, from, to }, w) {
    const before = from ? `; trước đó: ${w.instant(from)}` : '';
    return to
      ? `Hạn xử lý là ${w.instant(to)}${WHY_VI[cause] ?? ''}${before}.`
      : `Không còn hạn xử lý${before}.`;
  },
  DeadlineSnoozed: ({ until }, w) => `${w.actor} đã hoãn nhắc nhở đến ${w.instant(until)}.`,
  DeadlineHandled: (_, w) => `${w.actor} đã đánh dấu hạn xử lý là đã xong.`,
};
