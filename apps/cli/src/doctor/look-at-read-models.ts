import type { Position } from '#crm';
import { ALL_PROJECTIONS, type ReadModelStanding, readModelsStanding } from '#read-side';
import type { ReadStore } from '#read-store';
import type { Finding } from './finding.js';

/** Events behind the log from which on somebody should look. */
const LAGGING = 10_000;

export interface LogStanding {
  readonly head: Position;
  /** See `EventStore`. */
  readonly positionStep: number;
}

/** @param log undefined when it does not answer: no lag can be told then */
export async function lookAtReadModels(
  readStore: ReadStore,
  log: LogStanding | undefined,
): Promise<{
  readonly findings: readonly Finding[];
  readonly standing: readonly ReadModelStanding[];
}> {
  const standing = await readModelsStanding(readStore, ALL_PROJECTIONS);
  return { standing, findings: standing.map((model) => findingOf(model, log)) };
}

function findingOf(model: ReadModelStanding, log: LogStanding | undefined): Finding {
  const { collection, version, position, parked } = model;
  const part = `read model ${collection}`;
  if (version === undefined) return { part, status: 'note', detail: 'It was never built.' };
  const lag = log && Math.round(Math.max(0, log.head - position) / log.positionStep);
  const about = log && log.positionStep > 1 ? 'about ' : '';
  const behind = lag === undefined ? 'lag unknown' : `${about}${lag} events behind`;
  const stuck = parked > 0 ? `, ${parked} events parked` : '';
  const wrong = parked > 0 || (lag ?? 0) > LAGGING;
  return {
    part,
    status: wrong ? 'wrong' : 'ok',
    detail: `version ${version}, position ${position}, ${behind}${stuck}.`,
  };
}
