import { setTimeout as pause } from 'node:timers/promises';
import { gossipOf, supportedMethods } from './about.js';
import { append } from './append.js';
import { batchAppend } from './batch-append.js';
import { createCommitting } from './committing.js';
import { type Credentials, createAdmission } from './credentials.js';
import { deletes } from './delete.js';
import { createDoor } from './door.js';
import { type Faults, noFaults } from './faults.js';
import type { GrpcCall } from './grpc-call.js';
import { createGrpcServer, type GrpcServer, type Methods } from './grpc-server.js';
import { Log } from './log.js';
import { read } from './read.js';
import { requiresLeader } from './requires-leader.js';
import { selfSigned } from './self-signed.js';
import { ACCESS_DENIED, notLeader, type Status } from './status.js';

export interface StandInOptions {
  /** Default: one that is free. */
  readonly port?: number;
  /** TLS, and calls must name these. An insecure server looks at no credentials. */
  readonly credentials?: Credentials;
  /** How long an orderly stop lets open calls go on. Default: the genuine server's 5 s. */
  readonly graceMs?: number;
  /** Shares the log of another node. */
  readonly log?: Log;
}

/** A server for tests that speaks as an EventStoreDB does, over a log in memory. */
export interface StandIn {
  readonly port: number;
  /** For the client, without credentials. */
  readonly url: string;
  /** The certificate that vouches for it, when it has credentials. */
  readonly certificate: string | undefined;
  readonly log: Log;
  readonly faults: Faults;
  /** As SIGSTOP: connections stay, and nothing passes. */
  freeze(): void;
  thaw(): void;
  /** Breaks off every connection; new ones are taken. */
  dropConnections(): void;
  /** Ends every open subscription. */
  endSubscriptions(status: Status): void;
  /** Stores what was appended while there was no quorum. */
  regainQuorum(): void;
  /** As SIGTERM: takes no connection, lets open calls go on for the grace, then ends them without a status. */
  stop(): Promise<void>;
  /** As SIGKILL. */
  kill(): void;
  /** Listens on the same port again, with its log. */
  restart(): Promise<void>;
}

const STREAMS = '/event_store.client.streams.Streams';
const FEATURES = '/event_store.client.server_features.ServerFeatures/GetSupportedMethods';
const GOSSIP = '/event_store.client.gossip.Gossip/Read';

export async function startStandIn(options: StandInOptions = {}): Promise<StandIn> {
  const { credentials, graceMs = 5_000, log = new Log() } = options;
  const faults = noFaults();
  const subscriptions = new Set<GrpcCall>();
  const tls = credentials && selfSigned();
  let server: GrpcServer;
  const door = createDoor(() => server.port);
  const committing = createCommitting(log, faults, door.drop);

  /** Writes of a node that follows, or has no quorum, are refused when they insist on the leader. */
  const writing = (handle: (call: GrpcCall) => void) => (call: GrpcCall) => {
    if (faults.leader && requiresLeader(call)) call.end(notLeader(faults.leader));
    else handle(call);
  };
  const handlers: Methods = {
    [`${STREAMS}/Read`]: (call) => {
      subscriptions.add(call);
      call.onEnd(() => subscriptions.delete(call));
      read(call, log, faults);
    },
    [`${STREAMS}/Append`]: writing((call) => append(call, committing)),
    [`${STREAMS}/BatchAppend`]: writing((call) => batchAppend(call, committing)),
    [`${STREAMS}/Delete`]: writing(deletes('Delete', log, faults)),
    [`${STREAMS}/Tombstone`]: writing(deletes('Tombstone', log, faults)),
    [GOSSIP]: gossipOf(() => door.port, faults),
  };
  const guarded = Object.entries(handlers).map(([path, handle]) => [
    path,
    (call: GrpcCall) =>
      credentials && call.headers.authorization === undefined
        ? call.end(ACCESS_DENIED)
        : handle(call),
  ]);
  const methods: Methods = {
    ...Object.fromEntries(guarded),
    [GOSSIP]: handlers[GOSSIP] as (call: GrpcCall) => void,
    [FEATURES]: supportedMethods([...Object.keys(handlers), FEATURES]),
  };

  async function start(): Promise<void> {
    server = createGrpcServer(methods, createAdmission(credentials), tls);
    await server.listen();
    await door.open(door.port || options.port);
  }

  /** What a server that dies on the spot does: see `StandIn.kill`. */
  function kill(): void {
    door.shut();
    door.drop();
    server.close();
    log.forgetIds();
  }

  log.onAppended((events) => {
    // The genuine server does not survive this name.
    if (events.some(({ stream }) => stream === '$$')) setTimeout(kill, 50);
  });
  await start();
  return {
    log,
    faults,
    certificate: tls?.cert,
    get port() {
      return door.port;
    },
    get url() {
      return `esdb://127.0.0.1:${door.port}?tls=${tls !== undefined}`;
    },
    freeze: door.freeze,
    thaw: door.thaw,
    dropConnections: door.drop,
    endSubscriptions(status) {
      for (const call of subscriptions) call.end(status);
    },
    regainQuorum: committing.regainQuorum,
    async stop() {
      const stopping = server;
      door.shut();
      if (stopping.goAway()) await pause(graceMs);
      stopping.hangUp();
      // Time for the last frames to leave.
      await pause(20);
      // Another may have taken its place meanwhile, as when servers are replaced one by one.
      if (server === stopping) kill();
      else stopping.close();
    },
    kill,
    restart: start,
  };
}
