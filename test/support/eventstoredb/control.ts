import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Faults } from './faults.js';
import type { StandIn } from './stand-in.js';

type Command = (body: Record<string, unknown>) => unknown;

/**
 * Lets other processes switch what goes wrong: `POST /<command>` with a JSON body where it takes one.
 * - `faults`: sets members of `Faults`; answers them all
 * - `freeze`, `thaw`, `drop`, `stop`, `kill`, `restart`, `regain-quorum`
 * - `end-subscriptions` with `{code, details}`
 * - `info`: how many events there are
 */
export async function startControl(standIn: StandIn): Promise<{ port: number; close(): void }> {
  const commands: Readonly<Record<string, Command>> = {
    faults: (body) => Object.assign(standIn.faults, body as Partial<Faults>),
    freeze: standIn.freeze,
    thaw: standIn.thaw,
    drop: standIn.dropConnections,
    stop: standIn.stop,
    kill: standIn.kill,
    restart: standIn.restart,
    'regain-quorum': standIn.regainQuorum,
    'end-subscriptions': ({ code = 14, details = 'ended' }) =>
      standIn.endSubscriptions({ code: Number(code), details: String(details) }),
    info: () => ({ events: standIn.log.events.length }),
  };
  const server: Server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const command = commands[request.url?.slice(1) ?? ''];
    try {
      const body = chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString()) : {};
      const result = await command?.(body);
      response.writeHead(command ? 200 : 404, { 'content-type': 'application/json' });
      response.end(JSON.stringify(result ?? {}));
    } catch (error) {
      response.writeHead(400).end(String(error));
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, close: () => server.close() };
}
