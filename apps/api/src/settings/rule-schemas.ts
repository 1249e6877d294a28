import { Type } from '@sinclair/typebox';
import { CAPACITY_LIMITS, MAX_RECIPIENTS, TURN_METHODS, USER_ROLES } from '#crm';
import { NAME_PARAM } from '../http/route.js';
import { closed, id, line, oneOf, optional } from '../http/schemas.js';

/** Which parts go with which kind is for the domain to say, which names the part. */
export const HANDLER = closed({
  kind: oneOf(['user', 'team'], 'A person, or a team whose members take turns.'),
  userId: optional(id('The person.')),
  teamId: optional(id('The team.')),
  method: optional(oneOf(TURN_METHODS, 'Whose turn it is in the team.')),
  capacity: optional(
    Type.Integer({
      minimum: CAPACITY_LIMITS.min,
      maximum: CAPACITY_LIMITS.max,
      description: 'Members with so many open opportunities are full; left out: nobody is.',
    }),
  ),
});
export const RECIPIENTS = Type.Array(
  closed({
    kind: oneOf(['user', 'team', 'role'], 'What it names.'),
    userId: optional(id('The person.')),
    teamId: optional(id('The team.')),
    role: optional(oneOf(USER_ROLES, 'Everybody who has it.')),
  }),
  { maxItems: MAX_RECIPIENTS, description: 'Who is told, each once.' },
);
export const FILTER = Type.Record(Type.String(), Type.Unknown(), {
  description: 'A condition on the opportunity, as in lists. An empty one holds for all.',
});
export const RULE_NAME = line('What people call it.');
export const RULE_ID = line('Its id.', 64);
export const RULE_PARAM = { ruleId: NAME_PARAM };
