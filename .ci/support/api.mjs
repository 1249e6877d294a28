import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Calls the API the way a stranger with the admin's token would. */
export class Api {
  constructor(url, token) {
    this.url = url;
    this.token = token;
  }

  /** With the token that the first start left in the data folder. */
  static async ofAdmin(url, dataFolder) {
    return new Api(url, (await readFile(join(dataFolder, 'admin.token'), 'utf8')).trim());
  }

  get(path) {
    return this.call('GET', path);
  }

  post(path, body, headers = {}) {
    return this.call('POST', path, body, { 'idempotency-key': randomUUID(), ...headers });
  }

  /** @throws Error with the answer's text, unless the status is a success */
  async call(method, path, body, headers = {}) {
    const answer = await fetch(this.url + path, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(20_000),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  }
}
