import { custom, settingsOf } from '../../test/converting.js';
import {
  account,
  contact,
  lead,
  opportunity,
  outlookOf,
  refusalOf,
} from '../../test/merge-states.js';
import type { FieldValue } from '../record/field.js';
import type { RecordState } from '../record/record-state.js';
import { refOf } from '../record/record-type.js';
import { NO_SETTINGS, type Settings } from '../settings/settings.js';

/** What a field comes to, from whom, and what is lost of it, by the records' numbers. */
function field(states: readonly RecordState[], name: string, settings: Settings = NO_SETTINGS) {
  const { fields, lost } = outlookOf(states, {}, { settings });
  const found = fields.find((outlook) => outlook.field === name);
  const number = (id: string) => Number(id.slice(0, 8));
  return {
    value: found?.value,
    from: found?.sources.map(({ id }) => number(id)),
    lost: lost
      .filter((one) => one.field === name)
      .map(({ record, value }) => [number(record.id), value]),
  };
}

type Case = readonly [
  name: string,
  states: readonly RecordState[],
  field: string,
  value: FieldValue | undefined,
  from: readonly number[],
  lost: readonly (readonly [number, FieldValue])[],
];
const vnd = (amount: number) => ({ amount, currency: 'VND' });
const usd = (amount: number) => ({ amount, currency: 'USD' });
const LE_LOI = { street: '12 Lê Lợi', ward: 'Bến Nghé' };
const HUE = { city: 'Huế' };
/** One number as five people write it. */
const SPELLINGS = [
  '0912 345 678',
  '0912.345.678',
  '+84 912 345 678',
  '(+84) 912-345-678',
  '0084912345678',
];

