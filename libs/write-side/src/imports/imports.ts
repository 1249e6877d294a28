import {
  bindColumns,
  defaultMapping,
  deriveId,
  headerName,
  IMPORT_LIMITS,
  type ImportCommand,
  type ImportEvent,
  type ImportState,
  importDecider,
  importStream,
  isColumn,
  Refusal,
  type RowIssue,
  type Uuid,
} from '#crm';
import type { EventLog } from '#event-store';
import type { CommandResult, Envelope } from '../execution/envelope.js';
import type { Executed } from '../execution/executed.js';
import type { Target } from '../execution/executor.js';
import { KeyedQueue } from '../execution/keyed-queue.js';
import { ContentProblem } from './content-problem.js';
import { type IssuePage, readIssues } from './import-issues.js';
import { type ImportProgress, progressOf } from './import-progress.js';
import { createImportRegister, type RecordedImport } from './import-register.js';
import { createImportRunner, type ImportRunnerOptions } from './import-runner.js';
import { readRows } from './read-rows.js';
import { type ReceivedContent, receiveContent } from './receive-content.js';
import { uploadName, uploadOf } from './upload-of.js';
import { createWatch } from './watch-imports.js';

export interface ImportsOptions extends Omit<ImportRunnerOptions, 'execute' | 'load'> {
  readonly log: EventLog;
}

/** Whose imports are shown and treated: one's own, or everybody's. */
export interface Viewer {
  readonly userId: Uuid;
  readonly all: boolean;
}

export interface Imports {
  /** Announces an import; its file is to follow. */
  request(
    command: Omit<Extract<ImportCommand, { kind: 'request' }>, 'kind'>,
    envelope: Envelope,
  ): Promise<CommandResult>;
  /**
   * Takes the file and begins to carry out its rows in the background. The same file again changes nothing.
   * @throws Refusal `unknown_column`, `nothing_mapped`, `not_utf8`, `quote_not_closed`, … (422), `file_too_large` (413),
   * `import_running` and the like (409)
   */
  start(
    id: Uuid,
    content: AsyncIterable<Uint8Array>,
    viewer: Viewer,
    envelope: Envelope,
  ): Promise<CommandResult>;
  /** Stops after the rows under way; what was done stays. */
  cancel(id: Uuid, viewer: Viewer, envelope: Envelope): Promise<CommandResult>;
  get(id: Uuid, viewer: Viewer): Promise<ImportProgress>;
  /** Latest first. */
  list(viewer: Viewer): Promise<readonly ImportProgress[]>;
  issues(
    id: Uuid,
    kind: RowIssue['kind'],
    page: { readonly cursor?: string; readonly limit: number },
    viewer: Viewer,
  ): Promise<IssuePage>;
  /** Goes on with what was left running; where processes take turns, it looks for such again and again. */
  resume(): Promise<void>;
  /** Finishes the rows under way and notes how far they came. */
  stop(): Promise<void>;
}

/** Where processes share uploads, one this old (ms) is no longer on its way to any of them. */
const ARRIVING_MS = 86_400_000;

