import { given, ID, OTHER_ID } from '../../test/given.js';
import { leadDecider } from '../lead/lead.js';
import type { Lifecycle } from '../record/record-state.js';
import { pairOf, skipId } from './record-pair.js';
import { type SkipCommand, skipDecider } from './skip.js';
import type { SkipEvent } from './skip-events.js';

const PAIR = { type: 'lead', ids: [ID, OTHER_ID] } as const;
const SKIPPED: SkipEvent = { type: 'DuplicateSkipped', data: PAIR };
const WITHDRAWN: SkipEvent = { type: 'DuplicateSkipWithdrawn', data: PAIR };
const lead = (id: string) => ({ type: 'lead', id }) as const;

function skip(one: Lifecycle = 'live', other: Lifecycle = 'live'): SkipCommand {
  const records = [
    { ...leadDecider.initial(ID), lifecycle: one },
    { ...leadDecider.initial(OTHER_ID), lifecycle: other },
  ];
  return { kind: 'skip', pair: PAIR, records };
}

describe('a pair that is no duplicate', () => {
  it('is skipped once', () => {
    given(skipDecider).when(skip()).decides(SKIPPED);
    given(skipDecider, [SKIPPED]).when(skip()).decides();
  });

  it('can be taken back, once, and skipped again', () => {
    given(skipDecider, [SKIPPED]).when({ kind: 'withdraw' }).decides(WITHDRAWN);
    given(skipDecider, [SKIPPED, WITHDRAWN]).when({ kind: 'withdraw' }).decides();
    given(skipDecider, [SKIPPED, WITHDRAWN]).when(skip()).decides(SKIPPED);
  });

  it('cannot be taken back before it was skipped', () => {
    given(skipDecider).when({ kind: 'withdraw' }).refused('skip_not_found');
  });

  it.each<[Lifecycle, Lifecycle, string, readonly string[]]>([
    ['absent', 'live', 'unknown_reference', ['records.0']],
    ['live', 'absent', 'unknown_reference', ['records.1']],
    ['deleted', 'live', 'record_deleted', []],
    ['live', 'merged', 'record_merged', []],
  ])('is of records that stand: %s and %s', (one, other, code, paths) => {
    given(skipDecider)
      .when(skip(one, other))
      .refused(code, ...paths);
  });

  it('is still skipped when it was and one is deleted since', () => {
    given(skipDecider, [SKIPPED]).when(skip('deleted')).decides();
  });
});

describe('a pair of records', () => {
  it('is the same whichever is named first', () => {
    expect(pairOf([lead(OTHER_ID), lead(ID)])).toEqual(pairOf([lead(ID), lead(OTHER_ID)]));
    expect(pairOf([lead(OTHER_ID.toUpperCase()), lead(ID)]).ids).toEqual([ID, OTHER_ID]);
  });

  it('has an id of its own', () => {
    expect(skipId(PAIR)).not.toBe(skipId({ ...PAIR, type: 'contact' }));
    expect(skipId(PAIR)).toBe(skipId(pairOf([lead(OTHER_ID), lead(ID)])));
  });

  it.each([
    ['same_record', lead(ID), lead(ID), 'records.1.id'],
    ['different_types', lead(ID), { type: 'contact', id: OTHER_ID } as const, 'records.1.type'],
    ['invalid_fields', lead('x'), lead(ID), 'records.0.id'],
  ] as const)('is refused as %s', (code, one, other, path) => {
    expect(() => pairOf([one, other])).toThrow(
      expect.objectContaining({ code, errors: [expect.objectContaining({ path })] }),
    );
  });
});
