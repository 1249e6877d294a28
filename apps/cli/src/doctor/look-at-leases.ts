import { setTimeout as pause } from 'node:timers/promises';
import type { Leases } from '#read-store';
import type { Finding } from './finding.js';

/** Whoever lives renews within this (ms). */
const WATCH_MS = 3_000;

/** Looks twice, since what is stored does not tell whether its holder lives. */
export async function lookAtLeases(
  leases: Pick<Leases, 'standing'>,
  watchMs = WATCH_MS,
): Promise<readonly Finding[]> {
  const before = await leases.standing();
  if (before.every(({ holder }) => holder === undefined)) {
    return [{ part: 'leases', status: 'note', detail: 'Nobody holds any: no process is at work.' }];
  }
  await pause(watchMs);
  const earlier = new Map(before.map((lease) => [lease.name, lease]));
  return (await leases.standing()).flatMap(({ name, holder, token, renewals }): Finding[] => {
    if (holder === undefined) return [];
    const seen = earlier.get(name);
    const lives = seen?.token !== token || seen.renewals !== renewals;
    const part = `lease ${name}`;
    if (lives) return [{ part, status: 'ok', detail: `held by ${holder}.` }];
    const detail = `not renewed by ${holder}: its process is gone, and nobody has taken it over yet.`;
    return [{ part, status: 'wrong', detail }];
  });
}
