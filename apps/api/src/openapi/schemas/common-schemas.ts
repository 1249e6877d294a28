import { Type } from '@sinclair/typebox';
import { id, oneOf } from '../../http/schemas.js';
import { open, position, ref, revision } from './parts.js';

/** Of every command, of problems and of the system itself. */
export const COMMON_SCHEMAS = {
  Problem: Type.Object(
    {
      type: Type.String({ description: 'urn:leadledger:problem:<code>' }),
      title: Type.String(),
      status: Type.Integer(),
      detail: Type.String({ description: 'For a person.' }),
      code: Type.String({ description: 'Stable: programs go by it.' }),
      instance: Type.Optional(Type.String({ description: 'Names this occurrence.' })),
      errors: Type.Array(
        Type.Object({ path: Type.String(), code: Type.String(), message: Type.String() }),
        { description: 'What is wrong where. Paths are dotted.' },
      ),
    },
    { additionalProperties: true },
  ),
  CommandResult: Type.Object({ id: id('The record.'), revision, position }),
  CaptureResult: Type.Object({
    id: id('The record.'),
    revision,
    position,
    duplicates: Type.Array(
      Type.Object({
        ...ref.properties,
        keys: Type.Array(Type.String(), { description: 'What they share: email, phone, …' }),
      }),
    ),
  }),
  Health: open({ status: oneOf(['up', 'degraded', 'down'], 'The worst of the parts.') }),
  Text: Type.String(),
} as const;
