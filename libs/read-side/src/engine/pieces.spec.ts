import { describe, expect, it } from '@jest/globals';
import { createExclusive } from './exclusive.js';
import { harmless } from './harmless-error.js';
import { createPace } from './pace.js';
import { createRecentStates } from './recent-states.js';
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

describe('the pace', () => {
  it('lets small batches gather when they follow each other closely, never a lone or a large one', () => {
    let now = 0;
    const pace = createPace(() => now);
    expect(pace(1)).toBe(0);
    now += 2;
    expect(pace(1)).toBe(5);
    now += 2;
    expect(pace(500)).toBe(0);
    now += 50;
    expect(pace(1)).toBe(0);
    now += 2;
    expect(pace(0)).toBe(0);
  });
});

describe('recent states', () => {
  it('keep what was used last, within the limit', () => {
    const recent = createRecentStates<number>(4);
    for (let n = 0; n < 100; n += 1) recent.keep(`${n}`, n);
    const kept = Array.from({ length: 100 }, (_, n) => recent.get(`${n}`)).filter(
      (value) => value !== undefined,
    );
    expect(kept.length).toBeLessThanOrEqual(4);
    expect(kept).toContain(99);
    recent.delete('99');
    expect(recent.get('99')).toBeUndefined();
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
