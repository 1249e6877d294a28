import { readId } from '../../record/values/id.js';
import type { InputReading } from '../../record/values/input-reading.js';
import { isJsonObject } from '../../record/values/reading.js';
import { readWhole, refuseOtherMembers } from '../parts/read-parts.js';
import { type AssignmentHandler, TURN_METHODS } from './assignment-rule.js';

/** The most open opportunities that a rule may allow a member. */
export const CAPACITY_LIMITS = { min: 1, max: 10_000 } as const;

/** Who gets it: a person, or a team and how its members take turns. Whether there are such is not known here. */
export function readHandler(
  reading: InputReading,
  raw: AssignmentHandler,
  path: string,
): AssignmentHandler {
  const nobody: AssignmentHandler = { kind: 'user', userId: '' };
  if (!isJsonObject(raw)) {
    reading.refuse(path, 'wrong_type', 'This must be an object.');
    return nobody;
  }
  switch (raw.kind) {
    case 'user': {
      refuseOtherMembers(reading, raw, ['kind', 'userId'], path);
      return { kind: 'user', userId: reading.required(readId, raw.userId, `${path}.userId`, '') };
    }
    case 'team': {
      refuseOtherMembers(reading, raw, ['kind', 'teamId', 'method', 'capacity'], path);
      const message = `This is one of: ${TURN_METHODS.join(', ')}.`;
      const known = TURN_METHODS.includes(raw.method);
      reading.refuseUnless(known, `${path}.method`, 'unknown_method', message);
      return {
        kind: 'team',
        teamId: reading.required(readId, raw.teamId, `${path}.teamId`, ''),
        method: raw.method,
        ...(raw.capacity !== undefined && {
          capacity: readWhole(reading, raw.capacity, `${path}.capacity`, CAPACITY_LIMITS),
        }),
      };
    }
    default:
      reading.refuse(`${path}.kind`, 'unknown_handler', 'A rule hands over to a user or a team.');
      return nobody;
  }
}
