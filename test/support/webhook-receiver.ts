import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface ReceivedCall {
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** Answers a call, or does not. */
export type Behaviour = (response: ServerResponse, call: ReceivedCall) => void;

export interface WebhookReceiver {
  readonly url: string;
  readonly calls: readonly ReceivedCall[];
  /** From now on. */
  behave(behaviour: Behaviour): void;
  close(): Promise<void>;
}

/** Takes everything. */
export const takes: Behaviour = (response) => response.writeHead(204).end();
/** Answers with a status. */
export const answers =
  (status: number, headers: Record<string, string> = {}): Behaviour =>
  (response) =>
    response.writeHead(status, headers).end();
/** Never answers. */
export const sleeps: Behaviour = () => undefined;
/** Hangs up. */
export const hangsUp: Behaviour = (response) => response.destroy();

/** A receiver of webhooks on this machine. */
export async function startReceiver(): Promise<WebhookReceiver> {
  const calls: ReceivedCall[] = [];
  let behaviour: Behaviour = takes;
  const server = createServer((request, response) => {
    text(request).then(
      (body) => {
        const call = { headers: request.headers, body };
        calls.push(call);
        behaviour(response, call);
      },
      () => response.destroy(),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/hook`,
    calls,
    behave(next) {
      behaviour = next;
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
