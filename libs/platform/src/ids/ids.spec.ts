import { isUuid } from '#crm';
import { countingIds, timeOrderedIds } from './ids.js';

describe('time-ordered ids', () => {
  it('are UUIDs of version 7, each larger than the one before', () => {
    const ids = Array.from({ length: 1_000 }, () => timeOrderedIds.next());
    expect(ids.every((id) => isUuid(id) && id[14] === '7')).toBe(true);
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('counting ids', () => {
  it('repeat from source to source and are UUIDs', () => {
    const [one, other] = [countingIds(), countingIds()];
    expect([one.next(), one.next()]).toEqual([other.next(), other.next()]);
    expect(isUuid(one.next())).toBe(true);
  });
});