const CASES: readonly Case[] = [
  [
    'The survivor’s value wins',
    [lead(1, { familyName: 'Nguyễn Gia' }), lead(2, { familyName: 'Trần' })],
    'familyName',
    'Nguyễn Gia',
    [1],
    [[2, 'Trần']],
  ],
  [
    'An empty one is filled from the first created that has one',
    [lead(1), lead(3, { givenName: 'An' }), lead(2, { givenName: 'Khương' })],
    'givenName',
    'Khương',
    [2],
    [[3, 'An']],
  ],
  ['Nothing comes of nothing', [lead(1), lead(2)], 'givenName', undefined, [], []],
  [
    'Equal values are lost by nobody',
    [lead(1, { need: 'Camera' }), lead(2, { need: 'Camera' })],
    'need',
    'Camera',
    [1],
    [],
  ],
  [
    'Products are united, told apart but for case and spacing',
    [
      lead(1, { products: ['Ezviz C6T 2MP'] }),
      lead(2, { products: ['EZVIZ  C6T 2mp', 'Đầu ghi'] }),
    ],
    'products',
    ['Ezviz C6T 2MP', 'Đầu ghi'],
    [1, 2],
    [],
  ],
  [
    'Phones are united by number, in the first spelling',
    SPELLINGS.map((phone, index) => lead(index + 1, { phones: [phone] })),
    'phones',
    ['0912 345 678'],
    [1],
    [],
  ],
  [
    'Phones behind one switchboard are several',
    [lead(1, { phones: ['028 3822 1234 ext 1'] }), lead(2, { phones: ['028 3822 1234 máy lẻ 2'] })],
    'phones',
    ['028 3822 1234 ext 1', '028 3822 1234 máy lẻ 2'],
    [1, 2],
    [],
  ],
  [
    'The survivor keeps a phone that it has twice',
    [lead(1, { phones: ['0912 345 678', '+84912345678'] }), lead(2, { phones: ['0987 654 321'] })],
    'phones',
    ['0912 345 678', '+84912345678', '0987 654 321'],
    [1, 2],
    [],
  ],
  [
    'The survivor’s e-mail stays; the same in another case is not lost',
    [lead(1, { email: 'khuong@example.vn' }), lead(2, { email: 'Khuong@Example.vn' })],
    'email',
    'khuong@example.vn',
    [1],
    [],
  ],
  [
    'Another e-mail is kept among the others',
    [lead(1, { email: 'khuong@example.vn' }), lead(2, { email: 'an@example.vn' })],
    'otherEmails',
    ['an@example.vn'],
    [2],
    [],
  ],
  [
    'Nor is it lost where it was the record’s own',
    [lead(1, { email: 'khuong@example.vn' }), lead(2, { email: 'an@example.vn' })],
    'email',
    'khuong@example.vn',
    [1],
    [],
  ],
  [
    'Other e-mails are united, without the one that is the record’s own',
    [
      contact(1, { email: 'khuong@example.vn', otherEmails: ['a@example.vn'] }),
      contact(2, { otherEmails: ['A@example.vn', 'KHUONG@example.vn', 'b@example.vn'] }),
    ],
    'otherEmails',
    ['a@example.vn', 'b@example.vn'],
    [1, 2],
    [],
  ],
  [
    'A type without other e-mails has room for one',
    [account(1, { email: 'a@example.vn' }), account(2, { email: 'b@example.vn' })],
    'email',
    'a@example.vn',
    [1],
    [[2, 'b@example.vn']],
  ],
  [
    'Descriptions are joined, the survivor’s first',
    [
      lead(1, { description: 'Gọi lại.' }),
      lead(3, { description: 'Ba' }),
      lead(2, { description: 'Hai' }),
    ],
    'description',
    'Gọi lại.\n\nHai\n\nBa',
    [1, 2, 3],
    [],
  ],
  [
    'A description that is there already is not repeated',
    [lead(1, { description: 'Một\n\nHai' }), lead(2, { description: 'Hai' })],
    'description',
    'Một\n\nHai',
    [1],
    [],
  ],
  [
    'Being part of a longer word is not being there',
    [lead(1, { description: 'Gọi lại sau' }), lead(2, { description: 'Gọi' })],
    'description',
    'Gọi lại sau\n\nGọi',
    [1, 2],
    [],
  ],
  [
    'A description for which there is no room is told as lost, and a shorter one after it taken',
    [
      lead(1, { description: 'ă'.repeat(6_000) }),
      lead(2, { description: 'b'.repeat(6_000) }),
      lead(3, { description: 'c' }),
    ],
    'description',
    `${'ă'.repeat(6_000)}\n\nc`,
    [1, 3],
    [[2, 'b'.repeat(6_000)]],
  ],
  [
    'An address is taken as a block',
    [lead(1, { address: LE_LOI }), lead(2, { address: HUE })],
    'address',
    LE_LOI,
    [1],
    [[2, HUE]],
  ],
  [
    'An empty address is filled as a block',
    [lead(1), lead(2, { address: HUE })],
    'address',
    HUE,
    [2],
    [],
  ],
  [
    'The highest priority wins, in both languages',
    [
      opportunity(1, { priority: 'Trung bình' }),
      opportunity(2, { priority: 'Rất cao' }),
      opportunity(3, { priority: 'High' }),
    ],
    'priority',
    'Rất cao',
    [2],
    [
      [1, 'Trung bình'],
      [3, 'High'],
    ],
  ],
  [
    'A priority of an unknown word is as good as any',
    [opportunity(1, { priority: 'Hạng A' }), opportunity(2, { priority: 'Khẩn cấp' })],
    'priority',
    'Hạng A',
    [1],
    [[2, 'Khẩn cấp']],
  ],
  [
    'A probability is never taken',
    [opportunity(1), opportunity(2, { probability: 90 })],
    'probability',
    undefined,
    [],
    [[2, 90]],
  ],
  [
    'A probability of 0 is one',
    [opportunity(1, { probability: 0 }), opportunity(2, { probability: 90 })],
    'probability',
    0,
    [1],
    [[2, 90]],
  ],
  [
    'Money fills within one currency',
    [
      opportunity(1),
      opportunity(2, { expectedRevenue: vnd(5) }),
      opportunity(3, { expectedRevenue: vnd(7) }),
    ],
    'expectedRevenue',
    vnd(5),
    [2],
    [[3, vnd(7)]],
  ],
  [
    'Of two currencies neither is taken',
    [
      opportunity(1),
      opportunity(2, { expectedRevenue: vnd(5) }),
      opportunity(3, { expectedRevenue: usd(7) }),
    ],
    'expectedRevenue',
    undefined,
    [],
    [
      [2, vnd(5)],
      [3, usd(7)],
    ],
  ],
  [
    'The survivor’s money stays, whatever the others’ currency',
    [opportunity(1, { expectedRevenue: vnd(0) }), opportunity(2, { expectedRevenue: usd(7) })],
    'expectedRevenue',
    vnd(0),
    [1],
    [[2, usd(7)]],
  ],
  [
    'An opportunity takes what a lead has in fields of the same name and type',
    [opportunity(1), lead(2, { email: 'khuong@example.vn' })],
    'email',
    'khuong@example.vn',
    [2],
    [],
  ],
  [
    'What a lead has and an opportunity cannot have is told as lost',
    [opportunity(1), lead(2, { organisation: 'Công ty TNHH Minh Phát' })],
    'organisation',
    undefined,
    [],
    [[2, 'Công ty TNHH Minh Phát']],
  ],
];

describe('Fields of merged records', () => {
  it.each(CASES)('%s', (_name, states, name, value, from, lost) => {
    const found = field(states, name);
    expect({ ...found, from: found.from ?? [] }).toEqual({ value, from, lost });
  });

  it('Lists hold no more than people may enter; what has no room is told as lost', () => {
    const phones = (from: number) =>
      Array.from({ length: 15 }, (_, index) => `09123456${from + index}`);
    const found = field(
      [lead(1, { phones: phones(10) }), lead(2, { phones: phones(30) })],
      'phones',
    );
    expect(found.value).toHaveLength(20);
    expect(found.lost).toEqual([[2, phones(30).slice(5)]]);
  });
});

