import { given, ID, OTHER_ID } from '../../test/given.js';
import { accountDecider } from '../account/account.js';
import { type ContactEvent, contactDecider } from '../contact/contact.js';
import { leadDecider } from '../lead/lead.js';
import { NO_SETTINGS, type Settings } from '../settings/settings.js';
import type { CaptureRecord } from './record-commands.js';

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
  it('takes the option again that it holds, though it was removed since', () => {
    const colour = { recordType: 'contact', key: 'colour', type: 'select' } as const;
    const label = { en: 'Colour', vi: 'Màu' };
    const flags = { required: false, matchKey: false, retired: false };
    const settings = requiring({
      customFields: [{ ...colour, label, options: ['Xanh'], ...flags }],
    });
    const held: ContactEvent = {
      ...CAPTURED,
      data: { ...CAPTURED.data, custom: { colour: 'Đỏ' } },
    };
    const edit = { kind: 'edit', fields: { title: 'Bà' }, custom: { colour: 'Đỏ' } } as const;
    given(contactDecider, [held], settings)
      .when(edit)
      .decides({ type: 'ContactEdited', data: { changes: [{ field: 'title', to: 'Bà' }] } });
    given(contactDecider, [CAPTURED], settings)
      .when(edit)
      .refused('invalid_fields', 'custom.colour');
  });

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

describe('Capturing nothing', () => {
  it('is refused, tags or not', () => {
    const capture = { kind: 'capture', fields: {}, custom: {}, tags: ['vip'] } as const;
    given(contactDecider).when(capture).refused('empty_record', 'body');
    const blank = { ...capture, fields: { givenName: '  ', email: null } };
    given(contactDecider).when(blank).refused('empty_record', 'body');
  });
});
