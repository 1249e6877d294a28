import {
  nextReminder,
  type OpportunityState,
  openDeadline,
  type Recorded,
  type ReminderEvent,
  reminderDecider,
  reminderStream,
} from '#crm';
import type { EventLog } from '#event-store';
import type { FoundDeadline, ReminderFinder } from '../src/index.js';

/** Looks through all opportunities: slow, and right by construction. */
export function scanningReminderFinder(
  log: EventLog,
  all: () => Promise<readonly OpportunityState[]>,
): ReminderFinder {
  return {
    async find({ now }) {
      const documents: FoundDeadline[] = [];
      for (const state of await all()) {
        const deadline = openDeadline(state);
        if (!deadline) continue;
        const { events } = await log.readStream({ stream: reminderStream(deadline.id) });
        const { count, remindedFor } = events.reduce(
          (reminders, event) =>
            reminderDecider.evolve(reminders, event as unknown as Recorded<ReminderEvent>),
          reminderDecider.initial(deadline.id),
        );
        const next = nextReminder(deadline, remindedFor);
        if (next === undefined || next > now) continue;
        documents.push({
          ...{ type: 'opportunity', recordId: state.id, deadlineId: deadline.id },
          ...{ reminders: count, ...(remindedFor && { remindedFor }) },
        });
      }
      return { documents };
    },
    reached: async () => true,
  };
}
