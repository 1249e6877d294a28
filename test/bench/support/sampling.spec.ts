import { asTable, meets, type Row } from './row.js';
import { inTurn, median } from './sampling.js';

describe('Measuring', () => {
  it('takes the middle of what was measured', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(() => median([])).toThrow(RangeError);
  });

  it('measures two things in turn and leaves out the pair that warms up', async () => {
    const order: string[] = [];
    const times = [100, 1, 2, 3];
    const one = async () => {
      order.push('A');
      return times[order.filter((each) => each === 'A').length - 1] ?? 0;
    };
    const other = async () => {
      order.push('B');
      return 10;
    };
    expect(await inTurn(3, one, other)).toEqual({ first: 2, second: 10, samples: 3 });
    expect(order.join('')).toBe('ABABABAB');
  });
});

describe('A row', () => {
  const row = (ratio: number, bar: Row['bar']): Row => ({
    name: 'start',
    what: 'with events',
    measured: '2 ms',
    limit: '1 ms',
    ratio,
    bar,
    samples: 3,
  });

  it('meets a bar from the side that the bar is on', () => {
    expect(meets(row(0.5, { least: 0.5 }))).toBe(true);
    expect(meets(row(0.49, { least: 0.5 }))).toBe(false);
    expect(meets(row(1.5, { most: 1.5 }))).toBe(true);
    expect(meets(row(1.51, { most: 1.5 }))).toBe(false);
  });

  it('says in the table whether it does', () => {
    const table = asTable([row(0.2, { least: 0.5 }), row(1.1, { most: 1.2 })]);
    const [head, ...lines] = table.split('\n');
    expect(head).toMatch(/^row +what +measured +limit +ratio +bar +samples$/);
    expect(lines[0]).toMatch(/0\.20 +>= 0\.5 +MISSES +3$/);
    expect(lines[1]).toMatch(/1\.10 +<= 1\.2 +ok +3$/);
  });
});
