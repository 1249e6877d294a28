import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type OpportunityState, type OverduePolicyApplied, type Uuid } from '#crm';
import { captured, envelope, openWorkshop, type Workshop } from '../../test/workshop.js';
import { activityTarget } from '../activities/activity-commands.handler.js';
import { createOverduePolicies, type OpenFinder } from '../index.js';
import { recordTarget } from '../records/record-target.js';

const AN = 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa';
const MINUTE = 60_000;

let workshop: Workshop;
let opportunities: Uuid[];
let activities: Uuid[];
/** Called before each page. */
let paging: () => void;

beforeEach(async () => {
  workshop = await openWorkshop();
  [opportunities, activities] = [[], []];
  paging = () => undefined;
});
afterEach(() => workshop.close());

const finder: OpenFinder = {
  async findOpen({ type, cursor }) {
    paging();
    const ids = type === 'activity' ? activities : opportunities;
    const at = Number(cursor ?? 0);
    const documents = ids.slice(at, at + 2).map((id) => ({ id }));
    return { documents, ...(at + 2 < ids.length && { next: String(at + 2) }) };
  },
  reached: async () => true,
};

function policies() {
  const { log, executor, settings } = workshop;
  const failed = (error: unknown) => {
    throw error;
  };
  return createOverduePolicies({ log, executor, settings, finder, failed });
}

async function setPolicy(allowedMinutes: number, applyToOpen: boolean): Promise<void> {
  const activities = { remind: true, graceMinutes: allowedMinutes };
  const policy = { entries: [{ id: 'any', allowedMinutes }], activities };
  const command = { kind: 'set-overdue-policy', policy, applyToOpen } as const;
  await workshop.settingsCommands.handle(command, envelope());
}

async function capture(): Promise<Uuid> {
  const id = await captured(workshop, 'opportunity', { name: 'Camera' }, { ownerId: AN });
  opportunities.push(id);
  return id;
}

/** Minutes that each opportunity has from when it was captured. */
async function allowed(): Promise<readonly (number | undefined)[]> {
  const states = await Promise.all(
    opportunities.map(async (id) => {
      const { state } = await workshop.executor.load(recordTarget('opportunity', id));
      return state as OpportunityState;
    }),
  );
  return states.map(
    ({ deadline }) =>
      deadline && (Date.parse(deadline.dueAt) - Date.parse(deadline.startedAt)) / MINUTE,
  );
}

async function applied(): Promise<readonly OverduePolicyApplied['data'][]> {
  const events = await workshop.log.readAll({ limit: 100, prefixes: ['policy-'] });
  return events.map(({ data }) => data as OverduePolicyApplied['data']);
}

describe('a changed policy', () => {
  it('is applied to what is open where that was chosen, once', async () => {
    await setPolicy(60, false);
    for (let count = 0; count < 5; count += 1) await capture();
    const process = policies();
    await setPolicy(30, false);
    await process.look();
    expect(await allowed()).toEqual([60, 60, 60, 60, 60]);
    await setPolicy(20, true);
    await process.look();
    await process.look();
    expect(await allowed()).toEqual([20, 20, 20, 20, 20]);
    // The next process finds it done.
    await policies().look();
    expect(await applied()).toEqual([expect.objectContaining({ opportunities: 5, activities: 0 })]);
  });

  it('reaches activities, and what had no deadline', async () => {
    await capture();
    const dueAt = new Date(Date.now() + 60 * MINUTE).toISOString();
    const links = [{ type: 'opportunity', id: opportunities[0] ?? '' }] as const;
    const call = { kind: 'call', subject: 'Gọi lại', dueAt, assigneeId: AN, links } as const;
    const { id } = await workshop.activities.plan(call, envelope());
    activities.push(id);
    await setPolicy(15, true);
    await policies().look();
    expect(await allowed()).toEqual([15]);
    const { state } = await workshop.executor.load(activityTarget(id));
    expect(Date.parse(state.deadline?.dueAt ?? '') - Date.parse(dueAt)).toBe(15 * MINUTE);
    expect(await applied()).toEqual([expect.objectContaining({ opportunities: 1, activities: 1 })]);
  });

  it('is gone on with by the next process after one was cut off', async () => {
    await setPolicy(60, false);
    for (let count = 0; count < 5; count += 1) await capture();
    await setPolicy(20, true);
    let pages = 0;
    paging = () => {
      pages += 1;
      if (pages === 2) throw new Error('cut off');
    };
    await expect(policies().look()).rejects.toThrow('cut off');
    expect([await allowed(), await applied()]).toEqual([[20, 20, 60, 60, 60], []]);
    await policies().look();
    expect(await allowed()).toEqual([20, 20, 20, 20, 20]);
    expect(await applied()).toEqual([expect.objectContaining({ opportunities: 5 })]);
    const all = await workshop.log.readAll({ limit: 100, prefixes: ['opportunity-'] });
    expect(all.filter(({ type }) => type === 'OpportunityDeadlineSet')).toHaveLength(10);
  });

  it('gives way to a later one', async () => {
    await capture();
    await setPolicy(20, true);
    await setPolicy(40, true);
    await policies().look();
    expect(await allowed()).toEqual([40]);
    expect(await applied()).toHaveLength(1);
  });
});
