import { Type } from '@sinclair/typebox';
import { id, oneOf } from '../../http/schemas.js';
import { aroundOf, attachment, DEADLINE, open, position, ref, revision } from './parts.js';

const ACTIVITY = open({
  id: id('Its id.'),
  status: oneOf(['planned', 'done', 'cancelled', 'deleted'], 'How it stands.'),
  subject: Type.String(),
  links: Type.Array(ref),
  deadline: DEADLINE,
  revision,
  position,
});

/** Of what comes with records: activities, notes, files. */
export const COMPANION_SCHEMAS = {
  Activity: ACTIVITY,
  ActivityPage: aroundOf(ACTIVITY.properties),
  NoteResult: open({ id: id('The record.'), noteId: id('The note.'), revision, position }),
  NotePage: aroundOf({ id: id('The note.'), attachments: Type.Array(attachment) }),
  AttachmentList: aroundOf({ ...attachment.properties, record: ref }),
} as const;
