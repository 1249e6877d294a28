import type { Faults } from './faults.js';
import { type Filter, readFilter } from './filters.js';
import type { GrpcCall } from './grpc-call.js';
import type { Log } from './log.js';
import { streams } from './messages.js';
import { readStreamName } from './proposals.js';
import { readAll } from './read-all.js';
import { confirmationMessage } from './read-messages.js';
import { type From, readStream } from './read-stream.js';
import { requiresLeader } from './requires-leader.js';
import { invalid, NOT_READY, notLeader, notSet, THROWN } from './status.js';
import { subscribeToAll } from './subscribe-to-all.js';
import { subscribeToStream } from './subscribe-to-stream.js';

const { StreamOptionCase, CountOptionCase, FilterOptionCase } = streams.ReadReq.Options;
const VALID = [
  /^\(Stream, Count, (Forwards|Backwards), NoFilter\)$/,
  /^\(Stream, Subscription, Forwards, NoFilter\)$/,
  /^\(All, Count, (Forwards|Backwards), (NoFilter|Filter)\)$/,
  /^\(All, Subscription, Forwards, (NoFilter|Filter)\)$/,
];

/** `Streams/Read`: reads and subscriptions, of a stream and of `$all`. */
export function read(call: GrpcCall, log: Log, faults: Faults): void {
  call.onMessage((message) => {
    const options = streams.ReadReq.deserializeBinary(message).getOptions();
    if (!options) return call.end(THROWN);
    const subscribes = options.hasSubscription();
    if (requiresLeader(call) && !(subscribes && options.hasAll())) {
      if (faults.leader) return call.end(notLeader(faults.leader));
      if (faults.quorum === 'lost') return call.end(NOT_READY);
    }
    if (options.getStreamOptionCase() === StreamOptionCase.STREAM_OPTION_NOT_SET) {
      return call.end(notSet('ReadReq+Types+Options+StreamOptionOneofCase'));
    }
    const combination = combinationOf(options);
    if (!VALID.some((valid) => valid.test(combination))) {
      return call.end(invalid(`The combination of ${combination} is invalid.`));
    }
    const filter = options.getFilter();
    const readable = filter && readFilter(filter);
    if (readable && 'code' in readable) return call.end(readable);
    if (options.hasStream()) ofStream(call, log, options);
    else ofAll(call, log, options, readable);
  });
}

function ofStream(call: GrpcCall, log: Log, options: streams.ReadReq.Options) {
  const asked = options.getStream() as streams.ReadReq.Options.StreamOptions;
  const stream = readStreamName(asked.getStreamIdentifier());
  const from = asked.hasRevision() ? Number(asked.getRevision()) : endOf(asked);
  if (from === undefined || typeof stream !== 'string') return call.end(THROWN);
  if (!hasIds(call, options)) return;
  const shape = shapeOf(options);
  if (options.hasSubscription()) return subscribeToStream(call, log, { stream, from, shape });
  const backwards = isBackwards(options);
  const tellEnds = (options.getControlOption()?.getCompatibility() ?? 0) >= 1;
  const count = Number(options.getCount());
  void readStream(call, log, { stream, from, backwards, count, shape, tellEnds });
}

function ofAll(
  call: GrpcCall,
  log: Log,
  options: streams.ReadReq.Options,
  filter: Filter | undefined,
) {
  const asked = options.getAll() as streams.ReadReq.Options.AllOptions;
  const position = asked.getPosition();
  const from = position ? commitOf(position) : endOf(asked);
  if (from === undefined) return call.end(THROWN);
  if (!hasIds(call, options)) return;
  const shape = shapeOf(options);
  if (options.hasSubscription()) return subscribeToAll(call, log, { from, filter, shape });
  const count = Number(options.getCount());
  void readAll(call, log, { from, filter, shape, count, backwards: isBackwards(options) });
}

/** Without the option for ids the server never answers, or no more than the confirmation. */
function hasIds(call: GrpcCall, options: streams.ReadReq.Options): boolean {
  if (options.hasUuidOption()) return true;
  if (options.hasSubscription()) call.send(confirmationMessage('without-ids'));
  return false;
}

function endOf(asked: { hasStart(): boolean; hasEnd(): boolean }): From | undefined {
  if (asked.hasStart()) return 'start';
  return asked.hasEnd() ? 'end' : undefined;
}

/** Undefined for a commit position before the prepare position: there is none. All ones means the end. */
function commitOf(position: streams.ReadReq.Options.Position): From | undefined {
  const commit = BigInt(position.getCommitPosition());
  if (commit < BigInt(position.getPreparePosition())) return undefined;
  return commit >= 2n ** 63n - 1n ? 'end' : Number(commit);
}

function shapeOf(options: streams.ReadReq.Options) {
  const structuredIds = options.getUuidOption()?.hasStructured() ?? false;
  return { structuredIds, resolveLinks: options.getResolveLinks() };
}

function isBackwards(options: streams.ReadReq.Options): boolean {
  return options.getReadDirection() === streams.ReadReq.Options.ReadDirection.BACKWARDS;
}

function combinationOf(options: streams.ReadReq.Options): string {
  const what = options.hasStream() ? 'Stream' : 'All';
  const counts = {
    [CountOptionCase.COUNT]: 'Count',
    [CountOptionCase.SUBSCRIPTION]: 'Subscription',
  };
  const filters = { [FilterOptionCase.FILTER]: 'Filter', [FilterOptionCase.NO_FILTER]: 'NoFilter' };
  const count = (counts as Record<number, string>)[options.getCountOptionCase()] ?? 'None';
  const filter = (filters as Record<number, string>)[options.getFilterOptionCase()] ?? 'None';
  return `(${what}, ${count}, ${isBackwards(options) ? 'Backwards' : 'Forwards'}, ${filter})`;
}
