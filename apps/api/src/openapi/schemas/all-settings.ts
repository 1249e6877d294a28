import { type TObject, type TProperties, Type } from '@sinclair/typebox';
import {
  CATALOGUE_NAMES,
  CUSTOM_FIELD_TYPES,
  RECORD_TYPES,
  type RecordType,
  STAGE_MARKERS,
} from '#crm';
import { oneOf } from '../../http/schemas.js';
import { FILTER, HANDLER, RECIPIENTS } from '../../settings/rule-schemas.js';

const RETIRED = Type.Boolean({ description: 'It takes nothing new, and stays where it is held.' });
const LABEL = Type.Object({ en: Type.String(), vi: Type.String() });
const MARKERS = [...new Set(Object.values(STAGE_MARKERS).flat())];
const HOURS = Type.Integer({ description: 'Reminds again every so many hours; absent: once.' });

type ObjectOf = (properties: TProperties) => TObject;

/** All settings as they are answered. Objects are made by `of`: whether they may have members that are not described. */
export function settingsSchema(of: ObjectOf): TObject {
  const each = (properties: TProperties, description: string) =>
    Type.Array(of(properties), { description });
  const named = { id: Type.String(), name: Type.String() };
  const stage = {
    ...named,
    probability: Type.Number({ description: '0 to 100.' }),
    marker: oneOf(MARKERS, 'What reaching it means.'),
    requiredFields: Type.Array(Type.String(), { description: 'Names, or custom.<key>.' }),
    retired: RETIRED,
  };
  const span = Type.Array(of({ from: Type.String(), to: Type.String() }));
  const byType = (type: RecordType) => [type, Type.Array(Type.String())] as const;
  return of({
    revision: Type.Integer({ minimum: -1, description: 'The version, as in the ETag.' }),
    pipelines: each(
      {
        ...named,
        recordType: oneOf(['lead', 'opportunity'], 'What moves through it.'),
        stages: each(stage, 'In order of progress.'),
        retired: RETIRED,
      },
      'In the order in which they were set up.',
    ),
    customFields: each(
      {
        recordType: oneOf(RECORD_TYPES, 'The record type.'),
        key: Type.String(),
        type: oneOf(CUSTOM_FIELD_TYPES, 'What its values are.'),
        label: LABEL,
        options: Type.Array(Type.String(), { description: 'Of select and multi-select.' }),
        required: Type.Boolean(),
        matchKey: Type.Boolean({ description: 'Equal values are a sign of a duplicate.' }),
        retired: RETIRED,
      },
      'Fields of records beside their own.',
    ),
    requiredFields: of(Object.fromEntries(RECORD_TYPES.map(byType))),
    phoneRegion: Type.String({ description: 'ISO 3166-1.' }),
    currency: Type.String({ description: 'ISO 4217.' }),
    timeZone: Type.String({ description: 'IANA.' }),
    catalogues: of(
      Object.fromEntries(
        CATALOGUE_NAMES.map((name) => [
          name,
          each({ value: Type.String(), label: LABEL, retired: RETIRED }, 'Entries in order.'),
        ]),
      ),
    ),
    calendars: each(
      {
        ...named,
        timeZone: Type.String({ description: 'IANA.' }),
        hours: Type.Record(Type.String({ pattern: '^[1-7]$' }), span, {
          description: 'By weekday, 1 (Monday) to 7 (Sunday).',
        }),
        holidays: each({ date: Type.String(), name: Type.String() }, 'By date.'),
        retired: RETIRED,
      },
      'When work goes on.',
    ),
    overduePolicy: of({
      entries: each(
        {
          id: Type.String(),
          pipelineId: Type.Optional(Type.String()),
          processingStep: Type.Optional(Type.String()),
          priority: Type.Optional(Type.String()),
          allowedMinutes: Type.Integer(),
          calendarId: Type.Optional(Type.String()),
          repeatHours: Type.Optional(HOURS),
        },
        'The first that applies counts.',
      ),
      activities: of({
        remind: Type.Boolean(),
        graceMinutes: Type.Integer(),
        repeatHours: Type.Optional(HOURS),
      }),
    }),
    assignmentRules: each(
      { ...named, filter: FILTER, handler: HANDLER, enabled: Type.Boolean(), retired: RETIRED },
      'In the order in which they are asked.',
    ),
    recipients: each(
      { ...named, filter: FILTER, to: RECIPIENTS, retired: RETIRED },
      'Who is told of new opportunities.',
    ),
  });
}
