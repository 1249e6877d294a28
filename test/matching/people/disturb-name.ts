import type { Random } from '../../../apps/cli/src/demo/random.js';
import { withoutDiacritics } from '../../../apps/cli/src/demo/spelling.js';
import type { Disturbance } from '../disturbance.js';
import { misspace, mistype, otherTonePlace } from '../text.js';
import type { PersonDraft } from './draft.js';
import { familyName, words } from './names.js';
import type { Person } from './person.js';

type OfPerson = Disturbance<PersonDraft, Person>;
type Change = (name: string, random: Random) => string;

/** What can be the matter with a person's name. */
export const NAME_DISTURBANCES: readonly OfPerson[] = [
  inBoth('no diacritics', 22, withoutDiacritics),
  inOne('diacritics dropped in part', 8, withoutDiacritics),
  inBoth('NFD', 4, (name) => name.normalize('NFD')),
  inBoth('case', 10, (name, random) => random.pick([name.toUpperCase(), name.toLowerCase()])),
  inBoth('spacing', 4, misspace),
  inBoth('tone on the other vowel', 4, otherTonePlace),
  inOne('typo', 10, mistype),
  {
    name: 'name: fields swapped',
    weight: 6,
    apply: ({ familyName: family, givenName: given, ...draft }) =>
      family && given ? { ...draft, familyName: given, givenName: family } : undefined,
  },
  {
    name: 'name: western order in one field',
    weight: 8,
    apply: ({ familyName: _family, ...draft }, { name }, random) => {
      const [family, middle, given] = [name.family, name.middle, name.given];
      const orders = [
        [given, family, middle],
        [middle, given, family],
        [given, middle, family],
      ];
      const written = random.pick(orders).filter((word) => word !== '');
      return { ...draft, givenName: written.join(' ') };
    },
  },
  {
    name: 'name: western order, no diacritics',
    weight: 6,
    apply: (draft, { name }) => ({
      ...draft,
      familyName: withoutDiacritics(name.family),
      givenName: withoutDiacritics([name.given, name.middle].join(' ').trim()),
    }),
  },
  {
    name: 'name: in one field',
    weight: 7,
    apply: ({ familyName: _family, ...draft }, { name }) => ({
      ...draft,
      givenName: words(name).join(' '),
    }),
  },
  {
    name: 'name: middle name left out',
    weight: 7,
    apply: (draft, { name }) =>
      name.middle === '' ? undefined : { ...draft, familyName: name.family },
  },
  {
    name: 'name: given name only',
    weight: 4,
    apply: ({ familyName: _family, ...draft }) => draft,
  },
  {
    name: 'name: title in front',
    weight: 5,
    apply: (draft, { name }, random) => {
      const titles = name.gender === 'female' ? ['Chị', 'Ms.', 'Cô', 'Mrs'] : ['Anh', 'Mr.', 'Ông'];
      return { ...draft, familyName: `${random.pick(titles)} ${draft.familyName ?? ''}`.trim() };
    },
  },
  {
    name: 'name: married',
    weight: 3,
    apply: (draft, { name }, random) => {
      if (name.gender !== 'female') return undefined;
      const taken = familyName(random);
      if (taken === name.family) return undefined;
      const family = random.pick([taken, `${name.family}-${taken}`, `${taken} ${name.middle}`]);
      return { ...draft, familyName: family.trim() };
    },
  },
  {
    name: 'name: nickname',
    weight: 4,
    apply: (draft, { name }) =>
      name.nickname === undefined ? undefined : { ...draft, givenName: name.nickname },
  },
];

function inBoth(name: string, weight: number, change: Change): OfPerson {
  return {
    name: `name: ${name}`,
    weight,
    apply: (draft, _truth, random) =>
      changed(draft, {
        familyName: draft.familyName && change(draft.familyName, random),
        givenName: draft.givenName && change(draft.givenName, random),
      }),
  };
}

/** In one word of one field. */
function inOne(name: string, weight: number, change: Change): OfPerson {
  return {
    name: `name: ${name}`,
    weight,
    apply: (draft, _truth, random) => {
      const field = random.pick(['familyName', 'givenName'] as const);
      const written = (draft[field] ?? '').split(' ');
      const at = random.below(written.length);
      const other = written.map((word, place) => (place === at ? change(word, random) : word));
      return changed(draft, { [field]: other.join(' ') });
    },
  };
}

function changed(draft: PersonDraft, names: PersonDraft): PersonDraft | undefined {
  const next = { ...draft, ...names };
  const same = next.familyName === draft.familyName && next.givenName === draft.givenName;
  return same ? undefined : next;
}
