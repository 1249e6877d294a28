import { type Static, type TSchema, Type } from '@sinclair/typebox';
import type { ConversionRequest, JsonObject, RecordType } from '#crm';
import { closed, id, oneOf, optional, slug } from '../http/schemas.js';
import { fieldSchemas } from '../records/record-schemas.js';

const values = (type: RecordType) => ({
  values: optional(
    Type.Object(fieldSchemas(type), {
      additionalProperties: false,
      description: 'Values over what the lead carries.',
    }) as TSchema,
  ),
  custom: optional(
    Type.Record(Type.String(), Type.Unknown(), { description: 'Values of custom fields.' }),
  ),
});

const existing = (type: 'contact' | 'account') => ({
  id: optional(id(`The ${type} to update or link to.`)),
  ownerId: optional(id('The owner.')),
  overwrite: optional(
    Type.Union([Type.Boolean(), Type.Array(Type.String({ maxLength: 100 }), { maxItems: 200 })], {
      description: 'Which values of an existing record give way to those of the lead.',
    }),
  ),
  allowDuplicate: optional(
    Type.Boolean({ description: `Creates although a matching ${type} exists.` }),
  ),
  ...values(type),
});

const sale = (description: string) =>
  Type.Object(
    { type: oneOf(['lead', 'opportunity'], 'Its type.'), id: id('Its id.') },
    { additionalProperties: false, description },
  );

/** What a caller may choose of a conversion; a target left out follows the suggestion (PRODUCT.md P2). */
export const CHOICES = {
  contact: optional(
    closed({ action: oneOf(['create', 'update', 'none'], 'What to do.'), ...existing('contact') }),
  ),
  account: optional(
    closed({
      action: oneOf(['create', 'update', 'link', 'none'], 'What to do.'),
      ...existing('account'),
    }),
  ),
  opportunity: optional(
    closed({
      action: oneOf(
        ['create', 'merge', 'none'],
        'Create one, merge the lead with an existing lead or opportunity instead, or neither.',
      ),
      into: optional(
        sale('With `merge`: with which. May be left out where just one has the lead’s e-mail.'),
      ),
      survivor: optional(
        sale('With `merge`: who survives, if not the first-created opportunity or lead.'),
      ),
      pipelineId: optional(slug('The pipeline; needed where several are in use.')),
      stageId: optional(slug('The stage to start at.')),
      ownerId: optional(id('The salesperson.')),
      teamId: optional(id('The sales team.')),
      ...values('opportunity'),
    }),
  ),
  ownerId: optional(id('Owner of all new records, unless one has its own.')),
  carryTags: optional(
    Type.Boolean({ description: 'Whether tags are carried over. Default true.' }),
  ),
};
const BODY = closed(CHOICES);
export type ChoicesBody = Static<typeof BODY> & { readonly basis?: string };

export const EXAMPLE_CHOICES = {
  contact: { action: 'create' },
  account: { action: 'create' },
  opportunity: { action: 'create', values: { name: 'Camera cho chuỗi cửa hàng Minh Phát' } },
};

/** The choices as the domain takes them. */
export function requestFrom(body: ChoicesBody): ConversionRequest {
  const { contact, account, opportunity, ownerId, carryTags } = body as ChoicesBody & JsonObject;
  return {
    ...(contact && { contact }),
    ...(account && { account }),
    ...(opportunity && { opportunity }),
    ...(ownerId !== undefined && { ownerId }),
    ...(carryTags !== undefined && { carryTags }),
  } as ConversionRequest;
}
