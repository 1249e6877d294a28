import { given, ID, OTHER_ID } from '../../test/given.js';
import { type ContactEvent, contactDecider } from '../contact/contact.js';
import type { RecordCommand } from './record-commands.js';
import type { Attachment } from './record-state.js';

const CAPTURED: ContactEvent = {
  type: 'ContactCaptured',
  data: {
    fields: { givenName: 'Khương', email: 'khuong@example.vn' },
    custom: {},
    tags: ['vip'],
    ownerId: ID,
  },
};
const FILE: Attachment = {
  id: OTHER_ID,
  name: 'báo giá.pdf',
  mediaType: 'application/pdf',
  size: 1_024,
  sha256: 'a'.repeat(64),
};

describe('notes on a record', () => {
  const noted = given(contactDecider, [CAPTURED])
    .when({ kind: 'add-note', text: 'Gọi lại\r\nsau Tết', attachments: [FILE] })
    .after();
  const [noteId = ''] = Object.keys(noted.notes);
  const withNote: readonly ContactEvent[] = [
    CAPTURED,
    { type: 'ContactNoteAdded', data: { noteId, text: 'Gọi lại', attachments: [] } },
  ];

  it('get an id that follows from the command', () => {
    given(contactDecider, [CAPTURED])
      .when({ kind: 'add-note', text: ' Gọi lại ', attachments: [] })
      .decides({ type: 'ContactNoteAdded', data: { noteId, text: 'Gọi lại', attachments: [] } });
  });

  it('need a text or a file', () => {
    given(contactDecider, [CAPTURED])
      .when({ kind: 'add-note', text: ' \n', attachments: [] })
      .refused('note_empty', 'text');
  });

  it('refuse control characters, too long a text and a bad file name', () => {
    given(contactDecider, [CAPTURED])
      .when({ kind: 'add-note', text: 'a\u0000', attachments: [] })
      .refused('invalid_fields', 'text');
    given(contactDecider, [CAPTURED])
      .when({ kind: 'add-note', text: 'a'.repeat(10_001), attachments: [] })
      .refused('invalid_fields', 'text');
    given(contactDecider, [CAPTURED])
      .when({ kind: 'add-note', text: 'a', attachments: [{ ...FILE, name: 'a\nb' }] })
      .refused('invalid_fields', 'attachments.0.name');
  });

  it('are rewritten with the text before', () => {
    given(contactDecider, withNote)
      .when({ kind: 'edit-note', noteId, from: 'Gọi lại', to: 'Đã gọi ' })
      .decides({ type: 'ContactNoteEdited', data: { noteId, from: 'Gọi lại', to: 'Đã gọi' } });
    given(contactDecider, withNote)
      .when({ kind: 'edit-note', noteId, from: 'Gọi lại', to: 'Gọi lại' })
      .decides();
    given(contactDecider, withNote)
      .when({ kind: 'edit-note', noteId, from: 'Gọi lại', to: ' ' })
      .refused('note_empty', 'to');
  });

  it('are taken away once', () => {
    const removed: ContactEvent = { type: 'ContactNoteRemoved', data: { noteId } };
    given(contactDecider, withNote).when({ kind: 'remove-note', noteId }).decides(removed);
    given(contactDecider, [...withNote, removed])
      .when({ kind: 'remove-note', noteId })
      .refused('note_not_found');
  });

  it.each(['constructor', '__proto__'])('are not found under %s', (name) => {
    given(contactDecider, withNote)
      .when({ kind: 'remove-note', noteId: name })
      .refused('note_not_found');
  });
});

describe('files of a record', () => {
  const attached: ContactEvent = { type: 'ContactAttachmentsAdded', data: { attachments: [FILE] } };

  it('are attached once', () => {
    const attach: RecordCommand = { kind: 'add-attachments', attachments: [FILE] };
    given(contactDecider, [CAPTURED]).when(attach).decides(attached);
    given(contactDecider, [CAPTURED, attached]).when(attach).decides();
  });

  it('are taken off', () => {
    const remove: RecordCommand = { kind: 'remove-attachment', attachmentId: FILE.id };
    const { attachments } = given(contactDecider, [CAPTURED, attached]).when(remove).after();
    expect(attachments).toEqual([]);
    given(contactDecider, [CAPTURED]).when(remove).refused('attachment_not_found');
  });
});
