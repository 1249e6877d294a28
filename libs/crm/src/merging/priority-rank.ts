import { foldCase, foldDiacritics, foldSpacing } from '../matching/fold-case.js';

/** Words that sales teams name priorities with, in English and Vietnamese, from low to urgent. */
const WORDS: readonly (readonly string[])[] = [
  ['low', 'lowest', 'thap'],
  ['normal', 'medium', 'binh thuong', 'trung binh', 'vua'],
  ['high', 'cao'],
  ['very high', 'urgent', 'highest', 'critical', 'rat cao', 'khan', 'khan cap', 'gap'],
];

/** How high a priority is, from 0; undefined for a word that says nothing. */
export function priorityRank(value: unknown): number | undefined {
  if (typeof value !== 'string') return undefined;
  const word = foldSpacing(foldDiacritics(foldCase(value)));
  const rank = WORDS.findIndex((words) => words.includes(word));
  return rank < 0 ? undefined : rank;
}
