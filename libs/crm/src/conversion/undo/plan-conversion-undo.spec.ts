import { createWorld, type World, type WorldCommand } from '../../../test/world.js';
import type { ConversionRequest } from '../conversion-request.js';
import type { ConversionUndoDecisions } from './undo-outlook.js';

const SELLER = '55555555-5555-4555-8555-555555555555';
const OTHER = '66666666-6666-4666-8666-666666666666';
const KHUONG = { familyName: 'Nguyễn Gia', givenName: 'Khương', email: 'khuong@example.vn' };
const FIRM = { organisation: 'Công ty TNHH Minh Phát' };
const ALL: ConversionRequest = { opportunity: { action: 'create' } };

const edit = (fields: object): WorldCommand =>
  ({ kind: 'edit', fields, custom: {} }) as WorldCommand;
const note: WorldCommand = { kind: 'add-note', text: 'Gọi lại.', attachments: [] };

/** A lead of one of ours that became a contact, an account and an opportunity. */
function converted() {
  const world = createWorld();
  const lead = world.capture('lead', { ...KHUONG, ...FIRM }, { tags: ['VIP'], ownerId: SELLER });
  const conversion = world.convert(lead, ALL);
  const {
    contactId = '',
    accountId = '',
    opportunityId = '',
  } = world.lead(lead).conversions[0] ?? {};
  return { world, lead, conversion, contactId, accountId, opportunityId };
}
type Converted = ReturnType<typeof converted>;

const lifecycles = ({ world, contactId, accountId, opportunityId }: Converted) =>
  [contactId, accountId, opportunityId].map((id) => world.state(id).lifecycle);
const actions = ({ world, lead, conversion }: Converted, decisions?: ConversionUndoDecisions) => {
  const { plan } = world.outlook(lead, conversion, decisions);
  return [plan.contact?.action, plan.account?.action, plan.opportunity?.action];
};
const reasons = ({ world, lead, conversion }: Converted) =>
  world.outlook(lead, conversion).kept.map(({ record, reason }) => [record.type, reason]);

