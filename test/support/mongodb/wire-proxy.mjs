import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { commandIn, frames, replyTo } from './wire-protocol.mjs';

/** What a server of MongoDB's announces. */
export const HELLO = {
  ok: 1,
  ismaster: true,
  isWritablePrimary: true,
  minWireVersion: 0,
  maxWireVersion: 17,
};

/**
 * Stands between a client and a MongoDB, sees every command and may answer for it; without a target it answers alone, and hangs up on
 * what it has no answer to.
 *
 * @param {import('./wire-proxy.mjs').WireProxyOptions} options
 * @returns {Promise<import('./wire-proxy.mjs').WireProxy>}
 */
export async function startWireProxy({ target, onCommand = () => undefined }) {
  const sockets = new Set();
  const commands = [];
  const proxy = { commands, onCommand };
  const server = createServer((client) => {
    hold(client);
    const upstream = target && connect(Number(target.port), target.hostname);
    if (upstream) hold(upstream);
    let losing = false;
    client.on('data', frames(receive));
    upstream?.on('data', (data) => {
      if (losing) client.destroy();
      else client.write(data);
    });
    client.once('close', () => upstream?.destroy());
    upstream?.once('close', () => client.destroy());

    function receive(frame) {
      const command = commandIn(frame);
      if (!isHeartbeat(command)) commands.push(Object.keys(command)[0]);
      const answer = proxy.onCommand(command);
      if (answer === 'hang up') client.destroy();
      else if (answer !== undefined && answer !== 'lose the reply')
        client.write(replyTo(frame, answer));
      else if (upstream) {
        losing ||= answer === 'lose the reply';
        upstream.write(frame);
      } else client.destroy();
    }
  });

  function hold(socket) {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  return Object.assign(proxy, {
    url: `mongodb://127.0.0.1:${port}/`,
    port,
    async stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  });
}

function isHeartbeat(command) {
  return ['hello', 'ismaster', 'isMaster', 'ping', 'endSessions'].some((name) => name in command);
}
