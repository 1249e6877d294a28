import { priorityRank } from './priority-rank.js';

describe('How high a priority is', () => {
  it.each([
    ['Low', 0],
    ['Thấp', 0],
    ['THAP', 0],
    ['Bình  thường', 1],
    ['trung bình'.normalize('NFD'), 1],
    ['Medium', 1],
    ['Cao', 2],
    ['HIGH', 2],
    ['Rất cao', 3],
    ['Khẩn cấp', 3],
    ['urgent', 3],
    ['Hạng A', undefined],
    ['', undefined],
    [5, undefined],
    [undefined, undefined],
  ])('%s: %s', (word, rank) => {
    expect(priorityRank(word)).toBe(rank);
  });
});
