import { isUuid, type Uuid } from '#crm';
import type { IdSource } from '../ids/ids.js';

/**
 * The id that follows a request through log, problem and events. A caller may bring its own as a UUID in `X-Request-Id`;
 * anything else is replaced, since it would be written into the log as it came.
 */
export function requestIdFrom(header: string | readonly string[] | undefined, ids: IdSource): Uuid {
  const brought = typeof header === 'string' ? header.toLowerCase() : undefined;
  return isUuid(brought) ? brought : ids.next();
}
