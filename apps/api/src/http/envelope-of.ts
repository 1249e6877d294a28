import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { callerOf, type Principal, requireProductRight } from '#access';
import { deriveId, type Instant, parseInstant, refuseInvalid } from '#crm';
import type { Clock, IdSource } from '#platform';
import { type Envelope, userAuthority } from '#write-side';
import { canonicalJson } from './canonical-json.js';
import { idempotencyKey, ifRevision } from './headers.js';

/** Names commands by their callers' keys. For ever: another namespace would carry out every repeated command again. */
const COMMANDS = '6b0f6a1e-3c8d-5d57-9f0e-7a4f3f1f2c55';

/** Who sends a command, under which identity, on which condition, and when it happened. */
export function envelopeOf(
  request: FastifyRequest,
  { ids, clock }: { readonly ids: IdSource; readonly clock: Clock },
): Envelope {
  const principal = callerOf(request);
  const key = idempotencyKey(request.headers);
  const revision = ifRevision(request.headers);
  const occurredAt = occurredAtOf(request.body, principal, clock);
  return {
    authority: userAuthority(principal),
    correlationId: request.id,
    ...(key === undefined
      ? { commandId: ids.next(), fresh: true }
      : {
          commandId: deriveId(COMMANDS, `${principal.userId}:${key}`),
          commandHash: hashOf(request),
          fresh: false,
        }),
    ...(revision !== undefined && { ifRevision: revision }),
    ...(occurredAt !== undefined && { occurredAt }),
  };
}

function hashOf({ method, url, body }: FastifyRequest): string {
  const path = url.split('?', 1)[0];
  return createHash('sha256')
    .update(`${method} ${path} ${canonicalJson(body)}`)
    .digest('base64url');
}

function occurredAtOf(body: unknown, principal: Principal, clock: Clock): Instant | undefined {
  if (typeof body !== 'object' || body === null || !('occurredAt' in body)) return undefined;
  requireProductRight(principal, 'import');
  const occurredAt = parseInstant(body.occurredAt);
  if (occurredAt !== undefined && occurredAt > clock.now()) {
    const message = 'This is in the future.';
    refuseInvalid([{ path: 'occurredAt', code: 'in_the_future', message }]);
  }
  return occurredAt;
}
