// Calls as the recordings write them: messages in the object form of the client's classes.
import grpc from '@grpc/grpc-js';
import gossip from '@eventstore/db-client/generated/gossip_pb.js';
import features from '@eventstore/db-client/generated/serverfeatures_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import emptyPb from 'google-protobuf/google/protobuf/empty_pb.js';
import timestampPb from 'google-protobuf/google/protobuf/timestamp_pb.js';

const { ReadReq, AppendReq, BatchAppendReq, DeleteReq, TombstoneReq } = streams;
const { Empty, StreamIdentifier, UUID } = shared;
const expectations = (empty) => ({ any: empty, noStream: empty, streamExists: empty });
const named = { streamIdentifier: StreamIdentifier };

/** The classes of a message's members that are messages themselves. */
const MEMBERS = new Map([
  [UUID, { structured: UUID.Structured }],
  [ReadReq, { options: ReadReq.Options }],
  [
    ReadReq.Options,
    {
      stream: ReadReq.Options.StreamOptions,
      all: ReadReq.Options.AllOptions,
      subscription: ReadReq.Options.SubscriptionOptions,
      filter: ReadReq.Options.FilterOptions,
      noFilter: Empty,
      uuidOption: ReadReq.Options.UUIDOption,
      controlOption: ReadReq.Options.ControlOption,
    },
  ],
  [ReadReq.Options.StreamOptions, { ...named, start: Empty, end: Empty }],
  [ReadReq.Options.AllOptions, { position: ReadReq.Options.Position, start: Empty, end: Empty }],
  [
    ReadReq.Options.FilterOptions,
    {
      streamIdentifier: ReadReq.Options.FilterOptions.Expression,
      eventType: ReadReq.Options.FilterOptions.Expression,
      count: Empty,
    },
  ],
  [ReadReq.Options.UUIDOption, { string: Empty, structured: Empty }],
  [AppendReq, { options: AppendReq.Options, proposedMessage: AppendReq.ProposedMessage }],
  [AppendReq.Options, { ...named, ...expectations(Empty) }],
  [AppendReq.ProposedMessage, { id: UUID }],
  [
    BatchAppendReq,
    {
      correlationId: UUID,
      options: BatchAppendReq.Options,
      proposedMessagesList: BatchAppendReq.ProposedMessage,
    },
  ],
  [
    BatchAppendReq.Options,
    { ...named, ...expectations(emptyPb.Empty), deadline: timestampPb.Timestamp },
  ],
  [BatchAppendReq.ProposedMessage, { id: UUID }],
  ...[DeleteReq, TombstoneReq].flatMap((Request) => [
    [Request, { options: Request.Options }],
    [Request.Options, { ...named, ...expectations(Empty) }],
  ]),
]);

const BYTES = new Set(['streamName', 'data', 'customMetadata']);
const capital = (name) => name[0].toUpperCase() + name.slice(1);

/** A message of a class from its object form. */
export function build(Class, object) {
  const message = new Class();
  const members = MEMBERS.get(Class) ?? {};
  for (const [name, value] of Object.entries(object)) {
    if (name === 'metadataMap') {
      for (const pair of Object.entries(value)) message.getMetadataMap().set(...pair);
      continue;
    }
    const one = (part) => (members[name] ? build(members[name], part) : part);
    const given = Array.isArray(value) ? value.map(one) : one(value);
    message[`set${capital(name)}`](BYTES.has(name) ? bytesOf(value) : given);
  }
  return message;
}

function bytesOf(text) {
  const [, size] = /^<(\d+) bytes>$/.exec(text) ?? [];
  if (size !== undefined) return Buffer.alloc(Number(size), 'x');
  if (text.startsWith('base64:')) return Buffer.from(text.slice('base64:'.length), 'base64');
  return Buffer.from(text, 'utf8');
}

function textOf(bytes) {
  const buffer = Buffer.from(bytes);
  const text = buffer.toString('utf8');
  return Buffer.from(text, 'utf8').equals(buffer) && !/[\0-\x08]/.test(text)
    ? text
    : `base64:${buffer.toString('base64')}`;
}

/** The object form of a message. Members of a choice appear when they are set, others when they are not at their default. */
export function plain(message) {
  const object = {};
  for (const name of Object.keys(message.toObject())) {
    const cap = capital(name);
    if (message[`has${cap}`] && !message[`has${cap}`]()) continue;
    if (name.endsWith('Map')) {
      object[name] = Object.fromEntries(message[`get${cap}`]().toObject());
      continue;
    }
    const value = BYTES.has(name) ? textOf(message[`get${cap}_asU8`]()) : message[`get${cap}`]();
    if (!message[`has${cap}`] && (value === '' || value === false || value?.length === 0)) continue;
    if (name === 'details') object[name] = detailsOf(value);
    else if (Array.isArray(value))
      object[name] = value.map((one) => (one?.toObject ? plain(one) : one));
    else object[name] = value?.toObject ? plain(value) : value;
  }
  return object;
}

function detailsOf(any) {
  const name = any.getTypeUrl().split('.').at(-1);
  const Class = shared[name] ?? emptyPb.Empty;
  return { typeUrl: any.getTypeUrl(), value: plain(Class.deserializeBinary(any.getValue_asU8())) };
}

const METHODS = {
  'Streams/Read': [ReadReq, streams.ReadResp],
  'Streams/Append': [AppendReq, streams.AppendResp],
  'Streams/BatchAppend': [BatchAppendReq, streams.BatchAppendResp],
  'Streams/Delete': [DeleteReq, streams.DeleteResp],
  'Streams/Tombstone': [TombstoneReq, streams.TombstoneResp],
  'ServerFeatures/GetSupportedMethods': [Empty, features.SupportedMethods],
  'Gossip/Read': [Empty, gossip.ClusterInfo],
};
const PACKAGES = { Streams: 'streams', ServerFeatures: 'server_features', Gossip: 'gossip' };

/** Opens a call. What comes is collected as it comes. */
export function openCall(client, method, headers, deadlineMs) {
  const [Request, Response] = METHODS[method];
  const path = `/event_store.client.${PACKAGES[method.split('/')[0]]}.${method}`;
  const metadata = new grpc.Metadata();
  for (const name of ['authorization', 'requires-leader', 'connection-name']) {
    if (headers?.[name]) metadata.set(name, headers[name]);
  }
  const seen = { responses: [], status: undefined, wake: () => {} };
  const stream = client.makeBidiStreamRequest(
    path,
    (object) =>
      object === '<4 bytes ff>'
        ? Buffer.alloc(4, 0xff)
        : Buffer.from(build(Request, object).serializeBinary()),
    (bytes) => plain(Response.deserializeBinary(bytes)),
    metadata,
    deadlineMs ? { deadline: Date.now() + deadlineMs } : {},
  );
  stream.on('data', (response) => {
    seen.responses.push(response);
    seen.wake();
  });
  stream.on('error', () => {});
  stream.on('status', ({ code, details, metadata: trailers }) => {
    const own = Object.entries(trailers.getMap()).filter(([name]) => !COMMON.has(name));
    seen.status = { code, details, trailers: Object.fromEntries(own) };
    seen.wake();
  });
  return { stream, seen };
}

const COMMON = new Set(['content-type', 'content-length', 'date', 'server']);

export function openClient(port) {
  return new grpc.Client(`127.0.0.1:${port}`, grpc.credentials.createInsecure(), {
    'grpc.max_receive_message_length': 64 * 1024 * 1024,
    'grpc.max_send_message_length': 64 * 1024 * 1024,
  });
}
