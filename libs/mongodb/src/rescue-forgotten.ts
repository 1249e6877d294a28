import type { MongoClient } from 'mongodb';

/** How long (ms) a call may still take once connections were lost. What was lost with them fails at once. */
const FORGOTTEN_MS = 3_000;

/**
 * Ends calls that the driver forgets: one that writes to a socket which has been closed and destroyed a moment before waits for room in
 * it, and no time limit of the driver's holds for that wait. Such a call was under way when the driver gave its connections up.
 *
 * @returns runs work, which fails as a broken socket does when it is still under way some seconds after that
 */
export function rescueForgotten(
  client: Pick<MongoClient, 'on'>,
  forgottenMs = FORGOTTEN_MS,
): <Result>(work: () => Promise<Result>) => Promise<Result> {
  const underWay = new Set<() => void>();
  client.on('connectionPoolCleared', () => {
    for (const lost of underWay) lost();
  });
  return async (work) => {
    let timer: NodeJS.Timeout | undefined;
    let lost = () => {};
    const forgotten = new Promise<never>((_, reject) => {
      lost = () => {
        timer ??= setTimeout(() => reject(connectionLost()), forgottenMs);
      };
    });
    underWay.add(lost);
    try {
      return await Promise.race([work(), forgotten]);
    } finally {
      clearTimeout(timer);
      underWay.delete(lost);
    }
  };
}

function connectionLost(): Error {
  return Object.assign(new Error('the connection was lost'), { code: 'ECONNRESET' });
}
