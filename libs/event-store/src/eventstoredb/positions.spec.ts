import { START } from '@eventstore/db-client';
import { BEFORE_FIRST } from '../event-store.port.js';
import { startAt, toPosition, toRevision } from './positions.js';

describe('positions of an EventStoreDB', () => {
  it('are commit positions as numbers, which JSON can hold', () => {
    expect(JSON.stringify(toPosition(1_417n))).toBe('1417');
    expect(startAt(1_417)).toEqual({ commit: 1_417n, prepare: 1_417n });
    expect(startAt(BEFORE_FIRST)).toBe(START);
  });

  it('are refused where a number is not exact, rather than rounded', () => {
    expect(toPosition(2n ** 53n - 1n)).toBe(Number.MAX_SAFE_INTEGER);
    expect(() => toPosition(2n ** 53n)).toThrow(/position 9007199254740992/);
    expect(() => toRevision(2n ** 63n - 1n)).toThrow(RangeError);
  });
});
