import { describe, expect, it } from '@jest/globals';
import { createHealthRegistry } from '#platform';
import type { LeaseStanding } from '#read-store';
import { SHARED_TASKS } from './background-work.js';
import { registerHealth, type Watched } from './register-health.js';
import { watchTasks } from './watch-tasks.js';

const away = () => Promise.reject(new Error('s3cret'));
const frozen = () => new Promise<never>(() => undefined);

function watched(
  head: () => Promise<number>,
  checkpoints: () => Promise<Map<string, number>>,
  parked = 0,
) {
  const health = createHealthRegistry();
  const stores = { log: { head, positionStep: 1 }, readStore: { checkpoints } };
  const status = async () => {
    await checkpoints();
    return { head: await head().catch(() => undefined), models: [] };
  };
  const countParked = async () => {
    await checkpoints();
    return parked;
  };
  const told = { countParked, trouble: { latest: () => undefined } };
  registerHealth(health, { stores, models: { status }, ...told } as unknown as Watched);
  return health.report('ready');
}

describe('health', () => {
  const answers = async () => 7;
  const reads = async () => new Map<string, number>();

  it('is up while both stores answer', async () => {
    expect((await watched(answers, reads)).status).toBe('up');
  });

  it.each([
    ['refuses', away],
    ['is frozen', frozen],
  ])(
    'says that commands are refused while the event store %s, and that lists are served',
    async (_what, head) => {
      const { status, checks } = await watched(head, reads);
      expect(status).toBe('degraded');
      expect(checks['event-store']?.detail).toContain('commands are refused');
      expect(checks.projections?.detail).toContain('cannot be told');
      expect(JSON.stringify(checks)).not.toContain('s3cret');
    },
  );

  it('is degraded while deliveries are parked, and says how many', async () => {
    const { status, checks } = await watched(answers, reads, 3);
    expect(status).toBe('degraded');
    expect(checks.notifications?.detail).toContain('parked: 3');
  });

  it.each([
    ['refuses', away],
    ['is frozen', frozen],
  ])('is down while the read store %s', async (_what, checkpoints) => {
    const { status, checks } = await watched(answers, checkpoints);
    expect([status, checks['read-store']?.status]).toEqual(['down', 'down']);
    expect(checks['event-store']?.status).toBe('up');
  });
});

describe('who does what processes share', () => {
  it('is missed when it was let go, and once it has not been renewed for long', async () => {
    let clock = 0;
    let standing: LeaseStanding[] = SHARED_TASKS.map((name) => {
      return { name, holder: 'vm 1', token: 1, renewals: 1 };
    });
    const look = watchTasks({ standing: async () => standing }, SHARED_TASKS, () => clock);
    expect(await look()).toMatchObject({ status: 'up' });
    clock = 9_000;
    expect(await look()).toMatchObject({ status: 'up' });
    clock = 11_000;
    expect(await look()).toMatchObject({ status: 'degraded' });
    standing = standing.map((lease) => ({ ...lease, renewals: 2 }));
    expect(await look()).toMatchObject({ status: 'up' });
    standing = standing.map((lease) =>
      lease.name === 'projections leads' ? { ...lease, holder: undefined } : lease,
    );
    const { detail } = await look();
    expect(detail).toBe('Nobody does: projections leads. Start a worker.');
  });

  it('is missed where nobody ever began', async () => {
    const look = watchTasks({ standing: async () => [] }, SHARED_TASKS);
    expect((await look()).detail).toContain('projections leads');
    expect((await look()).detail).toContain('process conversions');
  });
});
