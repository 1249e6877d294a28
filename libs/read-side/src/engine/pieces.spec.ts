import { describe, expect, it } from '@jest/globals';
import { createExclusive } from './exclusive.js';
import { createGathering } from './gathering.js';
import { harmless } from './harmless-error.js';
import { createWaiters } from './waiters.js';

describe('waiters', () => {
  it('are no more than the limit, and all are answered in the end', async () => {
    const waiters = createWaiters(2);
    const reached = () => 0;
    const first = waiters.wait(1, 10_000, reached);
    const second = waiters.wait(1, 10_000, reached);
    expect(await waiters.wait(1, 10_000, reached)).toBe(false);
    waiters.close();
    expect(await Promise.all([first, second])).toEqual([false, false]);
  });

  it('are answered as soon as their position is reached, not before', async () => {
    const waiters = createWaiters();
    let at = 0;
    const answers: string[] = [];
    const five = waiters.wait(5, 10_000, () => at).then(() => answers.push('five'));
    const nine = waiters.wait(9, 10_000, () => at).then(() => answers.push('nine'));
    at = 5;
    waiters.notify();
    await five;
    expect(answers).toEqual(['five']);
    at = 9;
    waiters.notify();
    await nine;
    expect(answers).toEqual(['five', 'nine']);
  });
});

describe('gathering', () => {
  const never = new AbortController().signal;

  /** Whether events gathered after a batch that came so long (ms) after it was asked for. */
  async function gathers({
    after,
    events = 1,
    wanted = -1,
    reached = 10,
  }: {
    after: number;
    events?: number;
    wanted?: number;
    reached?: number;
  }): Promise<boolean> {
    let now = 0;
    const gathering = createGathering(1, () => now);
    const pace = gathering.pace();
    await pace.pause(1, 0, never);
    now += after;
    pace.arrived();
    gathering.hurry(wanted);
    let rested = true;
    const pause = pace.pause(events, reached, never).then(() => {
      rested = false;
    });
    await new Promise((resolve) => setImmediate(resolve));
    const answer = rested;
    gathering.hurry(2_000_000);
    await pause;
    return answer;
  }

  it('lets small batches gather that follow each other closely, never a lone or a large one', async () => {
    expect(await gathers({ after: 2 })).toBe(true);
    expect(await gathers({ after: 50 })).toBe(false);
    expect(await gathers({ after: 2, events: 500 })).toBe(false);
    expect(await gathers({ after: 2, events: 0 })).toBe(false);
  });

  it('holds up nobody who waits', async () => {
    expect(await gathers({ after: 2, wanted: 11 })).toBe(false);
    expect(await gathers({ after: 2, wanted: 10 })).toBe(true);
    // A position that nobody can have written at must not end all gathering.
    expect(await gathers({ after: 2, wanted: 1_000_000 })).toBe(true);
  });

  it('ends with the signal', async () => {
    const pace = createGathering(1, () => 0).pace();
    const stopping = new AbortController();
    await pace.pause(1, 0, never);
    pace.arrived();
    const pause = pace.pause(1, 1, stopping.signal);
    stopping.abort();
    await pause;
  });
});

describe('exclusive work', () => {
  it('is done one after the other, whatever fails', async () => {
    const exclusive = createExclusive();
    const done: number[] = [];
    const work = (n: number) => async () => {
      await new Promise((resolve) => setTimeout(resolve, 5 - n));
      done.push(n);
      if (n === 1) throw new Error('one');
    };
    const results = await Promise.allSettled([1, 2, 3].map((n) => exclusive(work(n))));
    expect(done).toEqual([1, 2, 3]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
  });
});

describe('errors that are kept', () => {
  it('hold no value of the event', () => {
    const data = { fields: { email: 'khuong@example.vn' }, tags: ['vip'] };
    const error = new TypeError('khuong@example.vn is vip');
    expect(harmless(error, { data })).toEqual({ name: 'TypeError', message: '… is …' });
    const parsing = new SyntaxError('Unexpected token k in khuo');
    expect(harmless(parsing, { data }).message).toBe('Unreadable text.');
    expect(harmless(new Error('x'.repeat(999)), { data }).message).toHaveLength(200);
    expect(harmless('khuong@example.vn', { data }).message).not.toContain('khuong');
  });
});
