import type { Recorded } from '#crm';

/** Members of event data that are sealed whole and that folding takes for granted. */
const EMPTY = { fields: {}, custom: {}, tags: [], attachments: [] } as const;

/** An event whose personal part is gone for ever, with emptiness in its place, so that it folds like any other. */
export function withoutErasedParts<Event extends Recorded>(event: Event): Event {
  if (!event.erased) return event;
  return { ...event, data: { ...EMPTY, ...event.data } };
}
