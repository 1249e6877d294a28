import { setTimeout as pause } from 'node:timers/promises';

/** Longest that a client goes on asking for one thing. */
const PATIENCE_MS = 90_000;

/**
 * A client as the guide asks for: told 503, it comes back when it was told to and sends the same again, under the same
 * Idempotency-Key. Keeps what it was told that it should not have been.
 */
export class PatientCaller {
  /** Codes of the 503s, with how often. */
  unavailable = new Map();
  /** Answers that no caller should get, whatever is away: other 5xx, and 503 that does not say when to come back or why. */
  wrong = [];

  constructor(caller) {
    this.caller = caller;
  }

  /** @throws Error asked for so long, and still 503 */
  async send(request) {
    const deadline = performance.now() + PATIENCE_MS;
    for (;;) {
      const answer = await this.#ask(request);
      if (answer && answer.status < 500) return answer;
      if (performance.now() > deadline) {
        throw new Error(`${request.method} ${request.path} was not served for ${PATIENCE_MS} ms.`);
      }
      const seconds = Number(answer?.headers['retry-after'] ?? 1);
      await pause(seconds * 1_000 * (0.5 + Math.random()));
    }
  }

  async #ask(request) {
    const what = `${request.method} ${request.path}`;
    const at = new Date().toISOString();
    try {
      const answer = await this.caller.send(request);
      if (answer.status >= 500) this.#note({ what, at }, answer);
      return answer;
    } catch (error) {
      this.wrong.push({ what, at, error: error.message });
      return undefined;
    }
  }

  #note(asked, { status, headers, body }) {
    const asPromised =
      status === 503 &&
      /^[1-9]\d*$/.test(headers['retry-after'] ?? '') &&
      headers['content-type'] === 'application/problem+json' &&
      body.code !== undefined;
    if (!asPromised) this.wrong.push({ ...asked, status, headers, body });
    else this.unavailable.set(body.code, (this.unavailable.get(body.code) ?? 0) + 1);
  }
}
