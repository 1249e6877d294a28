import {
  type Assignee,
  type Instant,
  type ReminderEvent,
  type ReminderState,
  reminderCommandId,
  reminderDecider,
  reminderDue,
  reminderStream,
  type TimedRef,
  type Uuid,
} from '#crm';
import type { EventLog } from '#event-store';
import { atMost } from '../execution/at-most.js';
import { processAuthority } from '../execution/envelope.js';
import { Executor, type Target } from '../execution/executor.js';
import { createPolling, type Polling } from '../execution/polling.js';
import type { SettingsSource } from '../settings/settings-source.port.js';
import { loadTimed } from './load-timed.js';
import type { FoundDeadline, ReminderFinder, ReminderRecipients } from './reminder-finder.port.js';

export interface RemindersOptions {
  readonly log: EventLog;
  readonly settings: SettingsSource;
  readonly finder: ReminderFinder;
  readonly recipients: ReminderRecipients;
  readonly now: () => Instant;
  readonly failed: (deadlineId: Uuid | undefined, error: unknown) => void;
  /** Milliseconds between two looks. */
  readonly intervalMs?: number;
}

export interface Reminders extends Polling {
  /** Issues what is due now. @returns how many were issued, or found to be issued */
  look(signal?: AbortSignal): Promise<number>;
}

const INTERVAL_MS = 1_000;
/** Deadlines that are looked at in one go, which bounds the memory taken, and at once. */
const PAGE = 1_000;
const AT_ONCE = 64;
/** Each stream of reminders is written to once, or rarely. */
const CACHED_STREAMS = 1_000;
const AUTHORITY = processAuthority('reminders');

/**
 * Reminds of deadlines that have passed (PRODUCT.md P6): the read model says of which, the record's own stream whether that is still so,
 * and the stream of the deadline's reminders whether it was done before. So a second process, a process that died, a read model that
 * is behind and a clock that is moved lose nothing and double nothing.
 */
export function createReminders(options: RemindersOptions): Reminders {
  const { log, settings, finder, recipients, now, failed, intervalMs = INTERVAL_MS } = options;
  const executor = new Executor({ log, settings, now, cachedStreams: CACHED_STREAMS });

  async function remind(found: FoundDeadline, at: Instant): Promise<boolean> {
    const record: TimedRef = { type: found.type, id: found.recordId };
    const timed = await loadTimed(log, record);
    if (timed?.deadline.id !== found.deadlineId) return false;
    const { deadline, assignee, about } = timed;
    const remindAt = reminderDue(deadline, found.remindedFor, at);
    if (remindAt === undefined) return false;
    const commandId = reminderCommandId(deadline.id, remindAt);
    const reminder = {
      record,
      ...(about && { about }),
      ...{ dueAt: deadline.dueAt, remindAt, assignee },
      recipientIds: recipientsOf(assignee, recipients),
    };
    await executor.execute(
      targetOf(deadline.id, found.reminders === 0),
      { authority: AUTHORITY, commandId, correlationId: commandId, fresh: false },
      (state, context) => reminderDecider.decide(state, { kind: 'issue', reminder }, context),
    );
    return true;
  }

  async function look(signal?: AbortSignal): Promise<number> {
    // What was issued before is among what is found then.
    await finder.reached(await log.head());
    const at = now();
    const slot = atMost(AT_ONCE);
    let count = 0;
    for (let cursor: string | undefined; !signal?.aborted; ) {
      const page = await finder.find({
        now: at,
        limit: PAGE,
        ...(cursor !== undefined && { cursor }),
      });
      await Promise.all(
        page.documents.map((found) =>
          slot(async () => {
            try {
              if (!signal?.aborted && (await remind(found, at))) count += 1;
            } catch (error) {
              failed(found.deadlineId, error);
            }
          }),
        ),
      );
      if (page.next === undefined) break;
      cursor = page.next;
    }
    return count;
  }

  return {
    look,
    ...createPolling({ look, failed: (error) => failed(undefined, error), intervalMs }),
  };
}

function targetOf(deadlineId: Uuid, unborn: boolean): Target<ReminderState, ReminderEvent> {
  return {
    stream: reminderStream(deadlineId),
    unborn,
    initial: () => reminderDecider.initial(deadlineId),
    evolve: reminderDecider.evolve,
  };
}

/** The owner; where there is none, or none any more, the members of the team. */
function recipientsOf(
  { ownerId, teamId }: Assignee,
  { isActiveUser, membersOf }: ReminderRecipients,
): readonly Uuid[] {
  if (ownerId !== undefined && isActiveUser(ownerId)) return [ownerId];
  return teamId === undefined ? [] : membersOf(teamId).filter(isActiveUser);
}
