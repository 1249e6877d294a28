import { type Static, Type } from '@sinclair/typebox';
import { RECORD_TYPES } from '#crm';
import { KEY_KINDS } from '#read-side';
import { EXAMPLE_ID, EXAMPLE_INSTANT } from '../http/examples.js';
import { closed, id, oneOf, optional } from '../http/schemas.js';
import { PAGING } from '../reading/list-query.js';

const TYPE = { type: oneOf(RECORD_TYPES, 'Of which records.') };
const { after } = PAGING;

export const OF_TYPE = closed({ ...TYPE, ...PAGING });
export type OfType = Static<typeof OF_TYPE>;

export const COUNTED = closed({ ...TYPE, after });
export type Counted = Static<typeof COUNTED>;

export const CLUSTERS = closed({
  ...TYPE,
  kind: optional(
    Type.String({
      maxLength: 80,
      pattern: `^(${KEY_KINDS.join('|')}|custom\\.[A-Za-z0-9_-]+)$`,
      description: `A kind of key: ${KEY_KINDS.join(', ')}, custom.<key>.`,
    }),
  ),
  strength: optional(
    oneOf(['strong', 'weak'], 'Strong keys are as good as equal, weak ones are worth a look.'),
  ),
  q: optional(
    Type.String({ maxLength: 200, description: 'Words to search for in what the records share.' }),
  ),
  ...PAGING,
});
export type Clusters = Static<typeof CLUSTERS>;

const REF = closed({ type: oneOf(RECORD_TYPES, 'Its type.'), id: id('Its id.') });
export const SKIP = closed({
  records: Type.Tuple([REF, REF], { description: 'Two records of one type.' }),
});
export type SkipBody = Static<typeof SKIP>;

const BRIEF = {
  ...{ id: EXAMPLE_ID, type: 'lead', status: 'live', createdAt: EXAMPLE_INSTANT },
  ...{ familyName: 'Nguyễn Gia', givenName: 'Khương', email: 'khuong@example.vn' },
};
const KEY = {
  id: 'lead:email:khuong@example.vn',
  ...{ type: 'lead', kind: 'email', strength: 'strong', value: 'khuong@example.vn' },
};
export const EXAMPLES = {
  cluster: { ...KEY, count: 2, members: [BRIEF], skipped: [] },
  noise: { ...KEY, kind: 'phone', value: '+842838221234', count: 173 },
  count: { kind: 'email', strength: 'strong', count: 12 },
  skip: {
    ...{ id: EXAMPLE_ID, type: 'lead', status: 'skipped', at: EXAMPLE_INSTANT, by: EXAMPLE_ID },
    ...{ revision: 0, records: [BRIEF] },
  },
  refs: [
    { type: 'lead', id: EXAMPLE_ID },
    { type: 'lead', id: '7f3f0a52-9c1e-4b7d-8e55-0d2a6a1c9b24' },
  ],
} as const;
