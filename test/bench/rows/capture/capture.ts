import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';
import { freePort } from '../../support/free-port.js';
import { type Server, startProduct, startServer } from '../../support/processes.js';
import type { Row } from '../../support/row.js';
import { count, inTurn, median } from '../../support/sampling.js';

const CONNECTIONS = 64;
const PAIRS = 3;
const SECONDS = 4;
/** Requests before anything is measured: what serves them is compiled by then. */
const WARM_UP = 10_000;

/** Captures over HTTP, each answered when it is on disk, against the framework answering as much with nothing behind it. */
export async function measureCapture(): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-capture-'));
  const servers: Server[] = [];
  try {
    const product = await startProduct(folder, await freePort());
    servers.push(product);
    const token = readFileSync(join(folder, 'admin.token'), 'utf8').trim();
    const answer = await captureOne(product.url, token);
    const bare = await startBare(answer);
    servers.push(bare);
    for (const server of servers) await load(server, token, { amount: WARM_UP });
    const cpu = { product: [] as number[], bare: [] as number[] };
    const { first, second, samples } = await inTurn(
      PAIRS,
      () => requestsPerSecond(product, token, cpu.product),
      () => requestsPerSecond(bare, token, cpu.bare),
    );
    return [
      {
        name: 'capture',
        what: 'a lead over HTTP, durable, 64 connections',
        measured: `${count(first)} /s, ${count(median(cpu.product))} µs of CPU each`,
        limit: `${count(second)} /s, ${count(median(cpu.bare))} µs`,
        ratio: first / second,
        bar: { least: 0.4 },
        samples,
      },
    ];
  } finally {
    for (const server of servers) await server.stop();
    rmSync(folder, { recursive: true });
  }
}

async function startBare(answer: string): Promise<Server> {
  const port = await freePort();
  return startServer(fileURLToPath(new URL('bare-server.js', import.meta.url)), {
    port,
    path: '/ready',
    env: { BARE_PORT: String(port), BARE_ANSWER: answer },
  });
}

async function captureOne(url: string, token: string): Promise<string> {
  const answer = await fetch(`${url}/v1/leads`, {
    method: 'POST',
    headers: headers(token),
    body: nextBody(),
  });
  const text = await answer.text();
  if (answer.status !== 201) throw new Error(`A capture was answered ${answer.status}: ${text}`);
  return text;
}

function headers(token: string): Record<string, string> {
  return { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
}

async function requestsPerSecond(
  server: Server,
  token: string,
  microseconds: number[],
): Promise<number> {
  const before = server.cpuMs();
  const { answered, seconds } = await load(server, token, { duration: SECONDS });
  microseconds.push((1_000 * (server.cpuMs() - before)) / answered);
  return answered / seconds;
}

/** @throws Error not every request was answered as it should be */
async function load(
  { url }: Server,
  token: string,
  until: { readonly amount: number } | { readonly duration: number },
): Promise<{ readonly answered: number; readonly seconds: number }> {
  const result = await autocannon({
    url: `${url}/v1/leads`,
    method: 'POST',
    connections: CONNECTIONS,
    ...until,
    headers: headers(token),
    setupClient: (client) => {
      client.setBody(nextBody());
      client.on('response', () => client.setBody(nextBody()));
    },
  });
  const { errors, timeouts, non2xx } = result;
  if (errors + timeouts + non2xx > 0) {
    throw new Error(`${errors} errors, ${timeouts} timeouts, ${non2xx} refusals from ${url}.`);
  }
  return { answered: result['2xx'], seconds: result.duration };
}

let captured = 0;

/** Every lead is another person, as in life; all bodies are as long. */
function nextBody(): string {
  captured += 1;
  const number = String(captured).padStart(9, '0');
  return JSON.stringify({
    familyName: 'Nguyễn Gia',
    givenName: 'Khương',
    email: `khach.hang.${number}@example.vn`,
    phones: [`09${number.slice(1)}`],
    organisation: `Công ty TNHH Minh Phát ${number}`,
    source: 'website',
    need: 'Camera cho 12 phòng, lắp trong tháng 5',
  });
}
