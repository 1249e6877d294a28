import type { FastifyRequest } from 'fastify';
import { callerOf, forbidden, scopeFilter } from '#access';
import type { RecordType } from '#crm';
import type { Access } from '#read-side';

/** Which records of a type the caller may delete: duplicates are theirs to look at and to decide on (PRODUCT.md P4). */
export function deletable(request: FastifyRequest, type: RecordType): Access {
  return scopeFilter(callerOf(request), 'delete', type);
}

/**
 * The same, of a type that the caller asks for.
 * @throws Refusal `forbidden` when there is none
 */
export function someDeletable(request: FastifyRequest, type: RecordType): Access {
  const access = deletable(request, type);
  if (access === 'none') throw forbidden('delete', type);
  return access;
}
