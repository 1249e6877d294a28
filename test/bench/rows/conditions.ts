import { inChild } from '../support/processes.js';
import type { Row } from '../support/row.js';
import { count } from '../support/sampling.js';
import type { Asking } from './conditions-child.js';

export async function measureConditions(): Promise<readonly Row[]> {
  const { rate, relativeRate, samples } = await inChild<Asking>('rows/conditions-child.js', {
    opportunities: 2_000,
    repeats: 5,
  });
  const row = (what: string, perSecond: number): Row => ({
    name: 'conditions',
    what,
    measured: `${count(perSecond)} /s`,
    limit: '',
    ratio: perSecond,
    bar: { least: 100_000 },
    samples,
  });
  return [
    row('of 40 rules as opportunities arrive', rate),
    row('the same, some relative to now', relativeRate),
  ];
}