/** Imports of CSV files (PRODUCT.md P10). */
export function createImports(options: ImportsOptions): Imports {
  const { executor, log, uploads, turns, settings, now } = options;
  const register = createImportRegister(log);
  const queue = new KeyedQueue();
  const execute = (id: Uuid, command: ImportCommand, envelope: Envelope) =>
    executor.execute(targetOf(id), envelope, (state, context) =>
      importDecider.decide(state, command, context),
    );
  const load = async (id: Uuid) => (await executor.load(targetOf(id))).state;
  const runner = createImportRunner({ ...options, execute, load });
  // What another process is at is seen as it is recorded: two that both ran ahead of that would contradict each other.
  const live = (id: Uuid) => (turns ? undefined : runner.live(id));
  const watch = createWatch({ follow: register.follow, look: runAll, failed: options.failed });

  function runAll(): void {
    for (const { state } of register.all()) if (state.status === 'running') runner.run(state.id);
  }

  /** An import that the viewer may know of. */
  async function known(id: Uuid, viewer: Viewer): Promise<RecordedImport> {
    await register.refresh();
    const found = register.get(id);
    if (found && (viewer.all || found.state.by === viewer.userId)) return found;
    throw new Refusal('not-found', 'import_not_found', 'There is no such import.');
  }

  /** Checks the file's header against the mapping, and takes the file. */
  async function take(
    state: ImportState,
    content: ReceivedContent,
    envelope: Envelope,
  ): Promise<Executed<ImportState>> {
    const { sha256, bytes, rows, delimiter } = content;
    const header = await headerOf(content);
    const mapping = state.mapping ?? defaultMapping(state.recordType, header, settings.current());
    if (Object.keys(mapping).length === 0) {
      throw new Refusal(
        'rule',
        'nothing_mapped',
        'No column bears the name of a field; map them.',
        {
          errors: [{ path: 'mapping', code: 'required', message: 'Map at least one field.' }],
          facts: { columns: header.slice(0, 100).map((column) => column.slice(0, 100)) },
        },
      );
    }
    bindColumns(state.recordType, mapping, header, settings.current());
    const mapped = new Set(
      Object.values(mapping).map((source) => (isColumn(source) ? headerName(source.column) : '')),
    );
    const unmapped = header
      .map((cell) => headerName(cell).slice(0, 100))
      .filter((name) => !mapped.has(name))
      .slice(0, 100);
    const file = { sha256, bytes, rows, delimiter, unmapped };
    const { status } = await load(state.id);
    const name = uploadName(state.id, sha256);
    if (status === 'waiting') await content.keep(name);
    try {
      return await execute(state.id, { kind: 'start', mapping, file }, envelope);
    } catch (error) {
      // Another process took another file meanwhile.
      if (error instanceof Refusal) await uploads.remove(name);
      throw error;
    }
  }

  return {
    async request(command, envelope) {
      const { authority } = envelope;
      const { recordType: type } = command;
      const own = { type, ownerId: authority.actor.id, createdBy: authority.actor.id };
      if (!authority.may('create', own)) {
        throw new Refusal('forbidden', 'forbidden', `You may not create this ${type}.`);
      }
      const id = deriveId(envelope.commandId, 'import');
      const executed = await execute(id, { kind: 'request', ...command }, envelope);
      return resultOf(id, executed);
    },
    async start(id, source, viewer, envelope) {
      const { state } = await known(id, viewer);
      if (state.by !== envelope.authority.actor.id) {
        throw new Refusal('forbidden', 'forbidden', 'Only who announced it may send its file.');
      }
      const { delimiter } = state.options;
      const content = await receiveContent(uploads, source, delimiter).catch(asRefusal);
      try {
        const executed = await queue.run(id, () => take(state, content, envelope));
        if (executed.state.status === 'running') runner.run(id);
        return resultOf(id, executed);
      } finally {
        await content.discard();
      }
    },
    async cancel(id, viewer, envelope) {
      await known(id, viewer);
      const executed = await execute(id, { kind: 'cancel' }, envelope);
      await runner.cancelled(executed.state);
      return resultOf(id, executed);
    },
    async get(id, viewer) {
      return progressOf(await known(id, viewer), live(id), now());
    },
    async list(viewer) {
      await register.refresh();
      return register
        .all()
        .filter(({ state: { by } }) => viewer.all || by === viewer.userId)
        .map((found) => progressOf(found, live(found.state.id), now()));
    },
    async issues(id, kind, page, viewer) {
      await known(id, viewer);
      return readIssues(log, id, kind, page);
    },
    async resume() {
      await register.refresh();
      const running = register.all().filter(({ state }) => state.status === 'running');
      const used = new Set(running.map(({ state }) => uploadOf(state)));
      await uploads.clear((name) => used.has(name), turns ? ARRIVING_MS : 0);
      runAll();
      if (turns) watch.start();
    },
    async stop() {
      await watch.stop();
      await runner.stop();
    },
  };
}

function targetOf(id: Uuid): Target<ImportState, ImportEvent> {
  return {
    stream: importStream(id),
    initial: () => importDecider.initial(id),
    evolve: importDecider.evolve,
  };
}

function resultOf(id: Uuid, { revision, position }: Executed<unknown>): CommandResult {
  return { id, revision, position };
}

async function headerOf({ open, delimiter }: ReceivedContent): Promise<readonly string[]> {
  for await (const { cells } of readRows(await open(), delimiter)) {
    if (cells.length <= IMPORT_LIMITS.columns) return cells;
    const message = `The file has more than ${IMPORT_LIMITS.columns} columns.`;
    throw new ContentProblem('too_many_columns', message, 1).refusal();
  }
  return [];
}

function asRefusal(error: unknown): never {
  throw error instanceof ContentProblem ? error.refusal() : error;
}
