import type { Leadledger } from '../composition/leadledger.js';
import { foundOrCaughtUp } from './caught-up.js';

/** A product whose read models stand at one position and get to another while somebody waits. */
function standing(head: number, reached: number, reaches: number): Leadledger {
  let at = reached;
  const waitFor = async (position: number) => {
    at = reaches;
    return at >= position;
  };
  const parts = {
    stores: { log: { head: async () => head, positionStep: 1 } },
    read: { models: { reached: () => at, waitFor } },
  };
  return parts as unknown as Leadledger;
}

/** Finds something from its second look on. */
function second() {
  let looks = 0;
  return async () => (looks++ === 0 ? undefined : 'a lead');
}

describe('What a read model does not have', () => {
  it('is not there when the read model has all that was written', async () => {
    expect(await foundOrCaughtUp(standing(7, 7, 7), ['leads'], second())).toBeUndefined();
  });

  it('is looked for again when it has', async () => {
    expect(await foundOrCaughtUp(standing(7, 5, 7), ['leads'], second())).toBe('a lead');
  });

  it.each([
    ['stays behind', 7, 5, 6],
    ['is far behind, without waiting', 9_000, 5, 9_000],
  ])('is not said to be absent while the read model %s', async (_name, head, reached, reaches) => {
    const answer = foundOrCaughtUp(standing(head, reached, reaches), ['leads'], second());
    await expect(answer).rejects.toMatchObject({ status: 503, code: 'read_model_behind' });
  });
});
