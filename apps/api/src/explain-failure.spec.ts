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
    [
      'a port in use',
      Object.assign(new Error('x'), { code: 'EADDRINUSE', address: '127.0.0.1', port: 3000 }),
      'Port 3000 of 127.0.0.1 is in use: set LEADLEDGER_PORT to another.',
    ],
    [
      'an unknown host',
      Object.assign(new Error('x'), { code: 'ENOTFOUND', hostname: 'nowhere.invalid' }),
      'nowhere.invalid is not known: check LEADLEDGER_HOST.',
    ],
    [
      'an address of another machine',
      Object.assign(new Error('x'), { code: 'EADDRNOTAVAIL', address: '10.9.9.9' }),
      '10.9.9.9 is not an address of this machine: check LEADLEDGER_HOST.',
    ],
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

  it('names the variable of the port that it was about', () => {
    const error = Object.assign(new Error('x'), { code: 'EADDRINUSE', address: '::1', port: 3001 });
    expect(explainFailure(error, 'LEADLEDGER_HEALTH_PORT')).toContain('LEADLEDGER_HEALTH_PORT');
  });
});
