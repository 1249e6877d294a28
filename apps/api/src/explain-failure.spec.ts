import { StoreDamaged, StoreLocked } from '#event-store';
import { readConfig } from '#platform';
import { explainFailure } from './explain-failure.js';

const configError = () => {
  try {
    readConfig({ LEADLEDGER_PORT: 'x', LEADLEDGER_PROT: '1' });
  } catch (error) {
    return error;
  }
  return undefined;
};

describe('why the product did not start', () => {
  it.each([
    ['a locked folder', new StoreLocked('/data', 7), 'in use by process 7'],
    ['a damaged file', new StoreDamaged('/data/events.db', 'event 3 is missing'), 'damaged'],
    ['an environment that is wrong', configError(), 'LEADLEDGER_PORT must be'],
    ['a port in use', Object.assign(new Error('x'), { code: 'EADDRINUSE' }), 'LEADLEDGER_PORT'],
    [
      'anything else',
      new TypeError('a is not a function\n at b'),
      'TypeError: a is not a function',
    ],
  ])('is told in one line: %s', (_what, error, part) => {
    const line = explainFailure(error);
    expect(line).toContain(part);
    expect(line).not.toMatch(/\n| at b/);
  });
});
