import { EventStoreDBClient } from '@eventstore/db-client';
import { StoreMisconfigured } from '../errors.js';
import { tameAppends } from './tame-appends.js';

export interface BorrowedClient {
  readonly client: EventStoreDBClient;
  /** The last one to give it back disposes of it: nothing may be pending then. */
  giveBack(): Promise<void>;
}

let current:
  | { readonly url: string; readonly client: EventStoreDBClient; users: number }
  | undefined;

/**
 * The process's client. There is one, since all clients of a process share what they know of pending appends: an error of
 * one rejects those of another.
 *
 * @throws StoreMisconfigured the process uses another server
 */
export function borrowClient(url: string, hosts: string): BorrowedClient {
  if (current && current.url !== url) {
    throw new StoreMisconfigured(hosts, 'this process uses another one, and its client allows one');
  }
  current ??= { url, client: connect(url, hosts), users: 0 };
  const borrowed = current;
  borrowed.users += 1;
  return {
    client: borrowed.client,
    async giveBack() {
      borrowed.users -= 1;
      if (borrowed.users > 0) return;
      if (current === borrowed) current = undefined;
      await borrowed.client.dispose();
    },
  };
}

function connect(url: string, hosts: string): EventStoreDBClient {
  try {
    const client = EventStoreDBClient.connectionString(url);
    tameAppends(client);
    return client;
  } catch (error) {
    // What the client says of a connection string repeats parts of it; of a certificate it does not.
    const aboutFile =
      error instanceof Error && /^(Failed to load|userCertFile)/.test(error.message);
    const why = aboutFile
      ? error.message.replace(/\.$/, '')
      : 'its client does not take the string';
    throw new StoreMisconfigured(hosts, why);
  }
}
