import { once } from 'node:events';
import {
  createSecureServer,
  createServer,
  type Http2Server,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import type { AddressInfo } from 'node:net';
import { createGrpcCall, type GrpcCall } from './grpc-call.js';

export interface GrpcServer {
  readonly port: number;
  listen(): Promise<void>;
  /** Says to every client that it goes away, and lets open calls go on. @returns whether there was a client */
  goAway(): boolean;
  /** Ends open calls without a status. */
  hangUp(): void;
  close(): void;
  readonly calls: ReadonlySet<GrpcCall>;
}

export type Methods = Readonly<Record<string, (call: GrpcCall) => void>>;

/** As the genuine server announces them. */
const SETTINGS = {
  headerTableSize: 4_096,
  initialWindowSize: 786_432,
  maxFrameSize: 16_384,
  maxConcurrentStreams: 100,
  maxHeaderListSize: 32_768,
};

// Node holds back otherwise, with 10 MB of what a slow client has not taken.
const LIMITS = { maxSessionMemory: 1_000 };

/**
 * gRPC over Node's own HTTP/2 rather than over the server of a gRPC library: that one cannot end a call without a status, nor
 * say how much its client takes.
 *
 * @param admit answers an HTTP status for a call that is not let in
 */
export function createGrpcServer(
  methods: Methods,
  admit: (headers: IncomingHttpHeaders) => number | undefined,
  tls?: { readonly key: string; readonly cert: string },
): GrpcServer {
  const server: Http2Server = tls
    ? createSecureServer({ ...tls, ...LIMITS, settings: SETTINGS })
    : createServer({ ...LIMITS, settings: SETTINGS });
  const sessions = new Set<ServerHttp2Session>();
  const calls = new Set<GrpcCall>();
  server.on('session', (session) => {
    sessions.add(session);
    session.on('error', () => {});
    session.on('close', () => sessions.delete(session));
  });
  server.on('sessionError', () => {});
  server.on('stream', (stream, headers) => {
    const refused = refusal(headers, methods, admit);
    if (refused) return answer(stream, refused);
    const call = createGrpcCall(stream, headers);
    calls.add(call);
    call.onEnd(() => calls.delete(call));
    const method = methods[call.path];
    if (method) method(call);
    else call.end({ code: 12, details: 'Method is unimplemented.' });
  });

  return {
    calls,
    get port() {
      return (server.address() as AddressInfo).port;
    },
    async listen() {
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
    },
    goAway() {
      for (const session of sessions) session.close();
      return sessions.size > 0;
    },
    hangUp() {
      for (const call of calls) call.hangUp();
    },
    close() {
      for (const session of sessions) session.destroy();
      server.close();
    },
  };
}

type Refusal = Readonly<Record<string, string | number>>;

function refusal(
  headers: IncomingHttpHeaders,
  methods: Methods,
  admit: (headers: IncomingHttpHeaders) => number | undefined,
): Refusal | undefined {
  const type = headers['content-type'] ?? '';
  if (!type.startsWith('application/grpc')) {
    const message = `Content-Type '${type}' is not supported.`;
    return { ':status': 415, 'grpc-status': '13', 'grpc-message': message };
  }
  const service = `${headers[':path']?.split('/')[1]}/`;
  const known = Object.keys(methods).some((path) => path.startsWith(`/${service}`));
  if (!known) return { ':status': 404, 'content-type': 'application/grpc' };
  const status = admit(headers);
  return status === undefined ? undefined : { ':status': status };
}

function answer(stream: ServerHttp2Stream, headers: Refusal): void {
  stream.on('error', () => {});
  stream.respond({ ...headers, server: 'Kestrel', 'content-length': '0' }, { endStream: true });
  stream.resume();
}
