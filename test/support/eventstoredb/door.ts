import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/**
 * What clients connect to: passes bytes on to the server behind it, so that connections can be frozen and broken off as
 * SIGSTOP and SIGKILL do, below HTTP/2, which would answer pings by itself.
 */
export interface Door {
  readonly port: number;
  /** Listens; on the port it had before, if any. */
  open(port?: number): Promise<void>;
  /** Takes no more connections. */
  shut(): void;
  /** Breaks every connection off. */
  drop(): void;
  /** Connections are taken, and nothing passes. */
  freeze(): void;
  thaw(): void;
}

interface Passage {
  readonly outside: Socket;
  readonly inside: Socket;
}

export function createDoor(behind: () => number): Door {
  const passages = new Set<Passage>();
  let listener: Server | undefined;
  let port = 0;
  let frozen = false;

  function enter(outside: Socket): void {
    const inside = connect(behind(), '127.0.0.1');
    const passage = { outside, inside };
    passages.add(passage);
    for (const [socket, other] of [
      [outside, inside],
      [inside, outside],
    ] as const) {
      socket.setNoDelay(true);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        passages.delete(passage);
        other.destroy();
      });
    }
    if (!frozen) join(passage);
  }

  return {
    get port() {
      return port;
    },
    async open(wanted = port) {
      listener = createServer(enter).listen(wanted, '127.0.0.1');
      await once(listener, 'listening');
      port = (listener.address() as AddressInfo).port;
    },
    shut() {
      listener?.close();
    },
    drop() {
      for (const { outside, inside } of passages) {
        outside.resetAndDestroy();
        inside.destroy();
      }
    },
    freeze() {
      frozen = true;
      for (const { outside, inside } of passages) {
        outside.unpipe(inside);
        inside.unpipe(outside);
      }
    },
    thaw() {
      frozen = false;
      for (const passage of passages) join(passage);
    },
  };
}

function join({ outside, inside }: Passage): void {
  outside.pipe(inside);
  inside.pipe(outside);
}
