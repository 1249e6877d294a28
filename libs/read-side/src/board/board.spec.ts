import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openReadSide, type TestReadSide } from '../support/open-read-side.js';
import { captured, id } from '../support/sample-events.js';
import { boardContract } from './board.contract.js';
import { countByRecords } from './count-stages.js';

boardContract(async () => undefined);

describe('counting one by one', () => {
  let side: TestReadSide;
  beforeEach(async () => {
    side = await openReadSide();
  });
  afterEach(() => side.close());

  it('ends after as many records as may be looked at, and says so', async () => {
    for (let n = 1; n <= 5; n += 1) {
      const fields = { name: n % 2 === 0 ? 'Camera' : 'Khác' };
      await side.happen(`opportunity-${id(n)}`, captured('opportunity', fields));
    }
    const { log, readStore, engine } = side;
    const settings = () => Promise.reject(new Error('Not asked for.'));
    const context = { log, readStore, models: engine, settings, now: () => '' };
    const counted = async (most: number) => {
      const filter = { description: null, name: 'Camera' };
      const { byStage, complete } = await countByRecords(context, 'opportunity', filter, most);
      return [byStage.get('new')?.count, complete];
    };
    expect(await counted(3)).toEqual([1, false]);
    expect(await counted(10)).toEqual([2, true]);
  });
});
