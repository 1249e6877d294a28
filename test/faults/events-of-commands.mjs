import assert from 'node:assert/strict';

/**
 * Holds a stretch of the log to what it promises whoever wrote it: positions grow, no event is there twice, streams have no
 * gaps, and no command has left its events in a stream twice.
 * @param seen what was found in the stretches before; it is added to
 */
export function checkLog(events, seen) {
  for (const { id, position, stream, revision, metadata } of events) {
    assert.ok(position > seen.position, `position ${position} after ${seen.position}`);
    seen.position = position;
    assert.ok(!seen.ids.has(id), `event ${id} is there twice`);
    seen.ids.add(id);
    const last = seen.streams.get(stream);
    assert.equal(revision, (last?.revision ?? -1) + 1, `the revision of ${stream}`);
    const commands = last?.commands ?? new Map();
    const before = commands.get(metadata.commandId);
    assert.ok(
      before === undefined || before === revision - 1,
      `command ${metadata.commandId} has had an effect on ${stream} twice`,
    );
    commands.set(metadata.commandId, revision);
    seen.streams.set(stream, { revision, commands });
  }
}

export function nothingSeen() {
  return { position: -1, ids: new Set(), streams: new Map() };
}
