import { entryKey } from '../src/merging/alike.js';
import { mergeableFields } from '../src/merging/mergeable-fields.js';
import type { FieldValue } from '../src/record/field.js';
import type { RecordState } from '../src/record/record-state.js';
import type { Settings } from '../src/settings/settings.js';
import type { Register } from './merging.js';

const EMAILS = ['email', 'otherEmails'];

/** The least that a value consists of: entries in their normal form, texts of a description, single values. */
function atomsOf(
  field: string,
  value: FieldValue,
  type: RecordState['type'],
  settings: Settings,
): readonly string[] {
  const found = mergeableFields(type, settings).find((one) => one.field === field);
  const name = EMAILS.includes(field) ? 'email' : field;
  const key = (entry: string) => {
    const kind = EMAILS.includes(field) ? 'email' : found?.type;
    return `${name}: ${entryKey(kind, entry, settings.phoneRegion)}`;
  };
  if (Array.isArray(value)) return value.map(key);
  if (name === 'email') return [key(String(value))];
  if (field === 'description')
    return String(value)
      .split('\n\n')
      .map((text) => `${name}: ${text}`);
  return [`${name}: ${JSON.stringify(value)}`];
}

/** All that records know, sorted and once each. */
export function atoms(states: readonly RecordState[], settings: Settings): readonly string[] {
  const all = states.flatMap(({ type, fields, custom, tags }) => [
    ...Object.entries(fields).flatMap(([field, value]) => atomsOf(field, value, type, settings)),
    ...Object.entries(custom).flatMap(([key, value]) =>
      atomsOf(`custom.${key}`, value, type, settings),
    ),
    ...tags.map((tag) => `tag: ${tag}`),
  ]);
  return [...new Set(all)].sort();
}

/** All that live records know and that merges tell as lost. */
export function keptAtoms(register: Register): readonly string[] {
  const settings = register.settings();
  const states = register.refs().map(register.state);
  const live = states.filter(({ lifecycle }) => lifecycle !== 'merged');
  const lost = states.flatMap(({ merges }) =>
    Object.values(merges).flatMap(({ plan }) =>
      plan.lost.flatMap(({ record, field, value }) => atomsOf(field, value, record.type, settings)),
    ),
  );
  return [...new Set([...atoms(live, settings), ...lost])].sort();
}
