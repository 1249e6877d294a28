import { eventFixtures } from '../test/fixtures.js';
import { ALL_EVENTS } from './all-events.js';
import type { EventDefinition } from './kernel/event-definition.js';
import type { Json } from './kernel/json.js';

const FIXTURES = eventFixtures();

/** Every version that a type ever had. */
const VERSIONS = ALL_EVENTS.flatMap(({ type, version }) =>
  Array.from({ length: version }, (_, index) => `${type}.v${index + 1}.json`),
);

function at(data: Json | undefined, path: string): Json | undefined {
  return path
    .split('.')
    .reduce<Json | undefined>(
      (value, key) =>
        value !== null && typeof value === 'object' ? Reflect.get(value, key) : undefined,
      data,
    );
}

function personalPartsIn({ personal }: EventDefinition, data: Json): readonly string[] {
  const changes = at(data, 'changes');
  const changed = Array.isArray(changes)
    ? changes.map((change) => String(at(change, 'field')))
    : [];
  return [
    ...personal.paths.filter((path) => at(data, path) !== undefined),
    ...changed.filter((field) =>
      personal.changedFields.some((name) => field === name || field.startsWith(`${name}.`)),
    ),
  ];
}

describe('the events of the product', () => {
  it('have each a type of its own, and an upcaster from every earlier version', () => {
    const types = ALL_EVENTS.map(({ type }) => type);
    expect(new Set(types).size).toBe(types.length);
    for (const { version, upcasters } of ALL_EVENTS) {
      const from = Array.from({ length: version - 1 }, (_, index) => `${index + 1}`);
      expect(Object.keys(upcasters)).toEqual(from);
    }
  });

  it('have a fixture for every version, and no fixture is of an unknown one', () => {
    expect(FIXTURES.map(({ file }) => file).sort()).toEqual([...VERSIONS].sort());
  });

  it.each(FIXTURES.map((fixture) => [fixture.file, fixture] as const))(
    'are named as their fixture is: %s',
    (file, { type, schemaVersion }) => {
      expect(file).toBe(`${type}.v${schemaVersion}.json`);
    },
  );

  const personal = ALL_EVENTS.filter(
    (event) => event.personal.paths.length + event.personal.changedFields.length > 0,
  );
  it.each(personal.map((event) => [event.type, event] as const))(
    'show in the fixture of %s what is personal',
    (type, event) => {
      const fixture = FIXTURES.find((candidate) => candidate.type === type);
      expect(personalPartsIn(event, fixture?.data ?? {})).not.toEqual([]);
    },
  );
});
