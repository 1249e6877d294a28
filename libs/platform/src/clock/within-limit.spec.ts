import { withinLimit } from './within-limit.js';

const never = new Promise<string>(() => undefined);
const inTime = 60_000;

describe('Within a limit', () => {
  it('what is asked for comes as it is, a failure too', async () => {
    expect(await withinLimit(Promise.resolve('it'), inTime, () => 'late')).toBe('it');
    const failed = withinLimit(Promise.reject(new Error('broken')), inTime, () => 'late');
    await expect(failed).rejects.toThrow('broken');
  });

  it('what takes longer is given up, by what is given or thrown instead', async () => {
    expect(await withinLimit(never, 1, () => 'late')).toBe('late');
    const thrown = withinLimit(never, 1, () => {
      throw new Error('late');
    });
    await expect(thrown).rejects.toThrow('late');
  });

  it('a failure that comes too late harms nobody', async () => {
    let fail = (_: Error) => {};
    const failing = new Promise<string>((_, reject) => {
      fail = reject;
    });
    expect(await withinLimit(failing, 1, () => 'late')).toBe('late');
    fail(new Error('too late'));
    await new Promise(setImmediate);
  });
});
