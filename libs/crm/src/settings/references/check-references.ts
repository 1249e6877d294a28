import { type FieldError, Refusal } from '../../kernel/refusal.js';
import { sameValue } from '../../record/field.js';
import { entriesInUse } from '../catalogues/catalogue.js';
import { customFieldOf, pipelinesOf, type Settings } from '../settings.js';
import type { Reference, ReferenceTarget } from './reference.js';
import { referencesIn } from './references-in.js';

/**
 * Refuses a change of settings after which one would name what is not there or not in use. People and teams are not
 * settings: whether they are there is asked by whoever knows them.
 * @throws Refusal `unknown_reference` or `unknown_catalogue_value` (rule) for what the change names newly; `in_use` (conflict) for
 * what it takes from under something in force
 */
export function checkReferences(before: Settings, after: Settings): void {
  const named = referencesIn(before);
  const isNew = newTo(named);
  const dangling = referencesIn(after).filter(({ target }) => !isInUse(target, after));
  const unknown = dangling.filter(isNew);
  if (unknown.length > 0) throw unknownReferences(unknown, after);
  const pulled = dangling.filter(({ inForce, target }) => inForce && isThere(target, before));
  if (pulled.length > 0) throw inUse(pulled);
}

/** What a change of settings names that was not named before. */
export function newReferences(before: Settings, after: Settings): readonly Reference[] {
  return referencesIn(after).filter(newTo(referencesIn(before)));
}

/** The refusal of what settings in force name. Paths are in the settings, by ids. */
export function inUse(references: readonly Reference[]): Refusal {
  return new Refusal('conflict', 'in_use', 'Something in force names it: change that first.', {
    errors: references.map(({ by, path }) => ({
      path,
      code: 'in_use',
      message: `The ${NOUNS[by.kind]} “${by.name}” names it.`,
    })),
    facts: { usedBy: references.map(({ by, path }) => ({ ...by, path })) },
  });
}

const NOUNS = {
  stage: 'stage',
  'overdue-policy': 'entry of the overdue policy',
  'assignment-rule': 'assignment rule',
  'recipient-rule': 'recipient rule',
} as const;

/** A rule that is switched on names everything anew. */
function newTo(named: readonly Reference[]): (reference: Reference) => boolean {
  return ({ by, target, inForce }) =>
    !named.some(
      (other) =>
        other.by.kind === by.kind &&
        other.by.id === by.id &&
        (other.inForce || !inForce) &&
        sameValue(other.target, target),
    );
}

/** Whether a setting may name it: it is there, or a text that a catalogue without entries in use takes as well. */
export function isInUse(target: ReferenceTarget, settings: Settings): boolean {
  if (isThere(target, settings)) return true;
  if (target.kind !== 'entry') return false;
  const { catalogue, value } = target;
  const isListed = settings.catalogues[catalogue].some((entry) => entry.value === value);
  return !isListed && entriesInUse(settings.catalogues, catalogue).length === 0;
}

function isThere(target: ReferenceTarget, settings: Settings): boolean {
  switch (target.kind) {
    case 'pipeline':
      return pipelinesOf(settings, 'opportunity').some(({ id }) => id === target.pipelineId);
    case 'stage':
      return pipelinesOf(settings, 'opportunity')
        .filter(({ id }) => target.pipelineIds.length === 0 || target.pipelineIds.includes(id))
        .some(({ stages }) => stages.some(({ id, retired }) => id === target.stageId && !retired));
    case 'entry':
      return entriesInUse(settings.catalogues, target.catalogue).some(
        ({ value }) => value === target.value,
      );
    case 'calendar':
      return settings.calendars.some(({ id, retired }) => id === target.calendarId && !retired);
    case 'field':
      return customFieldOf(settings, target.recordType, target.key) !== undefined;
    case 'option': {
      // Whether the field itself is there is another reference.
      const options = customFieldOf(settings, target.recordType, target.key)?.options ?? [];
      return options.length === 0 || options.includes(target.option);
    }
    case 'user':
    case 'team':
      return true;
  }
}

/** The refusal of what a change of settings names and what is not there. */
export function unknownReferences(
  references: readonly Reference[],
  { catalogues }: Settings,
): Refusal {
  const errors = references.map(({ within, target }): FieldError => {
    const code = target.kind === 'entry' ? 'unknown_catalogue_value' : 'unknown_reference';
    return { path: within, code, message: `There is no such ${WHAT[target.kind]} in use.` };
  });
  const values = references.flatMap(({ within, target }) =>
    target.kind === 'entry'
      ? [[within, entriesInUse(catalogues, target.catalogue).map(({ value }) => value)] as const]
      : [],
  );
  return new Refusal('rule', errors[0]?.code ?? 'unknown_reference', UNKNOWN, {
    errors,
    ...(values.length > 0 && { facts: { values: Object.fromEntries(values) } }),
  });
}

const UNKNOWN = 'Something referred to is not there.';

const WHAT: Readonly<Record<ReferenceTarget['kind'], string>> = {
  pipeline: 'opportunity pipeline',
  stage: 'stage',
  entry: 'entry of the catalogue',
  calendar: 'calendar',
  field: 'custom field',
  option: 'option of the custom field',
  user: 'active user',
  team: 'team',
};
