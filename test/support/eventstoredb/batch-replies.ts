import type { Answer } from './committing.js';
import type { Message } from './grpc-call.js';
import type { Expectation } from './log.js';
import { any, empty, identifierOf, shared, status, streams } from './messages.js';
import { MAX_APPEND_BYTES } from './proposals.js';

/** What comes back for one correlation id. */
export function batchReply(
  expected: Expectation,
  stream: string,
  answer: Answer,
): streams.BatchAppendResp {
  if (answer.kind === 'timeout') return timeout();
  if (answer.kind === 'not-ready') {
    return failed(0, 'Server Is Not Ready', 'google.protobuf.Empty', new empty.Empty());
  }
  if (answer.kind === 'deleted') {
    const deleted = new shared.StreamDeleted();
    deleted.setStreamIdentifier(identifierOf(stream));
    return failed(5, 'StreamDeleted', 'event_store.client.StreamDeleted', deleted);
  }
  if (answer.kind === 'wrong') {
    const wrong = wrongVersion(expected, answer.current);
    return failed(6, 'WrongExpectedVersion', 'event_store.client.WrongExpectedVersion', wrong);
  }
  const success = new streams.BatchAppendResp.Success();
  if (answer.revision === undefined) success.setNoStream(new empty.Empty());
  else success.setCurrentRevision(String(answer.revision));
  if (answer.position === undefined) success.setNoPosition(new empty.Empty());
  else {
    const position = new shared.AllStreamPosition();
    position.setCommitPosition(String(answer.position));
    position.setPreparePosition(String(answer.position));
    success.setPosition(position);
  }
  const response = new streams.BatchAppendResp();
  response.setSuccess(success);
  return response;
}

export function badRequest(message: string): streams.BatchAppendResp {
  const bad = new shared.BadRequest();
  bad.setMessage(message);
  return failed(3, 'BadRequest', 'event_store.client.BadRequest', bad);
}

export function timeout(): streams.BatchAppendResp {
  return failed(4, 'Timeout', 'event_store.client.Timeout', new shared.Timeout());
}

export function tooLarge(): streams.BatchAppendResp {
  const large = new shared.MaximumAppendSizeExceeded();
  large.setMaxappendsize(MAX_APPEND_BYTES);
  const name = 'MaximumAppendSizeExceeded';
  return failed(3, name, `event_store.client.${name}`, large);
}

function failed(
  code: number,
  message: string,
  type: string,
  details: Message,
): streams.BatchAppendResp {
  const packed = new any.Any();
  packed.setTypeUrl(`type.googleapis.com/${type}`);
  packed.setValue(details.serializeBinary());
  const error = new status.Status();
  error.setCode(code);
  error.setMessage(message);
  error.setDetails(packed);
  const response = new streams.BatchAppendResp();
  response.setError(error);
  return response;
}

function wrongVersion(
  expected: Expectation,
  current: number | undefined,
): shared.WrongExpectedVersion {
  const wrong = new shared.WrongExpectedVersion();
  if (current === undefined) wrong.setCurrentNoStream(new empty.Empty());
  else wrong.setCurrentStreamRevision(String(current));
  if (typeof expected === 'bigint') wrong.setExpectedStreamPosition(String(expected));
  else if (expected === 'any') wrong.setExpectedAny(new empty.Empty());
  else if (expected === 'stream_exists') wrong.setExpectedStreamExists(new empty.Empty());
  else wrong.setExpectedNoStream(new empty.Empty());
  return wrong;
}
