import { type Static, Type } from '@sinclair/typebox';
import { CUSTOM_FIELD_TYPES, RECORD_TYPES, STAGE_MARKERS } from '#crm';
import { NAME_PARAM } from '../http/route.js';
import { closed, line, oneOf, optional } from '../http/schemas.js';

/** Bodies of settings are small; the domain says what is wrong with their values. */
export const names = (description: string) =>
  Type.Array(line('A name.', 100), { maxItems: 200, description });

const markers = [...new Set(Object.values(STAGE_MARKERS).flat())];
const STAGE = {
  name: line('What people call it.'),
  probability: optional(
    Type.Number({ description: '0 to 100; 100 of a won stage and 0 of a lost one.' }),
  ),
  marker: optional(oneOf(markers, 'What reaching it means.')),
  requiredFields: optional(names('Fields that must be filled to enter.')),
};

const STAGE_BODY = closed({ id: line('Its id.', 64), ...STAGE });
export const PIPELINE_BODY = closed({
  pipelineId: line('Its id.', 64),
  recordType: oneOf(['lead', 'opportunity'], 'What moves through it.'),
  name: line('What people call it.'),
  stages: Type.Array(STAGE_BODY, { maxItems: 100, description: 'In order of progress.' }),
});
export const RENAME_BODY = closed({ name: line('What people call it.') });
export const ADD_STAGE_BODY = closed({
  stage: STAGE_BODY,
  index: optional(Type.Integer({ description: 'Its place, from 0; the last when left out.' })),
});
export const EDIT_STAGE_BODY = closed({ ...STAGE, name: optional(STAGE.name) });
export const ORDER_BODY = closed({ stageIds: names('Every stage in use, once.') });

export const LABEL = closed({ en: line('In English.'), vi: line('In Vietnamese.') });
const OPTIONS = Type.Array(line('A choice.'), {
  maxItems: 500,
  description:
    'What may be chosen, whatever the case. Records that hold one that is removed keep it.',
});
const FIELD = {
  options: optional(OPTIONS),
  required: optional(Type.Boolean()),
  matchKey: optional(
    Type.Boolean({
      description:
        'Equal values are a sign of a duplicate: of a text, number, money or date. It is so, or not any more, for each record from its next change on.',
    }),
  ),
};
export const FIELD_BODY = closed({
  recordType: oneOf(RECORD_TYPES, 'The record type.'),
  key: line('Its key: a letter, then letters, digits and underscores. It stays for ever.', 64),
  type: oneOf(CUSTOM_FIELD_TYPES, 'What its values are.'),
  label: LABEL,
  ...FIELD,
});
export const EDIT_FIELD_BODY = closed({ label: optional(LABEL), ...FIELD });
export const REQUIRED_BODY = closed({ fields: names('Names of default fields.') });
export const GENERAL_BODY = closed({
  phoneRegion: optional(line('ISO 3166-1, e.g. VN.', 10)),
  currency: optional(line('ISO 4217, e.g. VND.', 10)),
  timeZone: optional(line('IANA, e.g. Asia/Ho_Chi_Minh: whose days dates are.', 64)),
});

export const RECORD_TYPE_PARAM = { recordType: oneOf(RECORD_TYPES, 'The record type.') };
export const FIELD_PARAMS = { ...RECORD_TYPE_PARAM, key: NAME_PARAM };
export const PIPELINE_PARAM = { pipelineId: NAME_PARAM };
export const STAGE_PARAMS = { ...PIPELINE_PARAM, stageId: NAME_PARAM };

export type PipelineBody = Static<typeof PIPELINE_BODY>;
export type AddStageBody = Static<typeof ADD_STAGE_BODY>;
export type EditStageBody = Static<typeof EDIT_STAGE_BODY>;
export type FieldBody = Static<typeof FIELD_BODY>;
export type EditFieldBody = Static<typeof EDIT_FIELD_BODY>;
export type GeneralBody = Static<typeof GENERAL_BODY>;
