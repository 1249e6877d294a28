import type { Instant } from '../kernel/ids.js';
import type { Json } from '../kernel/json.js';
import type { FieldError } from '../kernel/refusal.js';
import { foldCase } from '../matching/fold-case.js';
import type { RecordType } from '../record/record-type.js';
import { type Pipeline, pipelinesOf, type Settings, type Stage } from '../settings/settings.js';
import type { CaptureStaged } from '../stages/staged-commands.js';
import type { BoundTarget } from './bind-columns.js';
import { type ImportOptions, isColumn } from './import-mapping.js';
import { type CellReader, cellReader, type NameLookups } from './read-cell.js';

/** What a row asks for, before the domain has looked at its values. */
export type RowRequest = {
  readonly command: CaptureStaged;
  readonly occurredAt?: Instant;
  /** `path` names the target. */
  readonly errors: readonly FieldError[];
};

/** Reads rows of one file into captures. Empty cells say nothing. */
export type RowReader = (cells: readonly string[]) => RowRequest;

interface Draft {
  readonly fields: Record<string, Json>;
  readonly custom: Record<string, Json>;
  readonly address: Record<string, Json>;
  readonly beside: Record<string, Json>;
}

/** A reader of rows as their mapping says, with settings and names as they are now. */
export function rowReader(
  type: RecordType,
  bound: readonly BoundTarget[],
  options: ImportOptions,
  lookups: NameLookups,
  settings: Settings,
): RowReader {
  const readers = bound.map(({ target, source }) =>
    cellReader(target.kind, { ...options, ...source }, lookups, settings),
  );
  return (cells) => {
    const draft: Draft = { fields: {}, custom: {}, address: {}, beside: {} };
    const errors: FieldError[] = [];
    for (const [place, { target, source, index = 0 }] of bound.entries()) {
      const cell = isColumn(source) ? (cells[index] ?? '') : source.value;
      if (cell.trim() === '') continue;
      const { value, error } = (readers[place] as CellReader)(cell, target.name);
      if (error) errors.push(error);
      else put(draft, target.name, target.kind, value);
    }
    return { ...requestOf(type, draft, settings), errors };
  };
}

/** Puts a value where the command has it. */
function put(draft: Draft, name: string, kind: string, value: Json): void {
  if (name.startsWith('custom.')) draft.custom[name.slice('custom.'.length)] = value;
  else if (name.startsWith('address.')) draft.address[name.slice('address.'.length)] = value;
  else if (BESIDE_KINDS.has(kind)) draft.beside[name] = value;
  else draft.fields[name] = value;
}

const BESIDE_KINDS: ReadonlySet<string> = new Set([
  'tags',
  'owner',
  'team',
  'id',
  'pipeline',
  'stage',
  'instant',
]);

function requestOf(type: RecordType, draft: Draft, settings: Settings): Omit<RowRequest, 'errors'> {
  const { fields, custom, address, beside } = draft;
  const text = (...names: string[]) => {
    const found = names.map((name) => beside[name]).find((value) => value !== undefined);
    return typeof found === 'string' ? found.trim() : undefined;
  };
  const ownerId = text('owner', 'ownerId');
  const teamId = text('team', 'teamId');
  const occurredAt = text('occurredAt');
  const { tags = [] } = beside;
  return {
    command: {
      kind: 'capture',
      fields: Object.keys(address).length > 0 ? { ...fields, address } : fields,
      custom,
      tags: Array.isArray(tags) ? (tags as readonly string[]) : [],
      ...(ownerId !== undefined && { ownerId }),
      ...(teamId !== undefined && { teamId }),
      ...placeOf(type, text('pipelineId'), text('stageId'), settings),
    },
    ...(occurredAt !== undefined && { occurredAt }),
  };
}

/** Pipelines and stages may be called by their names; what is not found is left for the domain to refuse. */
function placeOf(
  type: RecordType,
  pipeline: string | undefined,
  stage: string | undefined,
  settings: Settings,
): Pick<CaptureStaged, 'pipelineId' | 'stageId'> {
  if (type !== 'lead' && type !== 'opportunity') return {};
  const pipelines = pipelinesOf(settings, type);
  const pipelineId = pipeline === undefined ? undefined : idOf(pipelines, pipeline);
  const own = pipelines.find(({ id }) => id === pipelineId) ?? pipelines[0];
  const stages = own?.stages.filter(({ retired }) => !retired) ?? [];
  const stageId = stage === undefined ? undefined : idOf(stages, stage);
  return {
    ...(pipelineId !== undefined && { pipelineId }),
    ...(stageId !== undefined && { stageId }),
  };
}

function idOf(places: readonly (Pipeline | Stage)[], called: string): string {
  const folded = foldCase(called);
  const place =
    places.find(({ id }) => id === called) ?? places.find(({ name }) => foldCase(name) === folded);
  return place?.id ?? called;
}