describe('What a conversion created', () => {
  it('is withdrawn where nobody used or changed it, and the lead is no longer converted', () => {
    const made = converted();
    const { world, lead, conversion } = made;
    world.undo(lead, conversion);
    expect(lifecycles(made)).toEqual(['deleted', 'deleted', 'deleted']);
    expect(world.lead(lead).conversions).toMatchObject([
      {
        id: conversion,
        undone: {
          contact: { action: 'withdraw' },
          account: { action: 'withdraw' },
          opportunity: { action: 'withdraw' },
          completed: true,
        },
      },
    ]);
    expect(world.lead(lead).pending).toEqual({});
    expect(world.state(made.contactId).withdrawnBy?.conversionId).toBe(conversion);
  });

  it('can be restored by hand afterwards', () => {
    const made = converted();
    made.world.undo(made.lead, made.conversion);
    made.world.run(made.contactId, { kind: 'restore' });
    expect(made.world.state(made.contactId)).toMatchObject({ lifecycle: 'live', fields: KHUONG });
    expect(made.world.state(made.contactId).withdrawnBy).toBeUndefined();
  });

  type Change = (made: Converted) => unknown;
  const conflicts: readonly (readonly [
    string,
    'contact' | 'account' | 'opportunity',
    Change,
    string,
  ])[] = [
    [
      'an edit',
      'contact',
      ({ world, contactId }) => world.run(contactId, edit({ jobTitle: 'Kế toán' })),
      'jobTitle',
    ],
    [
      'a tag',
      'account',
      ({ world, accountId }) => world.run(accountId, { kind: 'tag', add: ['Quận 1'], remove: [] }),
      'tags',
    ],
    [
      'another owner',
      'contact',
      ({ world, contactId }) => world.run(contactId, { kind: 'assign', ownerId: OTHER }),
      'ownerId',
    ],
    [
      'another team',
      'account',
      ({ world, accountId }) => world.run(accountId, { kind: 'assign', teamId: OTHER }),
      'teamId',
    ],
    [
      'an edit',
      'opportunity',
      ({ world, opportunityId }) => world.run(opportunityId, edit({ priority: 'Cao' })),
      'priority',
    ],
    [
      'another stage',
      'opportunity',
      ({ world, opportunityId }) =>
        world.run(opportunityId, { kind: 'change-stage', stageId: 'proposal' }),
      'stageId',
    ],
    [
      'its being won',
      'opportunity',
      ({ world, opportunityId }) => world.run(opportunityId, { kind: 'win' }),
      'status',
    ],
    [
      'its being lost',
      'opportunity',
      ({ world, opportunityId }) => world.run(opportunityId, { kind: 'lose', reason: 'Giá' }),
      'status',
    ],
  ];

  it.each(conflicts)(
    'is a conflict after %s (%s): kept, unless the caller says withdraw',
    (_what, type, change, field) => {
      const made = converted();
      change(made);
      const { world, lead, conversion } = made;
      const { plan, conflicts: told, kept } = world.outlook(lead, conversion);
      expect(plan[type]).toMatchObject({ action: 'keep', reasons: ['changed_since'] });
      expect(told).toMatchObject([{ record: { type, id: made[`${type}Id`] }, decision: 'keep' }]);
      expect(told[0]?.values.map((value) => value.field)).toContain(field);
      expect(told[0]).not.toHaveProperty('field');
      expect(kept).toContainEqual({ record: told[0]?.record, reason: 'changed_since', by: [] });
      const decided = world.undo(lead, conversion, { [type]: 'withdraw' });
      expect(decided.conflicts).toMatchObject([{ decision: 'withdraw' }]);
      expect(lifecycles(made)).toEqual(['deleted', 'deleted', 'deleted']);
    },
  );

  it('tells what it is now and what the conversion had set', () => {
    const made = converted();
    made.world.run(made.contactId, edit({ email: 'k@example.vn', jobTitle: 'Kế toán' }));
    const { conflicts: told } = made.world.outlook(made.lead, made.conversion);
    expect(told[0]?.values).toEqual([
      { field: 'email', current: 'k@example.vn', converted: 'khuong@example.vn' },
      { field: 'jobTitle', current: 'Kế toán' },
    ]);
  });

  it('counts as unchanged when a change was taken back by hand', () => {
    const made = converted();
    made.world.run(made.contactId, edit({ jobTitle: 'Kế toán' }));
    made.world.run(made.contactId, edit({ jobTitle: null }));
    made.world.run(made.opportunityId, { kind: 'lose', reason: 'Giá' });
    made.world.run(made.opportunityId, { kind: 'reopen' });
    expect(actions(made)).toEqual(['withdraw', 'withdraw', 'withdraw']);
  });

  const uses: readonly (readonly [
    string,
    string,
    Change,
    readonly (readonly [string, string])[],
  ])[] = [
    [
      'another opportunity',
      'contact and account',
      ({ world, contactId, accountId }) =>
        world.capture('opportunity', { name: 'Khóa cửa', contactId, accountId }),
      [
        ['contact', 'referred_to'],
        ['account', 'referred_to'],
      ],
    ],
    [
      'another contact',
      'the account',
      ({ world, accountId }) => world.capture('contact', { givenName: 'An', accountId }),
      [['account', 'referred_to']],
    ],
    [
      'a note',
      'the contact, and the account that it is under',
      ({ world, contactId }) => world.run(contactId, note),
      [
        ['contact', 'notes'],
        ['account', 'referred_to'],
      ],
    ],
    [
      'another lead converted into them',
      'contact and account',
      ({ world }) => world.convert(world.capture('lead', { ...KHUONG, ...FIRM })),
      [
        ['contact', 'other_conversion'],
        ['account', 'referred_to'],
        ['account', 'other_conversion'],
      ],
    ],
    [
      'an opportunity that is kept',
      'everything',
      ({ world, opportunityId }) => world.run(opportunityId, { kind: 'win' }),
      [
        ['opportunity', 'changed_since'],
        ['contact', 'referred_to'],
        ['account', 'referred_to'],
      ],
    ],
    [
      'somebody who deleted it',
      'nothing more',
      ({ world, contactId }) => world.run(contactId, { kind: 'delete' }),
      [['contact', 'deleted']],
    ],
  ];

  it.each(uses)('stays for the use of %s: %s', (_by, _what, use, expected) => {
    const made = converted();
    use(made);
    const kept = reasons(made);
    expect(kept.filter(([, reason]) => reason !== 'changed_since')).toEqual(
      expected.filter(([, reason]) => reason !== 'changed_since').map((pair) => [...pair]),
    );
    expect(kept).toEqual(expect.arrayContaining(expected.map((pair) => [...pair])));
  });

  it('names what uses it, as far as the caller may see that', () => {
    const made = converted();
    const { world, lead, conversion, contactId } = made;
    const deal = world.capture('opportunity', { name: 'Khóa cửa', contactId });
    const kept = world
      .outlook(lead, conversion)
      .kept.find(({ record }) => record.type === 'contact');
    expect(kept?.by).toEqual([{ type: 'opportunity', id: deal }]);
  });

  it('that is in use is not withdrawn whatever the caller says', () => {
    const made = converted();
    made.world.run(made.contactId, note);
    expect(() => actions(made, { contact: 'withdraw' })).toThrow('unknown_conflict');
  });

  it('is free again once the other use is undone', () => {
    const made = converted();
    const { world, lead, conversion } = made;
    const second = world.capture('lead', { ...KHUONG, ...FIRM });
    const other = world.convert(second, ALL);
    world.undo(second, other);
    world.undo(lead, conversion);
    expect(lifecycles(made)).toEqual(['deleted', 'deleted', 'deleted']);
  });
});

