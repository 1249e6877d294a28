import { given, ID, OTHER_ID } from '../../test/given.js';
import { type ContactEvent, contactDecider } from '../contact/contact.js';
import type { RecordCommand } from './record-commands.js';

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
