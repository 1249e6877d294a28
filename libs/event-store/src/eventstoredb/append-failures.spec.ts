import {
  DeadlineExceededError,
  MaxAppendSizeExceededError,
  UnavailableError,
  UnknownError,
  WrongExpectedVersionError,
} from '@eventstore/db-client';
import { events, newStream } from '../contract/support.js';
import type { ExpectedRevision } from '../event-store.port.js';
import { prepareAppend } from '../prepare-append.js';
import { failureOf } from './append-failures.js';
import { NoAnswer } from './client-errors.js';

const saying = (message: string, code = 14) => Object.assign(new Error(message), { code }) as never;

function wrong(current: bigint | 'no_stream') {
  const versions = { streamName: 'lead-1', expected: 4n, current } as const;
  return new WrongExpectedVersionError(undefined as never, versions);
}

function kindOf(error: unknown, repeated: boolean, expected: ExpectedRevision = 4): string {
  const append = prepareAppend({ stream: newStream(), expected, events: events(1) });
  return failureOf(error, append, repeated).kind;
}

describe('what a failed append says', () => {
  it.each<[string, string, unknown]>([
    ['not-taken', 'features that could not be asked for', saying('Name resolution failed')],
    ['not-taken', 'no server found', new Error('Failed to discover after 10 attempts.')],
    ['not-taken', 'no connection', new UnavailableError(saying('No connection established'))],
    [
      'not-taken',
      'a node without quorum',
      new UnknownError(undefined, 'Could not recognize Server Is Not Ready'),
    ],
    ['unknown', 'a lost connection', new UnavailableError(saying('Connection dropped'))],
    ['unknown', 'a disposed client', new UnknownError(saying('1 CANCELLED: Cancelled', 1))],
    ['unknown', 'a quorum that was lost meanwhile', new DeadlineExceededError()],
    ['unknown', 'no answer', new NoAnswer(5_000)],
    ['refused', 'a bad request', new UnknownError(undefined, 'Could not recognize BadRequest')],
    ['refused', 'too much', new MaxAppendSizeExceededError(undefined as never, 1_024)],
  ])('is %s: %s', (kind, _, error) => {
    expect(kindOf(error, false)).toBe(kind);
  });

  it.each([
    ['no_stream' as const, 'unknown'],
    [3n, 'unknown'],
    // Somebody's append was in the way and is not there: ours may still come.
    [4n, 'unknown'],
    [5n, 'refused'],
  ])('is, of a stream at %s after a try without an outcome, %s', (current, kind) => {
    expect(kindOf(wrong(current), true)).toBe(kind);
    expect(kindOf(wrong(current), false)).toBe('refused');
  });

  it.each(['too much', 'a bad request'])(
    'is unknown after a try without an outcome: %s',
    (what) => {
      const tooMuch = new MaxAppendSizeExceededError(undefined as never, 1_024);
      const bad = new UnknownError(undefined, 'Could not recognize BadRequest');
      expect(kindOf(what === 'too much' ? tooMuch : bad, true)).toBe('unknown');
    },
  );
});
