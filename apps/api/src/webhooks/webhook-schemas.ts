import { type Static, Type } from '@sinclair/typebox';
import { KEEP_HOURS } from '#crm';
import { EXAMPLE_ID, EXAMPLE_INSTANT } from '../http/examples.js';
import { closed, line, optional } from '../http/schemas.js';

const URL = line('An https address that leads outside.', 2_048);
const TYPES = Type.Array(line('An event type, as in the events catalogue.'), {
  maxItems: 500,
  description: 'Which events; all when left out or empty.',
});
const PLACE = Type.Integer({
  minimum: -1,
  maximum: Number.MAX_SAFE_INTEGER,
  description: 'A position that the log gave: events after it are sent. -1 for all.',
});

export const REGISTER = closed({
  url: URL,
  types: optional(TYPES),
  after: optional(PLACE),
});
export const CHANGE = closed({
  url: optional(URL),
  types: optional(TYPES),
  active: optional(Type.Boolean({ description: 'False pauses it; true resumes it.' })),
});
export const REPLAY = closed({ after: PLACE });
export const REPLACE_SECRET = closed({
  keepHours: optional(
    Type.Integer({
      minimum: 0,
      maximum: KEEP_HOURS.most,
      description: `For how long the secret before signs too. Default ${KEEP_HOURS.usual}; 0 when somebody got hold of it.`,
    }),
  ),
});

export type RegisterBody = Static<typeof REGISTER>;
export type ChangeBody = Static<typeof CHANGE>;
export type ReplayBody = Static<typeof REPLAY>;
export type ReplaceSecretBody = Static<typeof REPLACE_SECRET>;

export const SECRET_EXAMPLE = {
  ...{ id: EXAMPLE_ID, revision: 0, position: 1207 },
  secret: 'whsec_2nZ1wQJ6m0l8r2bqv0mYk7yYc1cV3oX9T0aH4s5d6fE',
};
export const WEBHOOK_EXAMPLE = {
  ...{ id: EXAMPLE_ID, status: 'active', url: 'https://example.com/hook' },
  ...{ types: ['OpportunityCaptured'], registeredBy: EXAMPLE_ID, registeredAt: EXAMPLE_INSTANT },
  ...{ revision: 0, reached: { stream: `lead-${EXAMPLE_ID}`, revision: 3 } },
};
