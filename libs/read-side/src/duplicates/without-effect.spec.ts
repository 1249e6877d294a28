import { describe, expect, it } from '@jest/globals';
import { NO_SETTINGS, RECORD_TYPES, type Recorded, type RecordType, recordName } from '#crm';
import { eventFixtures } from '../../../crm/test/fixtures.js';
import { TEST_ACTOR } from '../support/open-stores.js';
import { captured, id } from '../support/sample-events.js';
import { closeBearer, evolveBearer, openBearer } from './bearer-fold.js';
import { duplicateProjection } from './duplicate-projection.js';

const AT = '2026-03-01T09:00:00.000Z';

function recorded(
  type: RecordType,
  event: { readonly type: string; readonly data: object },
  position: number,
) {
  const metadata = { actor: TEST_ACTOR, occurredAt: AT, recordedAt: AT };
  const stream = `${type}-${id(1)}`;
  return { ...event, stream, position, revision: position, metadata } as unknown as Recorded;
}

/** Every event of records that the index passes over. */
const PASSED_OVER = eventFixtures().flatMap(({ type: name, data }) => {
  const type = RECORD_TYPES.find((one) => name.startsWith(recordName(one)));
  const event = type && recorded(type, { type: name, data }, 2);
  return event && duplicateProjection.keys(event).length === 0 ? [{ name, type, event }] : [];
});

describe('an event that the index of duplicates passes over', () => {
  it('is one of some', () => {
    expect(PASSED_OVER.length).toBeGreaterThan(30);
  });

  it.each(PASSED_OVER)('changes nothing that it knows: $name', ({ type, event }) => {
    const fields = { familyName: 'Nguyễn', givenName: 'An', name: 'An', email: 'an@example.vn' };
    const first = recorded(type, captured(type, fields), 1);
    const before = evolveBearer(openBearer(`${type}:${id(1)}`, undefined), first, NO_SETTINGS);
    const after = evolveBearer(before, event, NO_SETTINGS);
    expect(closeBearer(after, event)).toEqual({ ...closeBearer(before, first), position: 2 });
  });
});
