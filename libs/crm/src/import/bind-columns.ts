import type { FieldError } from '../kernel/refusal.js';
import { Refusal } from '../kernel/refusal.js';
import type { RecordType } from '../record/record-type.js';
import type { Settings } from '../settings/settings.js';
import { type ImportMapping, type ImportOptions, isColumn } from './import-mapping.js';
import { type ImportTarget, targetsOf } from './import-targets.js';

/** A header as columns are found by: in NFC, with single spaces where it has spaces or line breaks, and none around it. */
export function headerName(cell: string): string {
  return cell.normalize('NFC').replace(/\s+/g, ' ').trim();
}

/** A mapped target with the place of its column; constants have none. */
export type BoundTarget = {
  readonly target: ImportTarget;
  readonly source: ImportMapping[string];
  readonly index?: number;
};

/**
 * Finds the mapped columns in a file's header.
 * @throws Refusal `unknown_column` (422) naming the columns that are not there, or are there twice; `unknown_field` for
 * targets that went since
 */
export function bindColumns(
  type: RecordType,
  mapping: ImportMapping,
  header: readonly string[],
  settings: Settings,
): readonly BoundTarget[] {
  const names = header.map(headerName);
  const targets = new Map(targetsOf(type, settings).map((target) => [target.name, target]));
  const errors: FieldError[] = [];
  const bound = Object.entries(mapping).flatMap(([name, source]): BoundTarget[] => {
    const path = `mapping.${name}`;
    const target = targets.get(name);
    if (!target) {
      errors.push({
        path,
        code: 'unknown_field',
        message: `Records of the type ${type} have no such field.`,
      });
      return [];
    }
    if (!isColumn(source)) return [{ target, source }];
    const wanted = headerName(source.column);
    const index = names.indexOf(wanted);
    if (index < 0) {
      const message = `The file has no column “${wanted.slice(0, 100)}”.`;
      errors.push({ path, code: 'unknown_column', message });
    } else if (names.lastIndexOf(wanted) !== index) {
      const message = `The file has several columns “${wanted.slice(0, 100)}”.`;
      errors.push({ path, code: 'ambiguous_column', message });
    }
    return [{ target, source, index }];
  });
  if (errors.length === 0) return bound;
  throw new Refusal('rule', 'unknown_column', 'The mapping does not fit the file.', {
    errors,
    facts: { columns: names.slice(0, 100).map((column) => column.slice(0, 100)) },
  });
}

/** The target whose value names a row's record, if there is one. */
export function keyTarget(
  bound: readonly BoundTarget[],
  { key = 'externalId' }: ImportOptions,
): BoundTarget | undefined {
  return bound.find(({ target }) => target.name === key);
}