describe('What a conversion updated', () => {
  const OLD = {
    givenName: 'K',
    email: KHUONG.email,
    jobTitle: 'Nhân viên',
    phones: ['0912 345 678'],
  };
  const NEW = { jobTitle: 'Giám đốc', phones: ['0987 654 321'], website: 'https://minhphat.vn' };

  /** A contact of somebody else's, overwritten by the lead and handed over. */
  function updated() {
    const world = createWorld();
    const contact = world.capture('contact', OLD, { tags: ['cũ'], ownerId: OTHER });
    const lead = world.capture('lead', { ...KHUONG, ...NEW }, { tags: ['VIP'] });
    const choice = {
      action: 'update',
      id: contact,
      overwrite: ['jobTitle'],
      ownerId: SELLER,
    } as const;
    const request: ConversionRequest = { contact: choice, account: { action: 'none' } };
    const before = world.state(contact);
    const conversion = world.convert(lead, request);
    return { world, contact, lead, conversion, before };
  }
  const values = (world: World, id: string) => {
    const { fields, custom, tags, ownerId, origins, lifecycle } = world.state(id);
    return { fields, custom, tags, ownerId, origins, lifecycle };
  };

  it('is as it was, where nobody changed it', () => {
    const { world, contact, lead, conversion, before } = updated();
    expect(world.state(contact)).toMatchObject({
      fields: { jobTitle: 'Giám đốc', website: 'https://minhphat.vn', familyName: 'Nguyễn Gia' },
      tags: ['cũ', 'VIP'],
      ownerId: SELLER,
    });
    world.undo(lead, conversion);
    const { fields, custom, tags, ownerId, origins, lifecycle } = before;
    expect(values(world, contact)).toEqual({ fields, custom, tags, ownerId, origins, lifecycle });
  });

  it.each([
    [
      'a field',
      edit({ jobTitle: 'Kế toán' }),
      'jobTitle',
      { current: 'Kế toán', converted: 'Giám đốc', before: 'Nhân viên' },
      'Nhân viên',
    ],
    [
      'a field that was empty',
      edit({ website: 'https://k.vn' }),
      'website',
      { current: 'https://k.vn', converted: 'https://minhphat.vn' },
      undefined,
    ],
    [
      'a field that was emptied',
      edit({ website: null, jobTitle: null }),
      'jobTitle',
      { converted: 'Giám đốc', before: 'Nhân viên' },
      'Nhân viên',
    ],
  ] as const)(
    'is a conflict in %s changed since: kept, unless the caller says revert',
    (_what, change, field, told, back) => {
      const { world, contact, lead, conversion } = updated();
      world.run(contact, change);
      const now = world.state(contact).fields[field];
      const { conflicts, kept, plan } = world.outlook(lead, conversion);
      const record = { type: 'contact', id: contact };
      expect(conflicts).toEqual([
        { record, field, values: [{ field, ...told }], decision: 'keep' },
      ]);
      expect(kept).toEqual([{ record, field, reason: 'changed_since', by: [] }]);
      expect(plan.contact).toMatchObject({ action: 'revert', kept: [field] });
      const word = updated();
      word.world.run(word.contact, change);
      word.world.undo(word.lead, word.conversion, { contact: 'revert' });
      expect(word.world.state(word.contact).fields[field]).toEqual(back);
      const other = updated();
      other.world.run(other.contact, change);
      other.world.undo(other.lead, other.conversion, { contact: { [field]: 'revert' } });
      expect(other.world.state(other.contact).fields[field]).toEqual(back);
      world.undo(lead, conversion);
      expect(world.state(contact).fields[field]).toEqual(now);
    },
  );

  it('loses only the entries of lists that the conversion added and that are still there', () => {
    const { world, contact, lead, conversion } = updated();
    expect(world.state(contact).fields.phones).toEqual(['0912 345 678', '0987 654 321']);
    world.run(contact, edit({ phones: ['0912 345 678', '+84 987 654 321', '0903 111 222'] }));
    expect(world.outlook(lead, conversion).conflicts).toEqual([]);
    world.undo(lead, conversion);
    expect(world.state(contact).fields.phones).toEqual(['0912 345 678', '0903 111 222']);
  });

  it('loses the tags that came, and keeps those that were there or came since', () => {
    const { world, contact, lead, conversion } = updated();
    world.run(contact, { kind: 'tag', add: ['Tết'], remove: [] });
    world.undo(lead, conversion);
    expect(world.state(contact).tags).toEqual(['cũ', 'Tết']);
  });

  it('goes back to its owner, unless somebody else has it since', () => {
    const THIRD = '77777777-7777-4777-8777-777777777777';
    const { world, contact, lead, conversion } = updated();
    world.run(contact, { kind: 'assign', ownerId: THIRD });
    const { conflicts } = world.outlook(lead, conversion);
    expect(conflicts).toMatchObject([
      { field: 'ownerId', values: [{ current: THIRD, converted: SELLER, before: OTHER }] },
    ]);
    world.undo(lead, conversion, { contact: { ownerId: 'revert' } });
    expect(world.state(contact).ownerId).toBe(OTHER);
  });

  it('is left alone once deleted', () => {
    const { world, contact, lead, conversion } = updated();
    world.run(contact, { kind: 'delete' });
    const { kept } = world.undo(lead, conversion);
    expect(kept).toEqual([{ record: { type: 'contact', id: contact }, reason: 'deleted', by: [] }]);
    expect(world.state(contact).fields.jobTitle).toBe('Giám đốc');
  });

  it('no longer holds an account that the conversion put it under, and that can be withdrawn then', () => {
    const world = createWorld();
    const contact = world.capture('contact', { ...KHUONG });
    const lead = world.capture('lead', { ...KHUONG, ...FIRM });
    const conversion = world.convert(lead, { account: { action: 'create' } });
    const [account = ''] = world.ids('account');
    expect(world.state(contact).fields.accountId).toBe(account);
    world.undo(lead, conversion);
    expect(world.state(account).lifecycle).toBe('deleted');
    expect(world.state(contact).fields.accountId).toBeUndefined();
  });
});

