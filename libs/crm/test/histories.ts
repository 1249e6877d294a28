import fc from 'fast-check';
import type { ConversionRequest } from '../src/conversion/conversion-request.js';
import { RECORD_TYPES } from '../src/record/record-type.js';
import { defaultSettingsCommands } from '../src/settings/default-settings.js';
import { custom, settingsOf } from './converting.js';
import { attempt } from './given.js';
import { createWorld, type World, type WorldCommand } from './world.js';

const OWNERS = ['a', 'b', 'c'].map((name) => `55555555-5555-4555-8555-55555555555${name}`);
const EMAILS = ['khuong@example.vn', 'an@example.vn', 'binh@example.vn'];
const FIRMS = ['Công ty TNHH Minh Phát', 'Hoa Sen', 'Đại Việt'];

const fields = fc.record(
  {
    familyName: fc.constantFrom('Nguyễn Gia', 'Trần', 'Lê'),
    email: fc.constantFrom(...EMAILS),
    phones: fc.uniqueArray(fc.constantFrom('0912 345 678', '+84912345678', '0987 654 321')),
    jobTitle: fc.constantFrom('Kế toán', 'Giám đốc', null),
    website: fc.constantFrom('https://minhphat.vn', null),
    address: fc.constantFrom({ city: 'Huế' }, { city: 'Hà Nội', ward: 'Hàng Bạc' }),
    otherEmails: fc.uniqueArray(fc.constantFrom(...EMAILS)),
    description: fc.constantFrom('Gọi lại.', 'Đã gọi.'),
  },
  { requiredKeys: [] },
);
/** Every record type has this custom field. */
const SETTINGS = settingsOf(
  ...defaultSettingsCommands(),
  ...RECORD_TYPES.map((type) => custom(type, 'budget', 'number')),
);
const budget = fc.constantFrom({ budget: 5 }, { budget: 7 }, {});
const tags = fc.subarray(['VIP', 'Tết', 'cũ', 'Hà Nội']);
const ofFirm = fc.constantFrom(...FIRMS, undefined);

/** Something that somebody does to the n-th record. */
export const step = fc.record({
  kind: fc.constantFrom(
    'edit',
    'edit',
    'tag',
    'assign',
    'convert',
    'undo',
    'note',
    'delete',
    'restore',
  ),
  record: fc.nat(40),
  fields,
  tags,
  custom: budget,
  owner: fc.constantFrom(...OWNERS),
  request: fc.record(
    {
      overwrite: fc.boolean(),
      opportunity: fc.boolean(),
      account: fc.constantFrom('create', 'none', undefined),
      owner: fc.constantFrom(...OWNERS),
      carryTags: fc.boolean(),
    },
    { requiredKeys: ['overwrite', 'opportunity', 'carryTags'] },
  ),
});
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

/** At least 8 records, and 40 commands on them. */
export const history = fc.record({
  leads: fc.array(fc.record({ fields, tags, firm: ofFirm, custom: budget }), {
    minLength: 4,
    maxLength: 6,
  }),
  others: fc.array(fc.record({ fields, tags, firm: ofFirm, custom: budget }), {
    minLength: 2,
    maxLength: 3,
  }),
  steps: fc.array(step, { minLength: 40, maxLength: 60 }),
  last: step,
});

/** Ids of all records. */
export const all = (world: World) => RECORD_TYPES.flatMap((type) => world.ids(type));

/** A world with the records that a history begins with. */
export function begin({
  leads,
  others,
}: Pick<typeof history extends fc.Arbitrary<infer H> ? H : never, 'leads' | 'others'>): World {
  const world = createWorld(SETTINGS);
  for (const lead of leads) {
    const organisation = lead.firm === undefined ? {} : { organisation: lead.firm };
    const values = { givenName: 'Khương', ...lead.fields, ...organisation };
    world.capture('lead', values, { tags: lead.tags, custom: lead.custom, ownerId: OWNERS[0] });
  }
  for (const [index, other] of others.entries()) {
    world.capture(
      'contact',
      { givenName: 'K', ...other.fields },
      { tags: other.tags, custom: other.custom },
    );
    world.capture(
      'account',
      { name: other.firm ?? FIRMS[index] },
      { tags: other.tags, custom: other.custom },
    );
  }
  return world;
}

function requestOf({ request }: Step): ConversionRequest {
  const { overwrite, opportunity, account, owner, carryTags } = request;
  const more = { overwrite, ...(owner !== undefined && { ownerId: owner }) };
  return {
    ...(account && { account: { action: account, allowDuplicate: true, ...more } }),
    ...(opportunity && { opportunity: { action: 'create' } }),
    ...(owner !== undefined && { ownerId: owner }),
    carryTags,
  };
}

/** Converts a lead, whatever matches it; undefined when no conversion can be made. */
export function convert(world: World, one: Step): readonly [string, string] | undefined {
  const leads = world.ids('lead');
  const lead = leads[one.record % leads.length] ?? '';
  const contacts = world.ids('contact').filter((id) => world.state(id).lifecycle === 'live');
  const chosen = contacts[one.record % Math.max(1, contacts.length)];
  const more = {
    overwrite: one.request.overwrite,
    ...(one.request.owner && { ownerId: one.request.owner }),
  };
  const request = requestOf(one);
  const plain = attempt(() => world.convert(lead, request));
  if (plain) return [lead, plain];
  const updating = { action: 'update', ...(chosen && { id: chosen }), ...more } as const;
  const account = { action: 'none' } as const;
  const other = attempt(() => world.convert(lead, { ...request, contact: updating, account }));
  return other ? [lead, other] : undefined;
}

/** Carries one step out. */
export function take(world: World, one: Step): void {
  const ids = all(world);
  const id = ids[one.record % ids.length] ?? '';
  const { type } = world.state(id);
  const known = (name: string) =>
    type !== 'account' || !['familyName', 'jobTitle', 'otherEmails'].includes(name);
  const own = Object.fromEntries(Object.entries(one.fields).filter(([name]) => known(name)));
  const commands: Readonly<Record<string, WorldCommand>> = {
    edit: {
      kind: 'edit',
      fields: type === 'opportunity' ? { need: one.fields.description ?? '' } : own,
      custom: one.custom,
    } as WorldCommand,
    tag: { kind: 'tag', add: one.tags, remove: ['cũ'] },
    assign: { kind: 'assign', ownerId: one.owner },
    note: { kind: 'add-note', text: 'Gọi lại.', attachments: [] },
    delete: { kind: 'delete' },
    restore: { kind: 'restore' },
  };
  const command = commands[one.kind];
  if (command) attempt(() => world.run(id, command));
  if (one.kind === 'convert') convert(world, one);
  if (one.kind === 'undo') undoAny(world, one.record);
}

function undoAny(world: World, n: number): void {
  const standing = world
    .ids('lead')
    .flatMap((lead) =>
      world.lead(lead).conversions.map((conversion) => [lead, conversion] as const),
    )
    .filter(([, { undone }]) => !undone);
  const [lead, conversion] = standing[n % Math.max(1, standing.length)] ?? [];
  if (lead && conversion) world.undo(lead, conversion.id);
}