describe('Custom fields of merged records', () => {
  const settings = withOptions(
    settingsOf(
      custom('lead', 'visits', 'number'),
      custom('lead', 'isKnown', 'boolean'),
      custom('lead', 'budget', 'money'),
    ),
    ['Thấp', 'cao', 'Cao'],
  );
  const some = (n: number, values: RecordState['custom']) => lead(n, {}, { custom: values });
  const cases: readonly (readonly [
    string,
    readonly RecordState[],
    string,
    FieldValue | undefined,
    number,
  ])[] = [
    ['0 is a value', [some(1, { visits: 0 }), some(2, { visits: 3 })], 'custom.visits', 0, 1],
    [
      'false is a value',
      [some(1, { isKnown: false }), some(2, { isKnown: true })],
      'custom.isKnown',
      false,
      1,
    ],
    ['An empty one is filled', [some(1, {}), some(2, { visits: 3 })], 'custom.visits', 3, 0],
    [
      'Money only within one currency',
      [some(1, {}), some(2, { budget: vnd(1) }), some(3, { budget: usd(1) })],
      'custom.budget',
      undefined,
      2,
    ],
    [
      'Choices are united, in the order of the options, which differ by case',
      [some(1, { levels: ['Cao'] }), some(2, { levels: ['cao', 'Thấp'] })],
      'custom.levels',
      ['Thấp', 'cao', 'Cao'],
      0,
    ],
  ];
  it.each(cases)('%s', (_name, states, name, value, lost) => {
    const found = field(states, name, settings);
    expect([found.value, found.lost.length]).toEqual([value, lost]);
  });

  it('A retired one takes no part: the survivor keeps its value, the others’ is told as lost', () => {
    const retired = {
      ...settings,
      customFields: settings.customFields.map((one) => ({ ...one, retired: true })),
    };
    const found = field([some(1, { visits: 1 }), some(2, { visits: 2 })], 'custom.visits', retired);
    expect([found.value, found.lost]).toEqual([undefined, [[2, 2]]]);
  });
});

function withOptions(settings: Settings, options: readonly string[]): Settings {
  const [first] = settings.customFields;
  if (!first) return settings;
  const levels = { ...first, key: 'levels', type: 'multi-select' as const, options };
  return { ...settings, customFields: [...settings.customFields, levels] };
}

describe('A caller may take the value of a record', () => {
  const [first, second] = [
    lead(1, { email: 'a@example.vn', phones: ['0912 345 678'], description: 'Một' }),
    lead(2, {
      email: 'b@example.vn',
      phones: ['0987 654 321', '+84912345678'],
      description: 'Hai',
    }),
  ];
  const chosen = (name: string) => {
    const { fields, lost } = outlookOf([first, second], { choices: { [name]: refOf(second) } });
    const values = Object.fromEntries(fields.map((one) => [one.field, one.value]));
    return { values, lost: lost.map(({ field, value }) => [field, value]) };
  };

  it('of a single field', () => {
    const { values, lost } = chosen('email');
    expect(values).toMatchObject({ email: 'b@example.vn', otherEmails: ['a@example.vn'] });
    expect(lost).toEqual([]);
  });

  it('of a list as a whole, losing what only the others had', () => {
    const { values, lost } = chosen('phones');
    expect(values.phones).toEqual(['0987 654 321', '+84912345678']);
    expect(lost).toEqual([]);
    const other = outlookOf([first, second], { choices: { phones: refOf(first) } });
    expect(other.lost.map(({ value }) => value)).toEqual([['0987 654 321']]);
  });

  it('of a description, losing the survivor’s', () => {
    const { values, lost } = chosen('description');
    expect([values.description, lost]).toEqual(['Hai', [['description', 'Một']]]);
  });

  it('of money in whatever currency', () => {
    const states = [
      opportunity(1, { expectedRevenue: vnd(5) }),
      opportunity(2, { expectedRevenue: usd(7) }),
    ] as const;
    const { fields } = outlookOf(states, { choices: { expectedRevenue: refOf(states[1]) } });
    expect(fields.find(({ field }) => field === 'expectedRevenue')).toMatchObject({
      value: usd(7),
      chosen: true,
    });
  });

  it.each([
    ['of an unknown field', { shoeSize: refOf(second) }, 'unknown_field', 'choices.shoeSize'],
    [
      'of a name that every object has',
      { constructor: refOf(second) },
      'unknown_field',
      'choices.constructor',
    ],
    [
      'of a field that is empty there',
      { need: refOf(second) },
      'no_such_candidate',
      'choices.need',
    ],
    [
      'of a record that takes no part',
      { email: refOf(lead(3)) },
      'no_such_candidate',
      'choices.email',
    ],
    [
      'of nobody’s record as owner',
      { ownerId: refOf(second) },
      'no_such_candidate',
      'choices.ownerId',
    ],
    ['of a stranger as owner', { ownerId: refOf(lead(3)) }, 'no_such_candidate', 'choices.ownerId'],
  ] as const)('but not %s', (_name, choices, code, path) => {
    const refused = refusalOf(() => outlookOf([first, second], { choices }));
    expect(refused).toMatchObject({ code, kind: 'rule', paths: [path] });
  });

  it('but not the probability of a record that is merged away', () => {
    const states = [opportunity(1), opportunity(2, { probability: 90 })] as const;
    const choices = { probability: refOf(states[1]) };
    expect(refusalOf(() => outlookOf(states, { choices })).code).toBe('not_to_choose');
  });
});
