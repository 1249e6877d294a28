import { expect } from '@jest/globals';
import type { Workshop } from './workshop.js';

/** Nothing that lives refers to what does not, and nothing is half done. */
export async function expectSound(workshop: Workshop): Promise<void> {
  const all = await Promise.all(
    (['contact', 'account', 'opportunity', 'lead'] as const).map((type) => workshop.all(type)),
  );
  const states = new Map(all.flat().map((state) => [state.id, state]));
  for (const { lifecycle, fields, reservation, ...rest } of states.values()) {
    expect(reservation).toBeUndefined();
    if ('pending' in rest) expect(rest.pending).toEqual({});
    if (lifecycle !== 'live') continue;
    for (const id of [fields.contactId, fields.accountId]) {
      if (typeof id === 'string') expect([id, states.get(id)?.lifecycle]).toEqual([id, 'live']);
    }
  }
}
