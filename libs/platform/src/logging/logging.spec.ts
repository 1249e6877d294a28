import { Refusal } from '#crm';
import type { LogLevel } from '../config/config.js';
import { nestLogger } from './nest-logger.js';
import { pinoLogger } from './pino-logger.js';
import { safeError } from './safe-error.js';

function recording(level: LogLevel = 'debug') {
  const lines: string[] = [];
  const logger = pinoLogger(level, { write: (line: string) => void lines.push(line) });
  return { logger, lines, entries: () => lines.map((line) => JSON.parse(line)) };
}

describe('the log', () => {
  it('writes one JSON object a line with level, time, message and facts', () => {
    const { logger, lines, entries } = recording();
    logger.info('The api serves.', { port: 3000, worker: true, requestId: 'r-1', none: null });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^\{.*\}\n$/);
    expect(entries()[0]).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-.*Z$/),
      message: 'The api serves.',
      port: 3000,
      worker: true,
      requestId: 'r-1',
      none: null,
    });
  });

  it('is quiet below its level', () => {
    const { logger, lines } = recording('warn');
    logger.debug('a');
    logger.info('b');
    logger.warn('c');
    logger.error('d');
    expect(lines).toHaveLength(2);
  });

  it.each([
    'authorization',
    'Authorization',
    'cookie',
    'body',
    'headers',
    'query',
    'q',
    'filter',
    'url',
    'password',
    'clientSecret',
    'accessToken',
    'email',
    'phones',
    'note',
  ])('redacts %s', (name) => {
    const { logger, lines } = recording();
    logger.warn('x', { [name]: 'khuong@example.vn' });
    expect(lines[0]).not.toContain('khuong');
  });

  it('leaves out objects and lists, whatever their name', () => {
    const { logger, lines } = recording();
    logger.warn('x', { lead: { given: 'Khương' }, names: ['Khương'], fn: () => 'Khương' });
    expect(lines[0]).not.toContain('Khương');
  });

  it('cuts long texts', () => {
    const { logger, entries } = recording();
    logger.warn('x', { why: 'y'.repeat(10_000) });
    expect(entries()[0].why).toHaveLength(500);
  });
});

describe('an error in the log', () => {
  it('has no message that could quote a value, but says where it happened', () => {
    let error: unknown;
    try {
      JSON.parse('Nguyễn Gia Khương');
    } catch (caught) {
      error = caught;
    }
    const { logger, lines, entries } = recording();
    logger.error('The request failed.', { error });
    expect(lines[0]).not.toContain('Khương');
    expect(lines[0]).not.toContain('Nguy');
    expect(entries()[0].error).toMatchObject({ name: 'SyntaxError' });
    expect(entries()[0].error.stack).toContain('logging.spec.ts');
  });

  it('keeps no line of a message of several lines', () => {
    const error = new Error('first\n    Khương at home\n    at khuong@example.vn');
    expect(JSON.stringify(safeError(error))).not.toMatch(/Khương|khuong/);
  });

  it('keeps messages that are made of names in the source', () => {
    const error = new TypeError("Cannot read properties of undefined (reading 'stageId')");
    expect(safeError(error).message).toBe(error.message);
  });

  it('keeps the messages of the stores, and the code of a system error', () => {
    const store = Object.assign(new Error('The event store is unavailable: disk is full.'), {
      name: 'StoreUnavailable',
      cause: Object.assign(new Error('ENOSPC: no space'), { code: 'ENOSPC' }),
    });
    expect(safeError(store)).toMatchObject({
      message: 'The event store is unavailable: disk is full.',
      cause: { code: 'ENOSPC', message: undefined },
    });
  });

  it('is its code alone when it is a refusal', () => {
    const refusal = new Refusal('conflict', 'choice_needed', 'Choose.', {
      facts: { candidates: ['khuong@example.vn'] },
    });
    expect(safeError(refusal)).toEqual({ name: 'Refusal', code: 'choice_needed' });
  });

  it('may be anything that was thrown, and may be its own cause', () => {
    expect(safeError('khuong@example.vn')).toEqual({ name: 'string' });
    const loop = new Error('x');
    loop.cause = loop;
    expect(JSON.stringify(safeError(loop)).match(/"cause"/g)).toHaveLength(3);
  });
});

describe('Nest in the log', () => {
  it('speaks at debug of its own start, with its context', () => {
    const { logger, entries } = recording();
    nestLogger(logger).log('Mapped a route', 'RouterExplorer');
    expect(entries()[0]).toMatchObject({ level: 'debug', context: 'RouterExplorer' });
  });

  it('reports errors without their messages', () => {
    const { logger, lines, entries } = recording();
    nestLogger(logger).error(new Error('Khương'), 'ExceptionsHandler');
    expect(entries()[0]).toMatchObject({ level: 'error', context: 'ExceptionsHandler' });
    expect(lines[0]).not.toContain('Khương');
  });
});
