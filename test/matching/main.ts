import { parseArgs } from 'node:util';
import { type DataSet, makeDataSet } from './data-set.js';
import { costOf } from './measure/cost.js';
import { measure } from './measure/figures.js';
import { asText, triedAsText } from './measure/report.js';
import { measureTried } from './tried/measure-tried.js';
import { TRIED_FOR_ACCOUNTS, TRIED_FOR_PEOPLE } from './tried/tried-keys.js';

const HELP = `npm run matching -- [--people number] [--seed number] [--json | --tried]

Makes up records of people and companies, each written in several ways, and prints how many pairs of one person or company
share a match key (recall) and how many of the pairs that share one are of one (precision). A weak key's kind has a ~ in front.
  --people  how many people have leads, and how many others are contacts; a quarter as many companies (5,000)
  --seed    another set (1)
  --json    the figures as JSON
  --tried   what keys would add that were tried and left
`;

const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '5000' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
    tried: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const [people, seed] = [Number(values.people), Number(values.seed)];
if (values.help || !(people > 0) || !Number.isInteger(seed)) {
  process.stdout.write(HELP);
  process.exitCode = values.help ? 0 : 2;
} else {
  print(makeDataSet(seed, people));
}

function print(dataSet: DataSet): void {
  const types = ['lead', 'contact', 'account'] as const;
  if (values.tried) {
    for (const type of types) {
      const tried = type === 'account' ? TRIED_FOR_ACCOUNTS : TRIED_FOR_PEOPLE;
      say(triedAsText(type, measureTried(type, dataSet[type], tried)));
    }
    return;
  }
  const figures = types.map((type) => measure(type, dataSet[type]));
  if (values.json) {
    say(JSON.stringify(figures, null, 2));
    return;
  }
  for (const figure of figures) say(asText(figure));
  const costs = types.map((type) => `${type} ${costOf(type, dataSet[type]).toFixed(1)}`);
  say(`Keys of a record, in microseconds: ${costs.join(', ')}`);
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
