import { randomUUID } from 'node:crypto';
import {
  deliveryDecider,
  emailDeliveryId,
  type NotificationKind,
  type PlannedEmail,
  type Uuid,
} from '#crm';
import { Executor } from '#write-side';
import { mortal } from '../../../write-side/test/mortal.js';
import { asked, openWorkbench, START, type Workbench } from '../../test/workbench.js';
import { createMailSender, type MailFacts } from '../email/mail-sender.js';
import type { Mail } from '../email/mailer.port.js';
import type { DeliveryFinder } from './delivery-finder.port.js';
import { deliveryTarget } from './delivery-target.js';
import type { Outcome } from './outcome.js';

const LAN = '55555555-5555-4555-8555-555555555555';
const MAI = '66666666-6666-4666-8666-666666666666';
const BUSY: Outcome = { sent: false, error: 'smtp_451' };

describe('deliveries of e-mails', () => {
  let bench: Workbench;
  let mails: Mail[];
  let outcome: Outcome;
  let read: Set<Uuid>;
  let gone: Set<Uuid>;
  let unwanted: Set<NotificationKind>;
  const store = mortal();
  beforeEach(async () => {
    bench = await openWorkbench({ wrap: store.wrap });
    [mails, outcome, read, gone] = [[], { sent: true }, new Set(), new Set()];
    unwanted = new Set();
  });
  afterEach(() => bench.close());

  const facts: MailFacts = {
    recipient: (id) =>
      gone.has(id)
        ? undefined
        : { id, name: 'Lan', email: id === MAI ? '' : 'lan@example.vn', locale: 'en' },
    wants: (_recipientId, kind) => !unwanted.has(kind),
    readOf: async (ids) => new Set(ids.filter((id) => read.has(id))),
    namesFor: async (_recipientId, records) => records.map(() => 'Lắp camera'),
  };
  const mailer = {
    send: async (mail: Mail) => {
      mails.push(mail);
      return outcome;
    },
    close: () => undefined,
  };
  const make = () => {
    const now = () => bench.clock.now();
    return bench.makeDeliveries({ mails: createMailSender({ mailer, facts, now }) });
  };
  const plan = async (part: Partial<PlannedEmail> = {}): Promise<PlannedEmail> => {
    const notificationId = randomUUID();
    const planned: PlannedEmail = {
      ...{ channel: 'email', recipientId: LAN, notificationId, kind: 'overdue', dueAt: START },
      ...{ record: { type: 'opportunity', id: randomUUID() }, ...part },
    };
    const id = emailDeliveryId(notificationId);
    const { settings, log, clock } = bench;
    const executor = new Executor({ log, settings, now: () => clock.now() });
    await executor.execute(deliveryTarget(id), asked().envelope, (state, context) =>
      deliveryDecider.decide(state, { kind: 'plan', planned }, context),
    );
    return planned;
  };
  const statuses = async () => (await bench.deliveries()).map(({ status }) => status).sort();

  it('wait until it is known what they tell of', async () => {
    const { notificationId } = await plan();
    const known: boolean[] = [true, false];
    const finder: DeliveryFinder = {
      reached: async () => known.shift() ?? true,
      find: async () => ({
        documents: [{ id: emailDeliveryId(notificationId), channel: 'email', recipientId: LAN }],
      }),
    };
    const now = () => bench.clock.now();
    const mailSender = createMailSender({ mailer, facts, now });
    const deliveries = bench.makeDeliveries({ mails: mailSender, finder });
    await deliveries.look();
    expect(mails).toEqual([]);
    await deliveries.look();
    expect(mails).toHaveLength(1);
  });

  it('are sent when they are due, and once', async () => {
    await plan({ dueAt: '2026-03-02T03:00:00.000Z' });
    await make().look();
    expect(mails).toEqual([]);
    bench.clock.advance(3_600_000);
    await make().look();
    await make().look();
    expect(mails).toMatchObject([
      { to: { address: 'lan@example.vn' }, subject: 'Overdue: opportunity “Lắp camera”' },
    ]);
    expect(await statuses()).toEqual(['succeeded']);
  });

  it('that are due to one person at the same time go in one mail, a hundred at most', async () => {
    for (let count = 0; count < 103; count += 1) await plan();
    await plan({ recipientId: randomUUID() });
    await make().look();
    const subjects = mails.map(({ subject }) => subject).sort();
    expect(subjects).toEqual([
      '100 notices for you',
      '3 notices for you',
      'Overdue: opportunity “Lắp camera”',
    ]);
    expect(new Set(await statuses())).toEqual(new Set(['succeeded']));
  });

  it('of one person that are found page by page go in one mail all the same', async () => {
    const [first, second] = [randomUUID(), randomUUID()].sort();
    for (const recipientId of [first, second, first, second, second]) {
      await plan({ recipientId: recipientId ?? '' });
    }
    const found = (await bench.deliveries())
      .flatMap(({ id, planned }) =>
        planned?.channel === 'email'
          ? [{ id, channel: planned.channel, recipientId: planned.recipientId }]
          : [],
      )
      .sort((a, b) => (a.recipientId < b.recipientId ? -1 : 1));
    const finder: DeliveryFinder = {
      reached: async () => true,
      find: async ({ cursor = '0' }) => {
        const from = Number(cursor);
        const next = from + 3 < found.length ? { next: String(from + 3) } : {};
        return { documents: found.slice(from, from + 3), ...next };
      },
    };
    const now = () => bench.clock.now();
    const sender = createMailSender({ mailer, facts, now });
    await bench.makeDeliveries({ mails: sender, finder }).look();
    expect(mails.map(({ subject }) => subject).sort()).toEqual([
      '2 notices for you',
      '3 notices for you',
    ]);
  });

  it('are not sent when there is nothing more to tell, or nobody to tell it to', async () => {
    const { notificationId } = await plan();
    read.add(notificationId);
    const other = await plan({ recipientId: randomUUID() });
    gone.add(other.recipientId);
    await plan({ recipientId: MAI });
    await plan({ kind: 'assignment' });
    unwanted.add('assignment');
    await make().look();
    expect(mails).toEqual([]);
    const skipped = (await bench.deliveries()).map((one) => one.skipped).sort();
    expect(skipped).toEqual(['no-address', 'read', 'recipient-inactive', 'unwanted']);
  });

  it('that fail are tried again ever later, then parked, then retried by hand', async () => {
    await plan();
    outcome = BUSY;
    const waits: number[] = [];
    for (let attempt = 1; attempt <= 10; attempt++) {
      await make().look();
      const [state] = await bench.deliveries();
      if (state?.nextAt === undefined) break;
      waits.push((Date.parse(state.nextAt) - Date.parse(bench.clock.now())) / 1_000);
      bench.clock.set(state.nextAt);
    }
    expect(waits).toEqual([15, 30, 60, 120, 240, 480, 960, 1_800, 1_800]);
    expect(mails).toHaveLength(10);
    const [parked] = await bench.deliveries();
    expect(parked).toMatchObject({ status: 'parked', attempts: 10, error: 'smtp_451' });
    bench.clock.advance(86_400_000);
    await make().look();
    expect(mails).toHaveLength(10);
    await bench.deliveryCommands.retry(parked?.id ?? '', asked().envelope);
    outcome = { sent: true };
    await make().look();
    expect(await statuses()).toEqual(['succeeded']);
  });

  it('that failed together are tried again together, in one mail', async () => {
    for (let count = 0; count < 3; count += 1) await plan();
    let luck = 0;
    const chance = () => {
      luck = (luck + 0.37) % 1;
      return luck;
    };
    const now = () => bench.clock.now();
    const deliveries = bench.makeDeliveries({
      mails: createMailSender({ mailer, facts, now }),
      chance,
    });
    outcome = BUSY;
    await deliveries.look();
    const due = new Set((await bench.deliveries()).map(({ nextAt }) => nextAt));
    expect(due.size).toBe(1);
    outcome = { sent: true };
    bench.clock.set([...due][0] ?? '');
    await deliveries.look();
    expect(mails.map(({ subject }) => subject)).toEqual(Array(2).fill('3 notices for you'));
  });

  it('that cannot succeed are parked at once', async () => {
    await plan();
    outcome = { sent: false, error: 'smtp_550', permanent: true };
    await make().look();
    expect(await bench.deliveries()).toMatchObject([{ status: 'parked', attempts: 1 }]);
  });

  it('of one person do not hold up those of another', async () => {
    const broken = await plan();
    await plan({ recipientId: randomUUID() });
    const failing: MailFacts = {
      ...facts,
      namesFor: async (id, records) => {
        if (id === broken.recipientId) throw new Error('The read store is away.');
        return facts.namesFor(id, records);
      },
    };
    const now = () => bench.clock.now();
    const sender = createMailSender({ mailer, facts: failing, now });
    await bench.makeDeliveries({ mails: sender }).look();
    expect(await statuses()).toEqual(['pending', 'succeeded']);
    expect(bench.errors).toHaveLength(1);
  });

  it('that were sent but could not be noted are not sent again', async () => {
    await plan();
    const deliveries = make();
    store.dieAt(1, 'before');
    await deliveries.look();
    expect(store.mend()).toBe(true);
    expect(await statuses()).toEqual(['pending']);
    await deliveries.look();
    expect(await statuses()).toEqual(['succeeded']);
    expect(mails).toHaveLength(1);
  });
});
