import { codeOf, readExpectation } from './expectations.js';
import type { Faults } from './faults.js';
import type { GrpcCall } from './grpc-call.js';
import type { Expectation, Log, Outcome } from './log.js';
import { streams } from './messages.js';
import { readStreamName } from './proposals.js';
import { NOT_READY, notSet, OK, type Status, streamDeleted, THROWN } from './status.js';

/** `Streams/Delete` and `Streams/Tombstone`. */
export function deletes(kind: 'Delete' | 'Tombstone', log: Log, faults: Faults) {
  const isTombstone = kind === 'Tombstone';
  const Request = isTombstone ? streams.TombstoneReq : streams.DeleteReq;
  const run = (name: string, expected: Expectation) =>
    isTombstone ? log.tombstone(name, expected) : log.softDelete(name, expected);

  return (call: GrpcCall): void => {
    call.onMessage((message) => {
      if (faults.quorum !== 'held') return call.end(NOT_READY);
      const options = Request.deserializeBinary(message).getOptions();
      const stream = readStreamName(options?.getStreamIdentifier());
      if (!options || typeof stream !== 'string') return call.end(THROWN);
      const expected = readExpectation(options);
      if (expected === undefined) {
        return call.end(notSet(`${kind}Req+Types+Options+ExpectedStreamRevisionOneofCase`));
      }
      const outcome = run(stream, expected);
      if (outcome.kind !== 'stored') return call.end(refusal(stream, expected, outcome));
      call.send(isTombstone ? tombstoned(outcome.position) : deleted(outcome.position));
      call.end(OK);
    });
  };
}

function deleted(at = 0): streams.DeleteResp {
  const position = new streams.DeleteResp.Position();
  position.setCommitPosition(String(at));
  position.setPreparePosition(String(at));
  const response = new streams.DeleteResp();
  response.setPosition(position);
  return response;
}

function tombstoned(at = 0): streams.TombstoneResp {
  const position = new streams.TombstoneResp.Position();
  position.setCommitPosition(String(at));
  position.setPreparePosition(String(at));
  const response = new streams.TombstoneResp();
  response.setPosition(position);
  return response;
}

function refusal(
  stream: string,
  expected: Expectation,
  outcome: Exclude<Outcome, { kind: 'stored' }>,
): Status {
  if (outcome.kind === 'deleted') return streamDeleted(stream);
  const [wanted, actual] = [codeOf(expected), outcome.current ?? -1];
  return {
    code: 9,
    details: `Delete failed due to WrongExpectedVersion. Stream: ${stream}, Expected version: ${wanted}, Actual version: ${actual}`,
    trailers: {
      exception: 'wrong-expected-version',
      'stream-name': stream,
      'expected-version': String(wanted),
      'actual-version': String(actual),
    },
  };
}
