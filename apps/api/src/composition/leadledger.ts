import type { Authenticator, FirstAdmin } from '#access';
import type { Uuid } from '#crm';
import type { Clock, Config, HealthRegistry, IdSource, Logger, Metrics, Shutdown } from '#platform';
import type { Notifying } from './notifying.js';
import type { Stores } from './open-stores.js';
import type { LivePeople } from './people.js';
import type { ReadSide } from './read-side.js';
import type { WriteSide } from './write-side.js';

/** The whole product, wired: what api, worker and command line work with. */
export interface Leadledger {
  readonly config: Config;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly health: HealthRegistry;
  readonly stores: Stores;
  readonly people: LivePeople;
  readonly authenticator: Authenticator;
  /** Signs a token for a user. */
  issueToken(userId: Uuid, ttlSeconds: number): Promise<string>;
  readonly write: WriteSide;
  readonly notifying: Pick<Notifying, 'webhooks' | 'deliveries'>;
  readonly read: ReadSide;
  /** Set when this start created the first admin. */
  readonly firstAdmin?: FirstAdmin;
  /** Adds what stops processes and projections and then closes the stores. What serves requests must be added before. */
  stopWith(shutdown: Shutdown): void;
}

/** Names the product among Nest's providers. */
export const LEADLEDGER = Symbol('leadledger');
