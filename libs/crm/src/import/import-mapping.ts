import type { DecimalMark } from './cells/decimal.js';

/** How the cells of a column are written. What a column does not say, the import's options say. */
export type CellFormat = {
  /** Between the entries of a list. Default: a semicolon or a line break. */
  readonly separator?: string;
  /** See `dateParser`. Default: ISO 8601. */
  readonly dateFormat?: string;
  /** IANA name: where a time without an offset is. Default `UTC`. */
  readonly timeZone?: string;
  /** Default `.`. */
  readonly decimal?: DecimalMark;
  /** ISO 4217 of amounts. Default: that of the settings. */
  readonly currency?: string;
  /** What an amount is multiplied by to be in minor units. Default: as the currency has it, 1 for VND, 100 for USD. */
  readonly factor?: number;
  /** In any letter case. Defaults: `TRUE_WORDS`, `FALSE_WORDS`. */
  readonly trueWords?: readonly string[];
  readonly falseWords?: readonly string[];
};

export const TRUE_WORDS: readonly string[] = ['true', 'yes', 'y', '1', 'x', 'có', 'đúng'];
export const FALSE_WORDS: readonly string[] = ['false', 'no', 'n', '0', 'không', 'sai'];

/** Where a value comes from: a column by its header, or the same for every row. */
export type ColumnSource = CellFormat & { readonly column: string };
export type ConstantSource = CellFormat & { readonly value: string };
export type ValueSource = ColumnSource | ConstantSource;

/**
 * Where each target's value comes from. Targets are the record type's fields, parts of its address (`address.city`),
 * `custom.<key>`, and those of `targetsOf` that are no fields.
 */
export type ImportMapping = { readonly [target: string]: ValueSource };

export type Delimiter = ',' | ';' | '\t';
export const DELIMITERS: readonly Delimiter[] = [',', ';', '\t'];

/** What else an import may be told. */
export type ImportOptions = CellFormat & {
  /** Default: found in the file's first line. */
  readonly delimiter?: Delimiter;
  /**
   * The target whose value names the record that a row is about, so that another import of it meets the record again.
   * Default: `externalId` when it is mapped. A row without such a value is named by its content.
   */
  readonly key?: string;
  /** Reads and checks every row and says what would be done; records nothing. */
  readonly dryRun?: boolean;
  /** What to do when the key's record is there with another content. Default `report`. */
  readonly onExisting?: 'report' | 'update';
  /** Does not create a record for a row that shares a match key with a record of its type or an earlier row. */
  readonly skipDuplicates?: boolean;
};

/** Rows of one import at most, and bytes of its file. */
export const IMPORT_LIMITS = { rows: 1_000_000, bytes: 104_857_600, columns: 500 } as const;

export function isColumn(source: ValueSource): source is ColumnSource {
  return 'column' in source;
}
