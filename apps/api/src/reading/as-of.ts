import { type Static, Type } from '@sinclair/typebox';
import { parseInstant, refuseInvalid } from '#crm';
import type { AsOf } from '#read-side';
import { AFTER, closed, oneOf, optional } from '../http/schemas.js';

export const AS_OF_QUERY = closed({
  asOf: optional(
    Type.String({
      maxLength: 50,
      description: 'As it stood then: a moment such as 2026-03-01T09:30:00Z, or position:1207.',
    }),
  ),
  by: optional(
    oneOf(['occurred', 'recorded'], 'By when things happened (the default) or were recorded.'),
  ),
  after: AFTER,
});
export type AsOfQuery = Static<typeof AS_OF_QUERY>;

/** The moment to look back at. @throws Refusal 400 */
export function asOfFrom({ asOf, by }: AsOfQuery): AsOf | undefined {
  if (asOf === undefined) return undefined;
  const position = /^(?:position:)?(0|[1-9]\d{0,14})$/.exec(asOf)?.[1];
  if (position !== undefined) return { position: Number(position) };
  const at = parseInstant(asOf);
  if (at === undefined) {
    const message = 'This must be a moment such as 2026-03-01T09:30:00Z, or position:1207.';
    refuseInvalid([{ path: 'asOf', code: 'invalid_instant', message }]);
  }
  return { at: at ?? '', by: by === 'recorded' ? 'recordedAt' : 'occurredAt' };
}
