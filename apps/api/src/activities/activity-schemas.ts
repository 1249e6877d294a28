import { type Static, Type } from '@sinclair/typebox';
import { ACTIVITY_KINDS, MAX_LINKS, RECORD_TYPES } from '#crm';
import {
  closed,
  id,
  instant,
  line,
  lines,
  OCCURRED_AT,
  oneOf,
  optional,
  orNull,
} from '../http/schemas.js';

export const LINK = closed({
  type: oneOf(RECORD_TYPES, 'The type of the record.'),
  id: id('The record.'),
});

const KIND = oneOf(ACTIVITY_KINDS, 'What kind of activity.');
const DUE = instant('When it is due; calls, meetings and e-mails need it.');

export const PLAN = closed({
  kind: KIND,
  subject: line('What is to be done.'),
  description: optional(lines('More about it.')),
  dueAt: optional(DUE),
  assigneeId: optional(id('Who is to do it; you when left out.')),
  links: Type.Array(LINK, {
    minItems: 1,
    maxItems: MAX_LINKS,
    description: 'The records that it is about.',
  }),
  ...OCCURRED_AT,
});
export type PlanBody = Static<typeof PLAN>;

export const EDIT = closed({
  kind: optional(KIND),
  subject: optional(line('What is to be done.')),
  description: optional(orNull(lines('More about it.'))),
  ...OCCURRED_AT,
});
export type EditBody = Static<typeof EDIT>;

export const COMPLETE = closed({ outcome: optional(lines('What came of it.')), ...OCCURRED_AT });
export const CANCEL = closed({ reason: optional(lines('Why.')), ...OCCURRED_AT });
export const RESCHEDULE = closed({ dueAt: orNull(DUE), ...OCCURRED_AT });
export const ASSIGN = closed({ assigneeId: orNull(id('Who is to do it.')), ...OCCURRED_AT });
export const LINKED = closed({ ...LINK.properties, ...OCCURRED_AT });
