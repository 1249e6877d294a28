import { describeShare } from './describe-share.js';

describe('How far a copy is', () => {
  it('is told by positions, with the rate since it began and what is left', () => {
    let now = 5_000;
    const describeAt = describeShare(() => now);
    expect(describeAt({ events: 1_000, reached: 700_000, end: 7_000_000 })).toBe('1,000 (10 %)');
    now += 10_000;
    expect(describeAt({ events: 6_000, reached: 4_200_000, end: 7_000_000 })).toBe(
      '6,000 (60 %), 500/s, 8 s left',
    );
  });

  it('of an empty log is all of it', () => {
    expect(describeShare()({ events: 0, reached: -1, end: -1 })).toBe('0 (100 %)');
  });
});
