import type { StagedState } from '../stages/staged-state.js';

/** What says how probable it is: the outcome of what is decided, else a person, else the stage. */
export type ProbabilitySource = 'outcome' | 'hand' | 'stage';

/** How probable it is that an opportunity is won, in percent. */
export type Probability = {
  readonly probability: number;
  readonly probabilityBy: ProbabilitySource;
};

/**
 * The probability of an opportunity (PRODUCT.md P1): a won one is certain and a lost one is not to be had, whatever was thought before; an open
 * one is as probable as a person said, or as its stage. Undefined for one that came there before stages were noted with their worth.
 */
export function probabilityOf({
  outcome,
  fields,
  stageProbability,
}: Pick<StagedState, 'outcome' | 'fields' | 'stageProbability'>): Probability | undefined {
  if (outcome !== 'open') {
    return { probability: outcome === 'won' ? 100 : 0, probabilityBy: 'outcome' };
  }
  const { probability: byHand } = fields;
  if (typeof byHand === 'number') return { probability: byHand, probabilityBy: 'hand' };
  if (stageProbability === undefined) return undefined;
  return { probability: stageProbability, probabilityBy: 'stage' };
}
