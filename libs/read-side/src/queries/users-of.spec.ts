import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openReadSide, type TestReadSide } from '../support/open-read-side.js';
import { captured, converted, id } from '../support/sample-events.js';

let side: TestReadSide;
beforeEach(async () => {
  side = await openReadSide();
});
afterEach(() => side.close());

describe('What may make use of a record', () => {
  it('is found: what points at it, activities about it, conversions that had to do with it; not what is deleted', async () => {
    const pointing = { name: 'Camera', contactId: id(2), accountId: id(3) };
    await side.append(`opportunity-${id(4)}`, captured('opportunity', pointing));
    await side.append(`opportunity-${id(5)}`, captured('opportunity', pointing), {
      ...{ type: 'OpportunityDeleted', data: {} },
    });
    await side.append(`contact-${id(6)}`, captured('contact', { accountId: id(3) }));
    const links = [{ type: 'contact', id: id(2) }];
    const activity = { kind: 'task', subject: 'Gọi lại', links };
    await side.append(`activity-${id(7)}`, { type: 'ActivityPlanned', data: activity });
    await side.append(
      `activity-${id(8)}`,
      { type: 'ActivityPlanned', data: activity },
      {
        ...{ type: 'ActivityDeleted', data: {} },
      },
    );
    await side.happen(`lead-${id(1)}`, captured('lead', {}), converted(id(9), id(2), id(4)));
    expect(await side.queries.findUsers({ type: 'contact', id: id(2) })).toEqual({
      records: [{ type: 'opportunity', id: id(4) }],
      activities: [id(7)],
      conversions: [{ leadId: id(1), conversionId: id(9) }],
    });
    expect(await side.queries.findUsers({ type: 'account', id: id(3) })).toEqual({
      records: expect.arrayContaining([
        { type: 'opportunity', id: id(4) },
        { type: 'contact', id: id(6) },
      ]),
      ...{ activities: [], conversions: [] },
    });
  });
});
