import { leadDecider, NO_SETTINGS, type RecordState } from '#crm';
import { createRecentRecords } from './recent-records.js';

function lead(id: string, email: string): RecordState {
  return { ...leadDecider.initial(id), lifecycle: 'live', fields: { email } };
}
const noted = (email: string, position: number) =>
  [lead(`lead at ${position}`, email), { revision: 0, position }, NO_SETTINGS] as const;

describe('recent records', () => {
  it('are found by their keys until the read model has them', () => {
    let reached = 4;
    const recent = createRecentRecords({ reached: () => reached });
    recent.note(...noted('a@b.vn', 5));
    recent.note(...noted('A@B.vn', 6));
    recent.note(...noted('c@b.vn', 7));
    const ids = () => recent.sharing('lead', ['email:a@b.vn']).map(({ id }) => id);
    expect(ids()).toEqual(['lead at 5', 'lead at 6']);
    expect(recent.sharing('contact', ['email:a@b.vn'])).toEqual([]);
    reached = 5;
    expect(ids()).toEqual(['lead at 6']);
    reached = 7;
    expect(ids()).toEqual([]);
  });

  it('are the latest, and no more than can be kept while read models are away', () => {
    const recent = createRecentRecords({ reached: () => -1 });
    for (let n = 0; n < 10_050; n += 1) recent.note(...noted(n % 2 ? 'a@b.vn' : `${n}@b.vn`, n));
    const shared = recent.sharing('lead', ['email:a@b.vn']);
    expect(shared.at(-1)?.id).toBe('lead at 10049');
    expect(shared.length).toBeLessThan(20);
    expect(recent.sharing('lead', ['email:0@b.vn'])).toEqual([]);
    expect(recent.sharing('lead', ['email:10048@b.vn'])).toHaveLength(1);
  });

  it('know their own keys', () => {
    const recent = createRecentRecords({ reached: () => -1 });
    recent.note(...noted('A <a@b.vn>', 1));
    expect(recent.keysOf('lead', 'lead at 1')).toEqual([
      { kind: 'email', value: 'a@b.vn', strength: 'strong' },
      { kind: 'email', value: 'a@b.vn', strength: 'weak' },
    ]);
    expect(recent.keysOf('lead', 'another')).toBeUndefined();
  });
});
