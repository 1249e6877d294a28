import { randomUUID } from 'node:crypto';
import type { Faults } from './faults.js';
import type { Expectation, Log, Outcome, Proposed } from './log.js';

/** What an append comes to, as far as its caller is told. */
export type Answer = Outcome | { readonly kind: 'timeout' } | { readonly kind: 'not-ready' };

export interface Committing {
  append(
    stream: string,
    expected: Expectation,
    proposed: readonly Proposed[],
    answer: (answer: Answer) => void,
  ): void;
  /** Stores what was left while there was no quorum. */
  regainQuorum(): void;
}

/** How long the genuine server tries to commit before it gives up. */
const COMMIT_TIMEOUT_MS = 2_000;

/**
 * Appends as a server does that takes a moment to commit: what arrives meanwhile shares the commit, and a refusal overtakes
 * it. Here is where appends go wrong.
 */
export function createCommitting(log: Log, faults: Faults, drop: () => void): Committing {
  const limbo: (() => void)[] = [];
  let committed: (() => void)[] = [];

  function afterCommit(answer: () => void): void {
    committed.push(answer);
    if (committed.length > 1) return;
    setTimeout(() => {
      const answers = committed;
      committed = [];
      for (const one of answers) one();
    }, faults.commitMs);
  }

  return {
    append(stream, expected, proposed, answer) {
      if (faults.quorum === 'lost') return answer({ kind: 'not-ready' });
      if (faults.quorum === 'losing') {
        limbo.push(() => log.append(stream, expected, proposed));
        setTimeout(answer, COMMIT_TIMEOUT_MS, { kind: 'timeout' });
        return;
      }
      if (faults.races > 0) {
        faults.races -= 1;
        log.append(stream, 'any', [somebodyElses()]);
      }
      const outcome = log.append(stream, expected, proposed);
      if (outcome.kind !== 'stored') return answer(outcome);
      if (faults.dropsAfterStoring > 0) {
        faults.dropsAfterStoring -= 1;
        return drop();
      }
      if (faults.lostAnswers > 0) {
        faults.lostAnswers -= 1;
        return;
      }
      afterCommit(() => answer(outcome));
    },
    regainQuorum() {
      faults.quorum = 'held';
      for (const store of limbo.splice(0)) store();
    },
  };
}

function somebodyElses(): Proposed {
  const [data, metadata] = [Buffer.from('{}'), Buffer.from('{}')];
  return { id: randomUUID(), type: 'Raced', json: true, data, metadata };
}
