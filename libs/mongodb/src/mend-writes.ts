import type { EventEmitter } from 'node:events';
import type { MongoClient } from 'mongodb';

/** The driver's connection: it emits `close` once, whatever closed it, and knows why by then. */
interface DriverConnection extends EventEmitter {
  readonly error: Error | null;
  writeCommand(command: unknown, options: unknown): Promise<void>;
}

/** Where a connected client keeps the class that its connections are of. */
interface Inside {
  readonly topology?: {
    readonly s: { readonly servers: ReadonlyMap<string, DriverServer> };
  };
}

interface DriverServer {
  readonly pool: {
    readonly options: { readonly connectionType: { readonly prototype: DriverConnection } };
  };
}

const mended = new WeakSet<DriverConnection>();

/**
 * Mends how the driver writes to a socket that has been destroyed a moment before, as its other side hung up: it waits for room in
 * it, for ever, and no time limit of its own holds for that wait. A call so caught never ends and never gives its connection
 * back; two greetings of new connections so caught leave a client without any, since it makes no more than two at a time. Once mended, a
 * connection that closes ends what is being written to it, as it ends what is being read.
 *
 * Nothing else here knows how the driver is made.
 *
 * @param client has connected. All clients of the process share what is mended
 */
export function mendWrites(client: MongoClient): void {
  const servers = (client as unknown as Inside).topology?.s.servers;
  for (const { pool } of servers?.values() ?? []) {
    const connection = pool.options.connectionType.prototype;
    if (mended.has(connection)) continue;
    mended.add(connection);
    const { writeCommand } = connection;
    connection.writeCommand = function writeWhileOpen(this: DriverConnection, command, options) {
      return whileOpen(this, writeCommand.call(this, command, options));
    };
  }
}

async function whileOpen(connection: DriverConnection, writing: Promise<void>): Promise<void> {
  let end = () => {};
  const closed = new Promise<never>((_, reject) => {
    end = () => reject(connection.error ?? new Error('the connection was closed'));
  });
  connection.once('close', end);
  try {
    await Promise.race([writing, closed]);
  } finally {
    connection.off('close', end);
  }
}
