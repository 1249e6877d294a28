import { badRequest, batchReply, timeout, tooLarge } from './batch-replies.js';
import type { Committing } from './committing.js';
import { readExpectation } from './expectations.js';
import type { GrpcCall } from './grpc-call.js';
import type { Expectation, Proposed } from './log.js';
import { type shared, streams } from './messages.js';
import { MAX_APPEND_BYTES, readProposal, readStreamName } from './proposals.js';
import { OK, THROWN } from './status.js';
import { NIL, structuredUuid, uuidOf } from './uuids.js';

/** An append that comes in chunks. */
interface Open {
  readonly stream: string;
  readonly identifier: shared.StreamIdentifier | undefined;
  readonly expected: Expectation;
  readonly proposed: Proposed[];
  readonly timer: NodeJS.Timeout | undefined;
  bytes: number;
}

/** How long a request may stay without its final chunk when it names no deadline. */
const UNFINISHED_MS = 2_000;

/** `Streams/BatchAppend`: appends of all streams over one call, each answered under its correlation id. */
export function batchAppend(call: GrpcCall, committing: Committing): void {
  const open = new Map<string, Open>();
  let unanswered = 0;
  let halfClosed = false;

  function reply(
    response: streams.BatchAppendResp,
    id: shared.UUID | undefined,
    identifier: shared.StreamIdentifier | undefined,
  ): void {
    response.setCorrelationId(id);
    response.setStreamIdentifier(identifier);
    call.send(response);
  }

  function begin(request: streams.BatchAppendReq, key: string | undefined): Open | undefined {
    const options = request.getOptions() as streams.BatchAppendReq.Options;
    const identifier = options.getStreamIdentifier();
    const id = request.getCorrelationId();
    const refuse = (response: streams.BatchAppendResp) => reply(response, id, identifier);
    if (!id) refuse(badRequest("Value cannot be null. (Parameter 'dto')"));
    else if (key === undefined) refuse(badRequest('Unrecognized Guid format.'));
    else if (key === NIL) refuse(badRequest(EMPTY_CORRELATION));
    else {
      const stream = readStreamName(identifier);
      const expected = readExpectation(options);
      const leftMs = millisecondsUntil(options);
      if (typeof stream !== 'string') refuse(badRequest(stream.badRequest));
      else if (expected === undefined) refuse(badRequest(NO_EXPECTATION));
      else if (leftMs !== undefined && leftMs <= 0) refuse(timeout());
      else {
        const expire = () => {
          open.delete(key);
          reply(timeout(), structuredUuid(key), identifier);
        };
        // One that comes whole needs no timer.
        const timer = request.getIsFinal()
          ? undefined
          : setTimeout(expire, leftMs ?? UNFINISHED_MS);
        return { stream, identifier, expected, proposed: [], timer, bytes: 0 };
      }
    }
    return undefined;
  }

  call.onMessage((message) => {
    const request = streams.BatchAppendReq.deserializeBinary(message);
    const id = request.getCorrelationId();
    if (!id && !request.hasOptions()) return call.end(THROWN);
    const key = id && uuidOf(id);
    const known = key === undefined ? undefined : open.get(key);
    if (!known && !request.hasOptions()) return;
    const one = known ?? begin(request, key);
    if (!one || key === undefined) return;
    open.set(key, one);
    const refused = take(one, request);
    if (refused !== undefined) reply(badRequest(refused), id, one.identifier);
    if (!request.getIsFinal()) return;
    open.delete(key);
    clearTimeout(one.timer);
    if (refused !== undefined) return;
    if (one.bytes > MAX_APPEND_BYTES) return reply(tooLarge(), id, one.identifier);
    finish(one, id);
  });

  function finish(one: Open, id: shared.UUID | undefined): void {
    unanswered += 1;
    committing.append(one.stream, one.expected, one.proposed, (answer) => {
      unanswered -= 1;
      reply(batchReply(one.expected, one.stream, answer), id, one.identifier);
      // With requests in flight as the client half-closes, the server answers one and ends.
      if (halfClosed) call.end(OK);
    });
  }

  call.onHalfClose(() => {
    halfClosed = unanswered > 0;
  });
  call.onEnd(() => {
    for (const { timer } of open.values()) clearTimeout(timer);
  });
}

const EMPTY_CORRELATION = "correlationId (Parameter 'correlationId should be non-empty GUID.')";
const NO_EXPECTATION =
  'Status(StatusCode="InvalidArgument", Detail="\'None\' is not a valid EventStore.Client.Streams.BatchAppendReq+Types+Options+ExpectedStreamPositionOneofCase")';

/** Takes the events of a chunk that are good. @returns what is wrong with another */
function take(one: Open, request: streams.BatchAppendReq): string | undefined {
  let refused: string | undefined;
  for (const message of request.getProposedMessagesList()) {
    const event = readProposal(message);
    if ('status' in event) {
      refused ??= event.badRequest;
      continue;
    }
    one.bytes += event.data.length;
    one.proposed.push(event);
  }
  return refused;
}

function millisecondsUntil(options: streams.BatchAppendReq.Options): number | undefined {
  const deadline = options.getDeadline();
  if (!deadline) return undefined;
  return 1_000 * deadline.getSeconds() + deadline.getNanos() / 1e6 - Date.now();
}
