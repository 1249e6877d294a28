import { type TSchema, Type } from '@sinclair/typebox';
import { DELIMITERS, RECORD_TYPES } from '#crm';
import { closed, line, oneOf, optional } from '../http/schemas.js';

const words = (description: string) =>
  optional(Type.Array(line('A word.', 50), { minItems: 1, maxItems: 20, description }));

/** How cells are written; of a column, or of all that say nothing else. */
const FORMAT = {
  separator: optional(
    line('Between the entries of a list. Default: a semicolon or a line break.', 5),
  ),
  dateFormat: optional(line('Such as M/d/yyyy or dd.MM.yyyy HH:mm. Default: ISO 8601.', 40)),
  timeZone: optional(line('Where times without an offset are. Default UTC.', 64)),
  decimal: optional(oneOf(['.', ','], 'Before the fraction. Default .')),
  currency: optional(line('ISO 4217 of amounts. Default: that of the settings.', 3)),
  factor: optional(
    Type.Integer({
      minimum: 1,
      maximum: 1_000_000,
      description: 'What amounts are multiplied by to be minor units. Default: by the currency.',
    }),
  ),
  trueWords: words('What means yes.'),
  falseWords: words('What means no.'),
};

const source = (mapping: Record<string, TSchema>) => closed({ ...mapping, ...FORMAT });
const MAPPING = Type.Record(
  Type.String(),
  Type.Union([
    line('The header of the column.'),
    source({ column: line('The header of the column.') }),
    source({ value: line('The same for every row.', 10_000) }),
  ]),
  {
    description:
      'Where each field comes from: fields of the record type, address.<part>, custom.<key>, tags, owner or ownerId (by id, e-mail or name), team or teamId, pipelineId, stageId, occurredAt. Left out: by the headers that bear the name of a field, in English or Vietnamese.',
  },
);

const OPTIONS = closed({
  ...FORMAT,
  delimiter: optional(oneOf(DELIMITERS, 'Default: found in the first line.')),
  key: optional(
    line('The mapped field that names a record. Default externalId; else the content does.', 100),
  ),
  dryRun: optional(Type.Boolean({ description: 'Checks every row and records none.' })),
  onExisting: optional(
    oneOf(['report', 'update'], 'When a record is there with another content. Default report.'),
  ),
  skipDuplicates: optional(
    Type.Boolean({ description: 'Leaves out rows that look like another record or row.' }),
  ),
});

/** The body that announces an import. */
export const REQUEST_BODY = closed({
  recordType: oneOf(RECORD_TYPES, 'What the rows are.'),
  mapping: optional(MAPPING),
  options: optional(OPTIONS),
});

/** The file itself; it is read as it arrives and not as JSON. */
export const CONTENT_BODY = Type.Any({
  description: 'A CSV file in UTF-8 with a header, at most 100 MiB and 1,000,000 rows.',
});

export const EXAMPLE_REQUEST = {
  recordType: 'lead',
  mapping: {
    givenName: 'Tên',
    familyName: 'Họ và đệm',
    email: 'Email',
    phones: { column: 'Điện thoại', separator: '/' },
    source: { value: 'Hội chợ' },
    occurredAt: { column: 'Ngày', dateFormat: 'd/M/yyyy', timeZone: 'Asia/Ho_Chi_Minh' },
  },
  options: { dryRun: true },
};
