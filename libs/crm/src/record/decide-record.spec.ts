import { given, ID, OTHER_ID } from '../../test/given.js';
import { accountDecider } from '../account/account.js';
import { type ContactEvent, contactDecider } from '../contact/contact.js';
import { leadDecider } from '../lead/lead.js';
import { NO_SETTINGS, type Settings } from '../settings/settings.js';
import type { CaptureRecord, RecordCommand } from './record-commands.js';
import type { Attachment } from './record-state.js';

const CAPTURE: CaptureRecord = { kind: 'capture', fields: {}, custom: {}, tags: [] };
const CAPTURED: ContactEvent = {
  type: 'ContactCaptured',
  data: {
    fields: { givenName: 'Khương', email: 'khuong@example.vn' },
    custom: {},
    tags: ['vip'],
    ownerId: ID,
  },
};
const DELETED: ContactEvent = { type: 'ContactDeleted', data: {} };
const FILE: Attachment = {
  id: OTHER_ID,
  name: 'báo giá.pdf',
  mediaType: 'application/pdf',
  size: 1_024,
  sha256: 'a'.repeat(64),
};

function requiring(part: Partial<Settings>): { readonly settings: Settings } {
  return { settings: { ...NO_SETTINGS, ...part } };
}

const PHONE_REQUIRED = requiring({
  requiredFields: { lead: [], opportunity: [], contact: ['phones'], account: [] },
});

describe('capturing a record', () => {
  it('records its values in their normal form, without the empty ones', () => {
    given(contactDecider)
      .when({
        ...CAPTURE,
        fields: {
          givenName: ' Khương ',
          email: 'K <khuong@example.vn>',
          jobTitle: '',
          phones: null,
        },
        tags: [' vip', 'vip'],
        ownerId: ID.toUpperCase(),
      })
      .decides({ ...CAPTURED, data: { ...CAPTURED.data } });
  });

  it('is refused for a record that is there already', () => {
    given(contactDecider, [CAPTURED]).when(CAPTURE).refused('record_exists');
  });

  it('names every value that cannot be read', () => {
    given(contactDecider)
      .when({ ...CAPTURE, fields: { email: 'x', nick: 'y' }, custom: { z: 1 }, tags: ['a', ' '] })
      .refused('invalid_fields', 'email', 'nick', 'custom.z', 'tags.1');
  });

  it('refuses an owner or team that is no id', () => {
    given(contactDecider)
      .when({ ...CAPTURE, ownerId: 'me', teamId: 'us' })
      .refused('invalid_fields', 'ownerId', 'teamId');
  });

  it('refuses when a required field is empty, a custom one too', () => {
    given(accountDecider, [], {
      ...requiring({
        requiredFields: { lead: [], opportunity: [], contact: [], account: ['name'] },
        customFields: [
          {
            recordType: 'account',
            key: 'sector',
            type: 'text',
            label: { en: 'Sector', vi: 'Ngành' },
            options: [],
            required: true,
            matchKey: false,
            retired: false,
          },
        ],
      }),
    })
      .when(CAPTURE)
      .refused('required_fields', 'name', 'custom.sector');
  });
});

describe('editing a record', () => {
  const captured = given(contactDecider, [CAPTURED]);

  it('keeps the old and the new value of each field that changed', () => {
    captured
      .when({
        kind: 'edit',
        fields: { givenName: 'Khang', email: null, jobTitle: 'Giám đốc' },
        custom: {},
      })
      .decides({
        type: 'ContactEdited',
        data: {
          changes: [
            { field: 'givenName', from: 'Khương', to: 'Khang' },
            { field: 'email', from: 'khuong@example.vn' },
            { field: 'jobTitle', to: 'Giám đốc' },
          ],
        },
      });
  });

  it('to the values that it has decides nothing', () => {
    captured
      .when({
        kind: 'edit',
        fields: {
          givenName: 'Khương'.normalize('NFD'),
          email: 'A <khuong@example.vn>',
          phones: [],
        },
        custom: {},
      })
      .decides();
  });

  it('may not empty a required field, but need not fill one that was empty before', () => {
    const events: ContactEvent[] = [
      {
        ...CAPTURED,
        data: { ...CAPTURED.data, fields: { phones: ['0912 345 678'] } },
      } as ContactEvent,
    ];
    given(contactDecider, events, PHONE_REQUIRED)
      .when({ kind: 'edit', fields: { phones: null }, custom: {} })
      .refused('required_fields', 'phones');
    const { fields } = given(contactDecider, [CAPTURED], PHONE_REQUIRED)
      .when({ kind: 'edit', fields: { jobTitle: 'Giám đốc' }, custom: {} })
      .after();
    expect(fields.jobTitle).toBe('Giám đốc');
  });

  it('refuses names that every object has', () => {
    captured
      .when({ kind: 'edit', fields: JSON.parse('{"__proto__": {}}'), custom: { constructor: 1 } })
      .refused('invalid_fields', '__proto__', 'custom.constructor');
  });
});

