import type { Random } from '../../../apps/cli/src/demo/random.js';
import { withoutDiacritics } from '../../../apps/cli/src/demo/spelling.js';
import type { Disturbance } from '../disturbance.js';
import { misspace, mistype, otherTonePlace } from '../text.js';
import type { Company } from './company.js';
import { abbreviated, inEnglish, otherForm, shortName, withoutForm } from './spell-company.js';

type Change = (name: string, random: Random, company: Company) => string | undefined;

/** What can be the matter with an organisation's name. */
export const ORGANISATION_CHANGES: readonly (readonly [string, number, Change])[] = [
  ['no diacritics', 14, (name) => withoutDiacritics(name)],
  ['NFD', 3, (name) => name.normalize('NFD')],
  ['case', 12, (name) => name.toUpperCase()],
  ['spacing', 3, (name, random) => misspace(name, random)],
  ['tone on the other vowel', 3, (name) => otherTonePlace(name)],
  ['typo', 6, (name, random) => mistype(name, random)],
  ['without its form', 14, (_name, _random, company) => withoutForm(company)],
  ['another form', 12, (_name, random, company) => otherForm(company, random)],
  ['shortened lines of business', 12, (_name, random, company) => abbreviated(company, random)],
  ['in English', 10, (_name, random, company) => inEnglish(company, random)],
  ['short name', 8, (_name, _random, company) => shortName(company)],
];

/** The same for a record of any type that bears such a name. */
export function organisationDisturbances<Draft, Truth>(
  read: (draft: Draft) => string | undefined,
  write: (draft: Draft, name: string) => Draft,
  companyOf: (truth: Truth) => Company | undefined,
): readonly Disturbance<Draft, Truth>[] {
  return ORGANISATION_CHANGES.map(([name, weight, change]) => ({
    name: `organisation: ${name}`,
    weight,
    apply: (draft, truth, random) => {
      const [before, company] = [read(draft), companyOf(truth)];
      if (before === undefined || company === undefined) return undefined;
      const after = change(before, random, company);
      return after === undefined || after === before ? undefined : write(draft, after);
    },
  }));
}
