import type { Random } from '../../apps/cli/src/demo/random.js';

/** The field that something is the matter with, by the kind of key that looks at it. */
export type Part = 'name' | 'email' | 'phone' | 'organisation' | 'tax-code';

/** One way in which a record comes to tell something otherwise than it is. */
export interface Disturbance<Draft, Truth> {
  readonly name: `${Part}: ${string}`;
  /** How common it is beside the others. */
  readonly weight: number;
  /** The draft with it, or undefined where it changes nothing. */
  apply(draft: Draft, truth: Truth, random: Random): Draft | undefined;
}

export function partOf(name: string): Part {
  return name.slice(0, name.indexOf(':')) as Part;
}

/** Puts some disturbances on a draft, each of another part, and names them. */
export function disturb<Draft, Truth>(
  draft: Draft,
  truth: Truth,
  { count, of }: { count: number; of: readonly Disturbance<Draft, Truth>[] },
  random: Random,
): { readonly draft: Draft; readonly disturbances: readonly string[] } {
  const disturbances: string[] = [];
  let left = of.map((one) => [one, one.weight] as const);
  let disturbed = draft;
  while (disturbances.length < count && left.length > 0) {
    const chosen = random.weighted(left);
    const next = chosen.apply(disturbed, truth, random);
    const done = next === undefined ? chosen.name : partOf(chosen.name);
    left = left.filter(([one]) => one.name !== done && partOf(one.name) !== done);
    if (next === undefined) continue;
    disturbed = next;
    disturbances.push(chosen.name);
  }
  return { draft: disturbed, disturbances };
}