describe('tagging a record', () => {
  it('tells what was added and removed', () => {
    given(contactDecider, [CAPTURED])
      .when({ kind: 'tag', add: ['mới', 'vip', 'đỏ'], remove: ['vip', 'đỏ', 'không có'] })
      .decides({ type: 'ContactTagged', data: { added: ['mới'], removed: ['vip'] } });
  });

  it('with tags that it has decides nothing', () => {
    given(contactDecider, [CAPTURED])
      .when({ kind: 'tag', add: ['vip'], remove: ['x'] })
      .decides();
  });

  it.each(['a'.repeat(65), 'a\u0000', 'a\u202e', '\ud800', ''])('refuses the tag %j', (tag) => {
    given(contactDecider, [CAPTURED])
      .when({ kind: 'tag', add: [tag], remove: [] })
      .refused('invalid_fields', 'add.0');
  });

  it('takes a hundred at once', () => {
    const add = Array.from({ length: 101 }, (_, index) => `tag ${index}`);
    given(contactDecider, [CAPTURED])
      .when({ kind: 'tag', add, remove: [] })
      .refused('invalid_fields', 'add');
  });
});

describe('assigning a record', () => {
  it('tells owner and team before and after', () => {
    given(contactDecider, [CAPTURED])
      .when({ kind: 'assign', teamId: OTHER_ID })
      .decides({
        type: 'ContactAssigned',
        data: { from: { ownerId: ID }, to: { ownerId: ID, teamId: OTHER_ID } },
      });
  });

  it('to nobody empties the owner', () => {
    const { ownerId } = given(contactDecider, [CAPTURED])
      .when({ kind: 'assign', ownerId: null })
      .after();
    expect(ownerId).toBeUndefined();
  });

  it('to whom it is assigned decides nothing', () => {
    given(contactDecider, [CAPTURED]).when({ kind: 'assign', ownerId: ID, teamId: null }).decides();
  });

  it('refuses what is no id', () => {
    given(contactDecider, [CAPTURED])
      .when({ kind: 'assign', ownerId: 'Khương' })
      .refused('invalid_fields', 'ownerId');
  });
});

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

describe('deleting and restoring a record', () => {
  it('is told with its reason, once', () => {
    given(contactDecider, [CAPTURED])
      .when({ kind: 'delete', reason: ' trùng ' })
      .decides({ type: 'ContactDeleted', data: { reason: 'trùng' } });
    given(contactDecider, [CAPTURED, DELETED]).when({ kind: 'delete' }).decides();
  });

  it('refuses other commands on what is deleted', () => {
    given(contactDecider, [CAPTURED, DELETED])
      .when({ kind: 'tag', add: ['x'], remove: [] })
      .refused('record_deleted');
  });

  it('brings everything back, once', () => {
    const { lifecycle, fields } = given(contactDecider, [CAPTURED, DELETED])
      .when({ kind: 'restore' })
      .after();
    expect(lifecycle).toBe('live');
    expect(fields).toEqual(CAPTURED.data.fields);
    given(contactDecider, [CAPTURED]).when({ kind: 'restore' }).decides();
  });

  it.each<RecordCommand>([
    { kind: 'delete' },
    { kind: 'restore' },
    { kind: 'edit', fields: {}, custom: {} },
  ])('refuses $kind of what was never captured', (command) => {
    given(contactDecider).when(command).refused('record_not_found');
  });
});

describe('who and when', () => {
  it('are those of the first and the latest event', () => {
    const { state } = given(contactDecider, [CAPTURED, DELETED]);
    expect(state.createdAt).toBe('2026-03-01T09:00:00.000Z');
    expect(state.updatedAt).toBe('2026-03-01T09:01:00.000Z');
    expect(state.createdBy).toBe(state.updatedBy);
  });
});

describe('an erased event', () => {
  it('folds without its personal parts', () => {
    const erased = [
      { type: 'LeadCaptured', data: { tags: [], pipelineId: 'leads', stageId: 'new' } },
      { type: 'LeadAttachmentsAdded', data: {} },
      { type: 'LeadEdited', data: { changes: [{ field: 'email' }] } },
      { type: 'LeadNoteAdded', data: { noteId: OTHER_ID } },
    ] as unknown as Parameters<typeof leadDecider.evolve>[1][];
    const { state } = given(leadDecider, erased);
    expect(state).toMatchObject({ lifecycle: 'live', fields: {}, custom: {}, attachments: [] });
  });
});
