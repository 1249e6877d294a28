import { openReadSide, type TestReadSide } from '../support/open-read-side.js';
import { captured, id } from '../support/sample-events.js';

const [AN, BINH, CHI] = [id(91), id(92), id(93)] as const;

let side: TestReadSide;
beforeEach(async () => {
  side = await openReadSide();
  const own = (n: number, ownerId: string) =>
    side.happen(
      `opportunity-${id(n)}`,
      captured('opportunity', { name: `Camera ${n}` }, { ownerId }),
    );
  for (const n of [1, 2, 3, 4]) await own(n, AN);
  await own(5, BINH);
  await side.happen(`opportunity-${id(3)}`, { type: 'OpportunityLost', data: { reason: 'Giá' } });
  await side.happen(`opportunity-${id(4)}`, { type: 'OpportunityDeleted', data: {} });
});
afterEach(() => side.close());

/** More than one condition takes. */
const MANY = Array.from({ length: 250 }, (_, n) => id(1_000 + n));

it('counts open opportunities of each owner, without some, and no further than asked', async () => {
  const count = async (except: readonly string[], upTo = 100) => {
    const asked = [
      { ownerId: AN, except },
      { ownerId: BINH, except: [] },
      { ownerId: CHI, except: [] },
    ];
    const counted = await side.queries.countOpenOpportunities(asked, upTo);
    return [AN, BINH, CHI].map((ownerId) => counted.get(ownerId));
  };
  expect(await count([])).toEqual([2, 1, 0]);
  expect(await count([...MANY, id(2)])).toEqual([1, 1, 0]);
  expect(await count([], 1)).toEqual([1, 1, 0]);
});

it('knows opportunities that came, whatever became of them', async () => {
  const known = await side.queries.knownOpportunities([id(1), id(3), id(4), ...MANY]);
  expect([...known].sort()).toEqual([id(1), id(3), id(4)]);
  expect(await side.queries.knownOpportunities([])).toEqual(new Set());
});
