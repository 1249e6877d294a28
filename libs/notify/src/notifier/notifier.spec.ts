import { randomUUID } from 'node:crypto';
import { DEFAULT_PREFERENCES } from '#crm';
import { until } from '../../../../test/support/until.js';
import { mortal } from '../../../write-side/test/mortal.js';
import { captured, envelope } from '../../../write-side/test/workshop.js';
import { openWorkbench, START, type Workbench } from '../../test/workbench.js';

const LAN = '55555555-5555-4555-8555-555555555555';
const MAI = '66666666-6666-4666-8666-666666666666';
const MOMENTS = ['before', 'after'] as const;

describe('the notifier', () => {
  let bench: Workbench;
  const store = mortal();
  beforeEach(async () => {
    bench = await openWorkbench({ wrap: store.wrap });
    const rule = {
      kind: 'add-recipient-rule',
      ruleId: 'all',
      name: 'Tất cả',
      to: [
        { kind: 'user', userId: LAN },
        { kind: 'user', userId: MAI },
      ],
    } as const;
    await bench.settingsCommands.handle(rule, envelope());
  });
  afterEach(() => bench.close());

  /** An opportunity for somebody: two are told of it, and the owner. Handing it over tells the next owner. */
  const owner = randomUUID();
  const arrive = async () => {
    const id = await captured(bench, 'opportunity', { name: 'Lắp camera' }, { ownerId: owner });
    await bench.records.handle('opportunity', id, { kind: 'assign', ownerId: LAN }, envelope());
    return id;
  };
  const NOTICES_OF_ONE = 4;
  const told = async () =>
    (await bench.notices()).map(({ data }) => [data.record.id, data.kind, data.recipientId]).sort();
  const expected = (ids: readonly string[]) =>
    ids
      .flatMap((id) => [
        [id, 'new-opportunity', LAN],
        [id, 'new-opportunity', MAI],
        [id, 'assignment', owner],
        [id, 'assignment', LAN],
      ])
      .sort();
  const settled = (notices: number) =>
    until(async () => ((await bench.deliveries()).length >= notices ? true : undefined));

  it('begins at the end of an old log, and goes on from there', async () => {
    await arrive();
    const notifier = bench.makeNotifier();
    await notifier.establish();
    const id = await arrive();
    notifier.start();
    await settled(NOTICES_OF_ONE);
    await notifier.stop();
    expect(await told()).toEqual(expected([id]));
  });

  it('goes on where it was, and says nothing a second time', async () => {
    await bench.makeNotifier().establish();
    const first = await arrive();
    const notifier = bench.makeNotifier();
    notifier.start();
    await settled(NOTICES_OF_ONE);
    await notifier.stop();
    const places = (await bench.all()).filter(({ type }) => type === 'ProcessReached');
    expect(places).toHaveLength(2);
    const second = await arrive();
    const again = bench.makeNotifier();
    again.start();
    await settled(2 * NOTICES_OF_ONE);
    await again.stop();
    expect(await told()).toEqual(expected([first, second]));
  });

  it('loses and doubles nothing when two do it at once', async () => {
    await bench.makeNotifier().establish();
    const ids = [await arrive(), await arrive(), await arrive()];
    const both = [bench.makeNotifier(), bench.makeNotifier()];
    for (const notifier of both) notifier.start();
    await settled(ids.length * NOTICES_OF_ONE);
    await Promise.all(both.map((notifier) => notifier.stop()));
    expect(await told()).toEqual(expected(ids));
    expect(await bench.deliveries()).toHaveLength(ids.length * NOTICES_OF_ONE);
  });

  it.each(MOMENTS)(
    'that dies %s any append loses and doubles nothing once another goes on',
    async (moment) => {
      await bench.makeNotifier().establish();
      const ids: string[] = [];
      let deaths = 0;
      for (let append = 1; ; append++) {
        ids.push(await arrive());
        store.dieAt(append, moment);
        const dying = bench.makeNotifier();
        dying.start();
        const owed = ids.length * NOTICES_OF_ONE;
        await until(async () => {
          const done = (await bench.deliveries()).length === owed;
          return done || bench.errors.length > 0 ? true : undefined;
        });
        await dying.stop();
        const died = store.mend();
        bench.errors.length = 0;
        const next = bench.makeNotifier();
        next.start();
        await settled(owed);
        await next.stop();
        expect(await told()).toEqual(expected(ids));
        expect(await bench.deliveries()).toHaveLength(owed);
        if (!died) break;
        deaths += 1;
      }
      // Four notices, four e-mails, and the place where it is.
      expect(deaths).toBe(2 * NOTICES_OF_ONE + 1);
    },
    120_000,
  );

  it('tells nobody of the past, which an import may bring', async () => {
    await bench.makeNotifier().establish();
    const past = envelope({ occurredAt: '2016-10-20T00:00:00.000Z' });
    const fields = { name: 'Lắp camera' };
    const capture = { kind: 'capture', fields, custom: {}, tags: [], ownerId: owner } as const;
    await bench.records.capture('opportunity', capture, past);
    const news = await arrive();
    const notifier = bench.makeNotifier();
    notifier.start();
    await settled(NOTICES_OF_ONE);
    await notifier.stop();
    expect(await told()).toEqual(expected([news]));
  });

  it('tells nobody who may not come in any more, as people are when it tells', async () => {
    await bench.makeNotifier().establish();
    const id = await arrive();
    const { gone, people } = bench;
    const refresh = async () => {
      for (const one of [LAN, owner]) gone.add(one);
    };
    const notifier = bench.makeNotifier({ people: { ...people, refresh } });
    notifier.start();
    await settled(1);
    await notifier.stop();
    expect(await told()).toEqual([[id, 'new-opportunity', MAI]]);
  });

  it('plans e-mails as each wants them, and none where none can be sent', async () => {
    const kinds = {
      'new-opportunity': { inbox: true, email: 'digest' },
      assignment: { inbox: true, email: 'off' },
    } as const;
    bench.preferences.set(LAN, { ...DEFAULT_PREFERENCES, kinds });
    await bench.makeNotifier().establish();
    await arrive();
    const silent = bench.makeNotifier({ emails: false });
    silent.start();
    await until(async () => ((await told()).length === NOTICES_OF_ONE ? true : undefined));
    await silent.stop();
    expect(await bench.deliveries()).toEqual([]);
    const second = await arrive();
    const notifier = bench.makeNotifier();
    notifier.start();
    await until(async () =>
      (await bench.deliveries()).filter(({ planned }) => isOf(planned, second)).length === 3
        ? true
        : undefined,
    );
    await notifier.stop();
    const planned = (await bench.deliveries())
      .flatMap(({ planned }) => (isOf(planned, second) ? [planned] : []))
      .map((one) => (one?.channel === 'email' ? [one.recipientId, one.kind, one.dueAt] : []));
    expect(planned.sort()).toEqual(
      [
        // 8:00 in Ho Chi Minh City is over for today.
        [LAN, 'new-opportunity', '2026-03-03T01:00:00.000Z'],
        [MAI, 'new-opportunity', START],
        [owner, 'assignment', START],
      ].sort(),
    );
  });
});

function isOf(planned: { readonly channel: string } | undefined, id: string): boolean {
  return planned !== undefined && 'record' in planned && JSON.stringify(planned).includes(id);
}
