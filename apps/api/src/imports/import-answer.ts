import type { ImportMapping, ImportState, RecordType, Uuid } from '#crm';
import type { ImportProgress } from '#write-side';

type MappingBody = Readonly<Record<string, string | ImportMapping[string]>>;

/** A mapping as the domain takes it: a bare text names a column. */
export function mappingFrom(body: MappingBody | undefined): ImportMapping | undefined {
  if (!body) return undefined;
  const entries = Object.entries(body).map(([target, source]) => [
    target,
    typeof source === 'string' ? { column: source } : source,
  ]);
  return Object.fromEntries(entries) as ImportMapping;
}

/** An import as the API shows it. */
export interface ImportAnswer {
  readonly id: Uuid;
  readonly recordType: RecordType;
  readonly state: Exclude<ImportState['status'], 'absent'> | 'absent';
  readonly dryRun: boolean;
  readonly rows: { readonly total?: number; readonly done: number };
  readonly [member: string]: unknown;
}

/** What is shown of an import: how far it is, how fast, and what came of its rows. */
export function importAnswer({
  state,
  position,
  ratePerSecond,
  remainingSeconds,
}: ImportProgress): ImportAnswer {
  const { id, recordType, status, options, counts, file, mapping, failure } = state;
  const { startedAt, finishedAt } = state;
  return {
    ...{ id, recordType, state: status, dryRun: options.dryRun === true },
    rows: { ...(file && { total: file.rows }), done: state.rows },
    ...counts,
    issues: state.issues,
    upToLine: state.upToLine,
    ...(ratePerSecond !== undefined && { ratePerSecond }),
    ...(remainingSeconds !== undefined && { remainingSeconds }),
    ...(failure && { failure }),
    ...(mapping && { mapping }),
    options,
    ...(file && { file }),
    position,
    by: state.by,
    requestedAt: state.requestedAt,
    ...(startedAt !== undefined && { startedAt }),
    ...(finishedAt !== undefined && { finishedAt }),
  };
}

export const EXAMPLE_IMPORT = {
  id: '0d5c2f7e-51a8-4d06-9a0c-3c6f1f3f7a11',
  recordType: 'lead',
  state: 'running',
  dryRun: false,
  rows: { total: 8_800, done: 4_100 },
  ...{ created: 4_080, updated: 0, unchanged: 0, differs: 0, skipped: 8, failed: 12 },
  ...{ duplicates: 31, issues: 43, upToLine: 4_101, ratePerSecond: 1_610.5, remainingSeconds: 3 },
  position: 5_120,
};
