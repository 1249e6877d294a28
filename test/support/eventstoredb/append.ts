import type { Answer, Committing } from './committing.js';
import { readExpectation } from './expectations.js';
import type { GrpcCall } from './grpc-call.js';
import type { Expectation, Proposed } from './log.js';
import { shared, streams } from './messages.js';
import { MAX_APPEND_BYTES, readProposal, readStreamName } from './proposals.js';
import { NOT_READY, notSet, OK, type Status, streamDeleted, THROWN } from './status.js';

const COMMIT_TIMEOUT: Status = { code: 10, details: 'Operation timed out: Commit phase timeout.' };

/** `Streams/Append`: options, then an event per message; a fault in any ends the call and stores nothing. */
export function append(call: GrpcCall, committing: Committing): void {
  let target: { readonly stream: string; readonly expected: Expectation } | undefined;
  const proposed: Proposed[] = [];
  let bytes = 0;

  call.onMessage((message) => {
    const request = streams.AppendReq.deserializeBinary(message);
    const options = request.getOptions();
    if (options) {
      const stream = readStreamName(options.getStreamIdentifier());
      if (target || typeof stream !== 'string') return call.end(THROWN);
      const expected = readExpectation(options);
      if (expected !== undefined) target = { stream, expected };
      else call.end(notSet('AppendReq+Types+Options+ExpectedStreamRevisionOneofCase'));
      return;
    }
    const content = request.getProposedMessage();
    if (!content || !target) return call.end(THROWN);
    const event = readProposal(content);
    if ('status' in event) return call.end(event.status);
    bytes += event.data.length;
    if (bytes > MAX_APPEND_BYTES) return call.end(tooLarge());
    proposed.push(event);
  });
  call.onHalfClose(() => {
    if (!target) return call.end(THROWN);
    const { stream, expected } = target;
    committing.append(stream, expected, proposed, (answer) => {
      const reply = replyTo(stream, expected, answer);
      if ('code' in reply) return call.end(reply);
      call.send(reply);
      call.end(OK);
    });
  });
}

function replyTo(
  stream: string,
  expected: Expectation,
  answer: Answer,
): streams.AppendResp | Status {
  if (answer.kind === 'timeout') return COMMIT_TIMEOUT;
  if (answer.kind === 'not-ready') return NOT_READY;
  if (answer.kind === 'deleted') return streamDeleted(stream);
  const response = new streams.AppendResp();
  if (answer.kind === 'wrong') {
    response.setWrongExpectedVersion(wrongVersion(expected, answer.current));
    return response;
  }
  const success = new streams.AppendResp.Success();
  if (answer.revision === undefined) success.setNoStream(new shared.Empty());
  else success.setCurrentRevision(String(answer.revision));
  if (answer.position === undefined) success.setNoPosition(new shared.Empty());
  else {
    const position = new streams.AppendResp.Position();
    position.setCommitPosition(String(answer.position));
    position.setPreparePosition(String(answer.position));
    success.setPosition(position);
  }
  response.setSuccess(success);
  return response;
}

/** In today's fields and in those of older clients. */
function wrongVersion(
  expected: Expectation,
  current: number | undefined,
): streams.AppendResp.WrongExpectedVersion {
  const wrong = new streams.AppendResp.WrongExpectedVersion();
  if (current === undefined) {
    wrong.setNoStream2060(new shared.Empty());
    wrong.setCurrentNoStream(new shared.Empty());
  } else {
    wrong.setCurrentRevision2060(current);
    wrong.setCurrentRevision(String(current));
  }
  if (typeof expected === 'bigint') {
    // Beyond this the older field's type in JavaScript is inexact.
    if (expected <= Number.MAX_SAFE_INTEGER) wrong.setExpectedRevision2060(Number(expected));
    wrong.setExpectedRevision(String(expected));
  } else if (expected === 'any') {
    wrong.setAny2060(new shared.Empty());
    wrong.setExpectedAny(new shared.Empty());
  } else if (expected === 'stream_exists') {
    wrong.setStreamExists2060(new shared.Empty());
    wrong.setExpectedStreamExists(new shared.Empty());
  } else {
    wrong.setExpectedNoStream(new shared.Empty());
  }
  return wrong;
}

function tooLarge(): Status {
  return {
    code: 3,
    details: `Maximum Append Size of ${MAX_APPEND_BYTES} Exceeded.`,
    trailers: {
      exception: 'maximum-append-size-exceeded',
      'maximum-append-size': String(MAX_APPEND_BYTES),
    },
  };
}
