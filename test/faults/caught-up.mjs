import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { command } from './caller.mjs';

const LISTS = [
  ...['leads', 'contacts', 'accounts', 'opportunities', 'activities', 'users', 'teams'],
  'notifications',
];

/**
 * Captures a lead through each api and waits until every list of each includes what was written before.
 * @returns how long (ms) it took
 */
export async function caughtUp(callers, limitMs) {
  const started = performance.now();
  const deadline = started + limitMs;
  for (const caller of callers) {
    const body = { familyName: 'Lê', givenName: 'Sau sự cố' };
    const { position } = await served(command('POST', '/v1/leads', body), 201);
    for (const list of LISTS) {
      await served({ method: 'GET', path: `/v1/${list}?after=${position}` }, 200);
    }

    async function served(request, status) {
      for (;;) {
        const answer = await caller.send(request).catch((error) => ({ error: error.message }));
        if (answer.status === status) return answer.body;
        const told = `${request.method} ${request.path}: ${JSON.stringify(answer)}`;
        assert.ok(performance.now() < deadline, `not caught up within ${limitMs} ms: ${told}`);
        await pause(200);
      }
    }
  }
  return Math.round(performance.now() - started);
}
