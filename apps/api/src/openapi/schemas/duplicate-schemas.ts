import { Type } from '@sinclair/typebox';
import { RECORD_TYPES } from '#crm';
import { id, instant, oneOf } from '../../http/schemas.js';
import { listOf, open, revision } from './parts.js';

const KEY = {
  id: Type.String({ description: 'Names the key among all.' }),
  type: oneOf(RECORD_TYPES, 'Of which records.'),
  kind: Type.String({ description: 'email, phone, organisation, name, tax-code, custom.<key>' }),
  strength: oneOf(['strong', 'weak'], 'How much the key says.'),
  value: Type.String({ description: 'What the records share, in its normal form.' }),
  count: Type.Integer({ description: 'Records that share it, of those that you may see.' }),
};

const BRIEF = open({
  id: id('Its id.'),
  type: oneOf(RECORD_TYPES, 'Its type.'),
  status: oneOf(['live', 'deleted', 'merged'], 'How it stands.'),
  createdAt: instant('When it was captured.'),
});

const SKIP = {
  id: id('The pair.'),
  type: oneOf(RECORD_TYPES, 'Of which records.'),
  status: oneOf(['skipped', 'withdrawn'], 'Whether it still holds.'),
  at: instant('Since when.'),
  by: Type.String({ description: 'Who said so.' }),
  revision,
  records: Type.Array(BRIEF),
};

/** Of records that may be the same. */
export const DUPLICATE_SCHEMAS = {
  ClusterPage: listOf({
    ...KEY,
    members: Type.Array(BRIEF, { description: 'The first created first.' }),
    skipped: Type.Array(Type.Array(id('A member.')), {
      description: 'Pairs of them that are known to be no duplicates.',
    }),
  }),
  ClusterCounts: open({
    items: Type.Array(open({ kind: KEY.kind, strength: KEY.strength, count: Type.Integer() })),
    complete: Type.Boolean({ description: 'False when there may be more than were counted.' }),
  }),
  NoisePage: listOf(KEY),
  Skip: open(SKIP),
  SkipPage: listOf(SKIP),
} as const;
