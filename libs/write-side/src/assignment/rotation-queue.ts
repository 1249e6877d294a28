import type { Uuid } from '#crm';
import {
  answerAll,
  type KnownRotation,
  type Question,
  type RotationOptions,
} from './answer-questions.js';

/** Answers once whatever was decided is in the store. */
export type AskRotation = <Answer>(ruleId: string, question: Question<Answer>) => Promise<Answer>;

interface Job {
  readonly question: Question<unknown>;
  done(answer: unknown): void;
  failed(error: unknown): void;
}

interface Line extends KnownRotation {
  readonly waiting: Job[];
  running: boolean;
}

/** Questions that share one append at most. */
const GROUP = 200;

/**
 * Questions that come while an append of their rotation is under way wait for it, and then share the next: an arrival costs one append at
 * most, and many at once far less. The expected revision keeps turns in order over all processes.
 */
export function createRotationQueue(options: RotationOptions): AskRotation {
  const lines = new Map<string, Line>();

  async function run(ruleId: string, line: Line): Promise<void> {
    line.running = true;
    while (line.waiting.length > 0) {
      const jobs = line.waiting.splice(0, GROUP);
      try {
        const questions = jobs.map(({ question }) => question);
        const answers = await answerAll(ruleId, line, questions, options);
        for (const [index, job] of jobs.entries()) job.done(answers[index]);
      } catch (error) {
        // What was stored may not be known: the store is asked again.
        line.known = undefined;
        for (const job of jobs) job.failed(error);
      }
    }
    line.running = false;
  }

  return <Answer>(ruleId: string, question: Question<Answer>) => {
    const line = lines.get(ruleId) ?? { seen: new Set<Uuid>(), waiting: [], running: false };
    lines.set(ruleId, line);
    return new Promise<Answer>((resolve, failed) => {
      line.waiting.push({ question, done: (answer) => resolve(answer as Answer), failed });
      if (!line.running) void run(ruleId, line);
    });
  };
}
