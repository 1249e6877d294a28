import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { join } from 'node:path';

/** Calls the API over kept connections and answers whatever came back, refusals included. */
export class Caller {
  #agent;

  /** @param connections most open at once */
  constructor(url, token, connections) {
    this.url = url;
    this.token = token;
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  /** With the token that the first start left in the data folder. */
  static ofAdmin(url, dataFolder, connections = 64) {
    const token = readFileSync(join(dataFolder, 'admin.token'), 'utf8').trim();
    return new Caller(url, token, connections);
  }

  /** @throws Error no whole answer came: what became of the command is not known */
  send({ method, path, body, headers = {} }) {
    const text = body === undefined ? undefined : JSON.stringify(body);
    return new Promise((resolve, reject) => {
      const sent = request(
        this.url + path,
        {
          method,
          agent: this.#agent,
          timeout: 30_000,
          headers: {
            authorization: `Bearer ${this.token}`,
            ...(text === undefined
              ? {}
              : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
            ...headers,
          },
        },
        (answer) => {
          let received = '';
          answer.setEncoding('utf8').on('data', (part) => {
            received += part;
          });
          answer.once('end', () => {
            if (!answer.complete) return reject(new Error('The answer was cut off.'));
            const { statusCode: status, headers: told } = answer;
            resolve({ status, body: parsed(received), etag: told.etag, headers: told });
          });
          answer.once('error', reject);
        },
      );
      sent.once('error', reject);
      sent.once('timeout', () => sent.destroy(new Error(`${method} ${path} was not answered.`)));
      sent.end(text);
    });
  }

  /** @throws Error with the answer, unless the status is a success */
  async get(path) {
    const { status, body } = await this.send({ method: 'GET', path });
    if (status === 200) return body;
    throw new Error(`GET ${path} answered ${status}: ${JSON.stringify(body)}`);
  }

  /** All events after a position, in order. */
  async eventsAfter(position) {
    const events = [];
    for (let after = position; ; ) {
      const page = await this.get(`/v1/events?after=${after}&limit=200`);
      events.push(...page.events);
      if (page.events.length === 0) return events;
      after = page.next;
    }
  }

  /** Records of a list that meet a filter, as of a position. */
  async list(plural, filter, after) {
    const query = new URLSearchParams({
      filter: JSON.stringify(filter),
      limit: '200',
      ...(after !== undefined && { after: String(after) }),
    });
    return (await this.get(`/v1/${plural}?${query}`)).items;
  }

  close() {
    this.#agent.destroy();
  }
}

/** A command under a key of its own, to be sent as often as wanted. */
export function command(method, path, body, headers = {}) {
  return { method, path, body, headers: { 'idempotency-key': randomUUID(), ...headers } };
}

/** JSON as what it says; anything else as it is. */
function parsed(text) {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
