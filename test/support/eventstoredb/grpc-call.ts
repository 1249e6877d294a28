import type { IncomingHttpHeaders, ServerHttp2Stream } from 'node:http2';
import { createUnframer, framed } from './framing.js';
import { type Status, THROWN, TOO_LARGE } from './status.js';

/** The least a message class offers: `serializeBinary`. */
export interface Message {
  serializeBinary(): Uint8Array;
}

/** One gRPC call as the server sees it. */
export interface GrpcCall {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** Bytes that the client takes without having read: its HTTP/2 window. */
  readonly window: number;
  readonly ended: boolean;
  onMessage(take: (bytes: Uint8Array) => void): void;
  /** The client has sent its last message. */
  onHalfClose(then: () => void): void;
  /** The call is over, however it came. */
  onEnd(then: () => void): void;
  /** @returns the bytes that it takes on the wire; `sent` is called when they have left for the client */
  send(message: Message, sent?: () => void): number;
  /** Settles when the client has room, or the call is over. */
  drained(): Promise<void>;
  end(status: Status): void;
  /** Ends without a status, as a server does that is shut down. */
  hangUp(): void;
}

const COMMON = { ':status': 200, 'content-type': 'application/grpc', server: 'Kestrel' };

export function createGrpcCall(stream: ServerHttp2Stream, headers: IncomingHttpHeaders): GrpcCall {
  let started = false;
  let status: Status | undefined;
  let over = false;
  let onMessage: ((bytes: Uint8Array) => void) | undefined;
  let onHalfClose: (() => void) | undefined;
  const early: Uint8Array[] = [];
  const onEnds: (() => void)[] = [];

  const take = (bytes: Uint8Array) => (onMessage ? onMessage(bytes) : early.push(bytes));
  const unframe = createUnframer(take, () => end(TOO_LARGE));
  stream.on('data', (chunk: Buffer) => {
    if (!over) unframe(chunk);
  });
  stream.on('end', () => {
    if (!over) onHalfClose?.();
  });
  stream.on('wantTrailers', () => stream.sendTrailers(status ? trailersOf(status) : {}));
  stream.on('error', () => {});
  stream.on('close', finish);

  function finish(): void {
    over = true;
    for (const then of onEnds.splice(0)) then();
  }

  function start(): void {
    if (started) return;
    started = true;
    stream.respond(COMMON, { waitForTrailers: true });
  }

  function end(ending: Status): void {
    if (over || stream.destroyed) return;
    status = ending;
    if (started) stream.end();
    else answerAtOnce(ending);
    finish();
  }

  function answerAtOnce(ending: Status): void {
    started = true;
    const trailers = trailersOf(ending);
    // A header cannot hold other letters; the genuine server fails over it.
    const unsendable = Object.values(trailers).some((value) => /[^\x20-\x7e]/.test(value));
    const sent = unsendable
      ? { ':status': 500, server: 'Kestrel', 'content-length': '0' }
      : { ...COMMON, 'content-length': '0', ...trailers };
    stream.respond(sent, { endStream: true });
    if (!stream.readableEnded) stream.resume();
  }

  return {
    path: headers[':path'] ?? '',
    headers,
    window: stream.session?.remoteSettings.initialWindowSize ?? 65_535,
    get ended() {
      return over;
    },
    onMessage(handle) {
      onMessage = (bytes) => {
        try {
          handle(bytes);
        } catch {
          // Bytes that are no message.
          end(THROWN);
        }
      };
      for (const bytes of early.splice(0)) onMessage(bytes);
    },
    onHalfClose(then) {
      onHalfClose = then;
    },
    onEnd(then) {
      onEnds.push(then);
    },
    send(message, sent) {
      if (over || stream.destroyed) return 0;
      start();
      const frame = framed(message.serializeBinary());
      stream.write(frame, sent && (() => sent()));
      return frame.length;
    },
    drained: () =>
      new Promise((resolve) => {
        if (over || stream.destroyed || !stream.writableNeedDrain) return resolve();
        stream.once('drain', resolve);
        onEnds.push(resolve);
      }),
    end,
    hangUp() {
      if (over || stream.destroyed) return;
      start();
      stream.end();
      finish();
    },
  };
}

function trailersOf({ code, details, trailers }: Status): Record<string, string> {
  return {
    ...trailers,
    'grpc-status': String(code),
    ...(details !== '' && {
      'grpc-message': details.replaceAll(/[^\x20-\x24\x26-\x7e]/gu, encodeURIComponent),
    }),
  };
}
