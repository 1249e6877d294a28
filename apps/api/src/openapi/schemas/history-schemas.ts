import { Type } from '@sinclair/typebox';
import { id, instant } from '../../http/schemas.js';
import { LOST, UNLISTED_LOST } from './merge-schemas.js';
import { aroundOf, listOf, open, position } from './parts.js';

/** Of what has happened. */
export const HISTORY_SCHEMAS = {
  EventPage: open({ events: Type.Array(open({ position })), next: position, more: Type.Boolean() }),
  Provenance: listOf({ field: Type.String(), eventId: id('The event.'), position }),
  TimelinePage: aroundOf({
    id: id('The event.'),
    position,
    type: Type.String(),
    at: instant('When it happened.'),
    text: Type.String({ description: 'A sentence in the language of the reader.' }),
    lost: Type.Optional(
      Type.Array(LOST, { description: 'Of a merge: values that were not taken.' }),
    ),
    unlistedLost: UNLISTED_LOST,
  }),
} as const;
