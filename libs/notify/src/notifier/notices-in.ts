import {
  arrivalNotices,
  assignmentNotices,
  isHistory,
  type Notice,
  type NotifiedPeople,
  type OpportunityEvent,
  type OpportunityState,
  opportunityDecider,
  overdueNotices,
  type Recorded,
} from '#crm';
import type { EventLog, Logged } from '#event-store';
import type { SettingsAsOf } from './settings-as-of.js';

/** A notice with the event that owes it. */
export interface OwedNotice extends Notice {
  readonly cause: Recorded;
}

export interface NoticesParts {
  readonly log: EventLog;
  readonly settingsAsOf: SettingsAsOf;
  readonly people: NotifiedPeople;
}

/** Most events of the append by which an opportunity arrives. */
const ARRIVAL = 50;

/**
 * The notices that a batch of events owes, in the order of the log. What cannot be read owes nothing, nor does the past; and nobody is told
 * who may not come in any more.
 */
export async function noticesIn(
  events: readonly Logged[],
  parts: NoticesParts,
): Promise<readonly OwedNotice[]> {
  const owed: OwedNotice[] = [];
  for (const [index, cause] of events.entries()) {
    if (cause.unreadable || isHistory(cause.metadata)) continue;
    const notices = [
      ...(cause.type === 'OpportunityCaptured' ? await arrivals(events, index, cause, parts) : []),
      ...assignmentNotices(cause),
      ...overdueNotices(cause),
    ];
    const there = notices.filter(({ notice }) => parts.people.isActiveUser(notice.recipientId));
    for (const notice of there) owed.push({ ...notice, cause });
  }
  return owed;
}

async function arrivals(
  events: readonly Logged[],
  index: number,
  captured: Recorded,
  { log, settingsAsOf, people }: NoticesParts,
): Promise<readonly Notice[]> {
  const settings = await settingsAsOf(captured.metadata.settingsRevision);
  if (settings.recipients.every(({ retired }) => retired)) return [];
  const opportunity = arrived(captured, await arrivalOf(events, index, captured, log));
  return arrivalNotices({ captured, opportunity, settings, people });
}

/** The events that were recorded together with the capture. The batch has them, unless they are its end: then they may go on. */
async function arrivalOf(
  events: readonly Logged[],
  index: number,
  captured: Recorded,
  log: EventLog,
): Promise<readonly Recorded[]> {
  const isPart = ({ stream, metadata }: Recorded) =>
    stream === captured.stream && metadata.commandId === captured.metadata.commandId;
  const others = events.slice(index, index + ARRIVAL);
  const end = others.findIndex((event) => !isPart(event));
  if (end >= 0) return others.slice(0, end);
  const { events: all } = await log.readStream({ stream: captured.stream, limit: ARRIVAL });
  return all.filter(isPart);
}

function arrived({ stream }: Recorded, events: readonly Recorded[]): OpportunityState {
  const id = stream.slice('opportunity-'.length);
  return (events as readonly Recorded<OpportunityEvent>[]).reduce(
    opportunityDecider.evolve,
    opportunityDecider.initial(id),
  );
}
