import type { CollectionDefinition } from '../read-store.port.js';

/** A declared field with a column of its own, filled when a document is written. */
export interface Column {
  readonly field: string;
  readonly path: readonly string[];
  /** Name of the column. */
  readonly name: string;
  /** A document once held a list here: the column then orders, but conditions must look into the document. */
  readonly lists: boolean;
}

/** A declared index over columns, `id` last. */
export interface ColumnIndex {
  readonly name: string;
  readonly fields: readonly string[];
}

/**
 * A field whose elements are indexed, and stand together in a column of the document's row. `exact` ones are found by the
 * hash of an element, the others by terms of a full-text index, which finds beginnings too.
 */
export interface MultiIndex {
  readonly field: string;
  readonly path: readonly string[];
  /** Name of the column that holds all elements (`elements.ts`). */
  readonly name: string;
  readonly exact: boolean;
}

/** How a version of a collection is kept in SQLite. */
export interface Layout {
  readonly name: string;
  readonly version: number;
  /** Documents: k, id, position, the columns, document. */
  readonly table: string;
  /** Ids of removed documents with the position of their removal. */
  readonly removed: string;
  /** Full-text index of elements (`element-terms.ts`), by k; there when a multi field is not exact. */
  readonly terms: string;
  /** Hashes of elements (`element-hash.ts`), (h, k); there when a multi field is exact. */
  readonly hashes: string;
  readonly columns: readonly Column[];
  readonly indexes: readonly ColumnIndex[];
  readonly multis: readonly MultiIndex[];
}

/** What the catalog keeps of a layout; everything else follows from it. Lists only ever grow, so that names stay. */
export interface LayoutRecord {
  readonly columns: readonly { readonly field: string; readonly lists: boolean }[];
  readonly indexes: readonly (readonly string[])[];
  readonly multis: readonly { readonly field: string; readonly exact: boolean }[];
}

export const EMPTY_LAYOUT: LayoutRecord = { columns: [], indexes: [], multis: [] };

export function layoutOf(name: string, version: number, record: LayoutRecord): Layout {
  const suffix = `${name}_${version}`;
  return {
    name,
    version,
    table: `d_${suffix}`,
    removed: `r_${suffix}`,
    terms: `e_${suffix}`,
    hashes: `x_${suffix}`,
    columns: record.columns.map(({ field, lists }, i) => ({
      field,
      path: field.split('.'),
      name: `c${i}`,
      lists,
    })),
    indexes: record.indexes.map((fields, i) => ({ name: `i_${suffix}_${i}`, fields })),
    multis: record.multis.map(({ field, exact }, i) => ({
      field,
      exact,
      path: field.split('.'),
      name: `m${i}`,
    })),
  };
}

/** The index that every collection has: by id alone. */
export function idIndex({ name, version }: Layout): ColumnIndex {
  return { name: `u_${name}_${version}`, fields: [] };
}

export function recordOf(layout: Layout): LayoutRecord {
  return {
    columns: layout.columns.map(({ field, lists }) => ({ field, lists })),
    indexes: layout.indexes.map(({ fields }) => fields),
    multis: layout.multis.map(({ field, exact }) => ({ field, exact })),
  };
}

/** An index's fields as they are ordered by: `id`, which is always last, is not named again. */
export function indexFields(fields: readonly string[]): readonly string[] {
  const id = fields.indexOf('id');
  return id < 0 ? fields : fields.slice(0, id);
}

/** The record with what the definition declares beyond it; the record itself when that is nothing. */
export function extendLayout(record: LayoutRecord, collection: CollectionDefinition): LayoutRecord {
  const columns = new Map(record.columns.map((column) => [column.field, column]));
  const indexes = new Map(record.indexes.map((fields) => [fields.join(' '), fields]));
  const multis = new Map(record.multis.map((multi) => [multi.field, multi]));
  for (const index of collection.indexes) {
    const fields = indexFields(index.fields);
    if (fields.length === 0) continue;
    if (index.multi) {
      const exact = index.multi === 'exact';
      for (const field of fields) if (!multis.has(field)) multis.set(field, { field, exact });
    } else {
      indexes.set(fields.join(' '), fields);
      for (const field of fields) {
        if (!columns.has(field)) columns.set(field, { field, lists: false });
      }
    }
  }
  const grown =
    columns.size + indexes.size + multis.size >
    record.columns.length + record.indexes.length + record.multis.length;
  return grown
    ? {
        columns: [...columns.values()],
        indexes: [...indexes.values()],
        multis: [...multis.values()],
      }
    : record;
}
