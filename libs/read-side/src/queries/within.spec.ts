import { describe, expect, it } from '@jest/globals';
import { matches } from '#crm';
import { within } from './query-context.js';

describe('a filter within what the caller may see', () => {
  it('cannot reach out of it', () => {
    const filter = { $or: [{ stageId: 'new' }, { ownerId: 'stranger' }] };
    const wanted = within({ $or: [{ ownerId: 'me' }] }, filter) ?? {};
    expect(matches(wanted, { ownerId: 'stranger' })).toBe(false);
    expect(matches(wanted, { ownerId: 'me', stageId: 'new' })).toBe(true);
  });

  it('is the filter itself under all, nothing under none, the scope alone when empty', () => {
    expect(within('all', { a: 1 })).toEqual({ a: 1 });
    expect(within('none', { a: 1 })).toBeUndefined();
    expect(within({ ownerId: 'me' }, {})).toEqual({ ownerId: 'me' });
  });
});
