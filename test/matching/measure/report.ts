import type { RecordType } from '#crm';
import type { Added } from '../tried/measure-tried.js';
import type { Figures } from './figures.js';

/** The figures as plain text. */
export function asText({ type, records, truePairs, noise, kinds, disturbances }: Figures): string {
  const head = `${type}: ${count(records)} records, ${count(truePairs)} true pairs, ${noise} keys left out as noise`;
  const byKind = kinds.map(({ name, found, precision, recall }) =>
    line(name, [count(found), percent(precision), percent(recall)]),
  );
  const byDisturbance = disturbances.map(({ name, pairs, strong, either, own }) =>
    line(name, [count(pairs), percent(strong), percent(either), percent(own)]),
  );
  return [
    head,
    line('by', ['pairs', 'precision', 'recall']),
    ...byKind,
    '',
    line('true pairs with', ['pairs', 'strong', 'either', 'own field']),
    ...byDisturbance,
    '',
  ].join('\n');
}

/** What keys that were tried would add, as plain text. */
export function triedAsText(type: RecordType, added: readonly Added[]): string {
  const rows = added.map(({ name, pairs, precision, recall }) =>
    line(name, [count(pairs), percent(precision), percent(recall)]),
  );
  return [line(`${type}: would add`, ['pairs', 'precision', 'recall']), ...rows, ''].join('\n');
}

function line(name: string, cells: readonly string[]): string {
  return `  ${name.padEnd(44)}${cells.map((cell) => cell.padStart(11)).join('')}`;
}

function percent(part: number): string {
  return `${(100 * part).toFixed(1)} %`;
}

function count(value: number): string {
  return value.toLocaleString('en');
}
