import { BadRequestException, HttpException, ServiceUnavailableException } from '@nestjs/common';
import { InvalidFilter, Refusal, type RefusalKind } from '#crm';
import {
  OutcomeUnknown,
  StoreUnavailable,
  UnknownPosition,
  WrongExpectedRevision,
} from '#event-store';
import { FileStoreUnavailable } from '#file-store';
import { InvalidCursor, ReadStoreUnavailable } from '#read-store';
import { answerTo } from './answer-to.js';
import { HttpProblem } from './http-problem.js';

const statusAndCode = (error: unknown) => {
  const { problem } = answerTo(error);
  return [problem.status, problem.code];
};

describe('the answer to a refusal', () => {
  it.each<[RefusalKind, number]>([
    ['invalid', 400],
    ['forbidden', 403],
    ['not-found', 404],
    ['conflict', 409],
    ['precondition', 412],
    ['too-large', 413],
    ['rule', 422],
  ])('%s is a %i with its code', (kind, status) => {
    expect(statusAndCode(new Refusal(kind, 'some_code', 'Why.'))).toEqual([status, 'some_code']);
  });

  it('carries its errors, and its facts beside the standard members, never over them', () => {
    const errors = [{ path: 'custom.budget', code: 'required', message: 'Fill it.' }];
    const facts = { candidates: ['a'], status: 200, code: 'ok' };
    const { problem, log } = answerTo(new Refusal('rule', 'missing', 'Why.', { errors, facts }));
    expect(problem).toEqual({
      type: 'urn:leadledger:problem:missing',
      title: 'A rule forbids it',
      status: 422,
      detail: 'Why.',
      code: 'missing',
      errors,
      candidates: ['a'],
    });
    expect(log).toBe('none');
  });
});

describe('the answer to an error of a store', () => {
  it.each([
    [new StoreUnavailable('disk'), 'store_unavailable'],
    [new OutcomeUnknown('lead-1', 'cut off'), 'outcome_unknown'],
    [new ReadStoreUnavailable('disk'), 'read_store_unavailable'],
    [new FileStoreUnavailable('disk'), 'file_store_unavailable'],
  ])('is 503 with Retry-After for an outage (%#)', (error, code) => {
    const { problem, headers, log } = answerTo(error);
    expect([problem.status, problem.code, headers['retry-after'], log]).toEqual([
      503,
      code,
      '1',
      'warn',
    ]);
    expect(problem.detail).not.toMatch(/disk|cut off/);
  });

  it('names the place in a filter', () => {
    const { problem } = answerTo(new InvalidFilter('$or.1.email.$where', 'unknown operator'));
    expect(problem.status).toBe(400);
    expect(problem.errors).toEqual([
      { path: 'filter.$or.1.email.$where', code: 'invalid_filter', message: 'unknown operator' },
    ]);
    expect(answerTo(new InvalidFilter('', 'x')).problem.errors[0]?.path).toBe('filter');
  });

  it('names the cursor', () => {
    const { problem } = answerTo(new InvalidCursor());
    expect([problem.status, problem.errors[0]?.path]).toEqual([400, 'cursor']);
  });

  it('names the position that the log cannot be read from', () => {
    const { problem } = answerTo(new UnknownPosition(7));
    expect([problem.status, problem.errors[0]?.path]).toEqual([400, 'after']);
  });

  it('is a conflict when the record kept changing', () => {
    expect(statusAndCode(new WrongExpectedRevision('lead-1', 3, 5))).toEqual([
      409,
      'changed_meanwhile',
    ]);
  });
});

describe('the answer to an error of the framework', () => {
  it.each([
    [new BadRequestException('Khương'), 400, 'malformed_request'],
    [new HttpException('x', 418), 418, 'refused'],
    [new ServiceUnavailableException(), 503, 'unavailable'],
    [Object.assign(new Error('x'), { statusCode: 429 }), 429, 'too_many_requests'],
    [Object.assign(new SyntaxError('x'), { statusCode: 400 }), 400, 'malformed_json'],
  ])('is by its status (%#)', (error, status, code) => {
    expect(statusAndCode(error)).toEqual([status, code]);
    expect(JSON.stringify(answerTo(error))).not.toContain('Khương');
  });

  it('looks into what Nest wrapped', () => {
    const cause = Object.assign(new Error('x'), {
      code: 'FST_ERR_CTP_BODY_TOO_LARGE',
      statusCode: 413,
    });
    expect(statusAndCode(new HttpException('x', 413, { cause }))).toEqual([413, 'too_large']);
  });
});

describe('the answer to anything else', () => {
  it.each([
    [new Error('Nguyễn')],
    [new TypeError('x')],
    [new SyntaxError('x')],
    [new Error('outer', { cause: Object.assign(new Error('x'), { statusCode: 404 }) })],
    [Object.assign(new Error('x'), { name: 'constructor' })],
    [Object.assign(new Error('x'), { statusCode: 500 })],
    [Object.assign(new Error('x'), { statusCode: 200 })],
    ['thrown'],
    [undefined],
    [null],
    [{ statusCode: 404 }],
  ])('is a 500 that tells nothing (%#)', (error) => {
    const { problem, log } = answerTo(error);
    expect([problem.status, problem.code, log]).toEqual([500, 'internal_error', 'error']);
    expect(problem.detail).toBe('Something went wrong on our side.');
  });

  it('is what an error about HTTP says', () => {
    const error = new HttpProblem(401, 'unauthenticated', 'Why.', { headers: { a: 'b' } });
    expect(answerTo(error)).toMatchObject({ problem: { status: 401 }, headers: { a: 'b' } });
  });
});
