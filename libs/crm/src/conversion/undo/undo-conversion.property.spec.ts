import fc from 'fast-check';
import { all, begin, convert, history, step, take } from '../../../test/histories.js';
import { sameValue } from '../../record/field.js';
import type { RecordState } from '../../record/record-state.js';

/** Everything about a record that people see, but for who touched it last. */
function visible(state: RecordState) {
  const { updatedAt: _at, updatedBy: _by, withdrawnBy: _undo, ...rest } = state;
  return { ...rest, tags: [...rest.tags].sort() };
}

describe('Undoing a conversion after any history', () => {
  it('restores every field, tag and link of every record and leaves none live that it created, where nothing changed since', () => {
    let [updates, creations] = [0, 0];
    fc.assert(
      fc.property(history, ({ leads, others, steps, last }) => {
        const world = begin({ leads, others });
        for (const one of steps) take(world, one);
        const before = new Map(all(world).map((id) => [id, world.state(id)]));
        const made = convert(world, last);
        if (!made) return;
        const [lead, conversion] = made;
        const { kept, conflicts } = world.undo(lead, conversion);
        expect([kept, conflicts]).toEqual([[], []]);
        for (const id of all(world)) {
          const state = world.state(id);
          const was = before.get(id);
          if (!was) {
            creations += 1;
            expect(state.lifecycle).toBe('deleted');
          } else if (state.type === 'lead') {
            expect(visible({ ...state, conversions: [] } as RecordState)).toEqual(
              visible({ ...was, conversions: [] } as RecordState),
            );
          } else {
            if (state !== was) updates += 1;
            expect(visible(state)).toEqual(visible(was));
          }
        }
      }),
      { numRuns: 200 },
    );
    expect(Math.min(updates, creations)).toBeGreaterThan(20);
  }, 120_000);

  it('never loses what somebody did since: fields keep their newer values, and what is in use lives', () => {
    fc.assert(
      fc.property(history, fc.array(step, { maxLength: 6 }), (past, since) => {
        const world = begin(past);
        for (const one of past.steps) take(world, one);
        const made = convert(world, past.last);
        if (!made) return;
        const [lead, conversion] = made;
        const after = new Map(all(world).map((id) => [id, world.state(id)]));
        for (const one of since) if (one.kind !== 'undo') take(world, one);
        const now = new Map(all(world).map((id) => [id, world.state(id)]));
        if (world.lead(lead).conversions.find(({ id }) => id === conversion)?.undone) return;
        world.undo(lead, conversion);
        for (const [id, state] of now) {
          const converted = after.get(id);
          const ended = world.state(id);
          if (!converted || state.type === 'lead') continue;
          // What was changed and changed back counts as unchanged.
          if (sameValue(visible(converted), visible(state))) continue;
          expect([id, ended.lifecycle]).toEqual([id, state.lifecycle]);
          for (const [field, value] of Object.entries(state.fields)) {
            const changed = JSON.stringify(converted.fields[field]) !== JSON.stringify(value);
            if (changed && !Array.isArray(value)) expect(ended.fields[field]).toEqual(value);
          }
          for (const noteId of Object.keys(state.notes)) expect(ended.notes).toHaveProperty(noteId);
        }
        for (const id of all(world)) {
          const { lifecycle, fields: values } = world.state(id);
          if (lifecycle !== 'live') continue;
          for (const target of [values.contactId, values.accountId]) {
            const wasLive = typeof target === 'string' && now.get(target)?.lifecycle === 'live';
            if (wasLive) expect(world.state(target).lifecycle).toBe('live');
          }
        }
      }),
      { numRuns: 200 },
    );
  }, 120_000);
});