describe('Undoing a conversion', () => {
  it('is refused a second time, and for one that is not there', () => {
    const { world, lead, conversion } = converted();
    expect(() => world.undo(lead, OTHER)).toThrow('conversion_not_found');
    world.undo(lead, conversion);
    expect(() => world.undo(lead, conversion)).toThrow('already_undone');
  });

  it.each([
    ['an unchanged record', { contact: 'withdraw' }],
    ['a record of which there is none to revert', { contact: 'revert' }],
    ['a field of a created record', { contact: { jobTitle: 'revert' } }],
  ] as const)('refuses a decision about %s', (_what, decisions) => {
    const { world, lead, conversion } = converted();
    expect(() => world.outlook(lead, conversion, decisions)).toThrow('unknown_conflict');
  });

  it('leaves what was linked, and the lead as it is, ready to be converted again', () => {
    const world = createWorld();
    const account = world.capture('account', { name: FIRM.organisation });
    const lead = world.capture('lead', { ...KHUONG, ...FIRM });
    world.run(lead, note);
    const request: ConversionRequest = { account: { action: 'link', id: account } };
    const first = world.convert(lead, request);
    const { plan, kept } = world.undo(lead, first);
    expect([plan.account, kept]).toEqual([undefined, []]);
    expect(world.state(account).lifecycle).toBe('live');
    expect(Object.keys(world.lead(lead).notes)).toHaveLength(1);
    const second = world.convert(lead, request);
    expect(world.lead(lead).conversions.map(({ id, undone }) => [id, !undone])).toEqual([
      [first, false],
      [second, true],
    ]);
  });

  it('tells the owners of what is withdrawn and of the lead, but not who does it', () => {
    const { world, lead, conversion } = converted();
    const told = (actor: string) =>
      world
        .outlook(lead, conversion, {}, { kind: 'user', id: actor })
        .plan.notices.map(({ recipientId }) => recipientId);
    expect(told(OTHER)).toEqual([SELLER]);
    expect(told(SELLER)).toEqual([]);
  });
});
