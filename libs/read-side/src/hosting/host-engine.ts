import type { ProjectionEngine, Standing } from '../engine/engine.port.js';
import { type EngineLogger, UnknownReadModel } from '../engine/engine.port.js';
import type {
  CarriedError,
  EngineAnswer,
  EngineCall,
  FromEngine,
  ToEngine,
} from './engine-messages.js';

/** Where the messages come and go: `parentPort` of a worker thread, or one end of a `MessageChannel`. */
export interface EnginePort {
  postMessage(message: FromEngine): void;
  on(event: 'message', listener: (message: ToEngine) => void): unknown;
}

/** An engine with the stores that it works on. */
export interface HostedEngine {
  readonly engine: ProjectionEngine;
  /** Called when the log has grown. */
  lookAgain(): void;
  /** Lets go of the stores, after the engine was stopped. */
  close(): Promise<void>;
}

/**
 * Runs an engine for `createRemoteEngine` at the other end of a port, until that stops it. Resolves when the engine has started.
 * @param open makes the engine; it is given what the engine is to call
 */
export async function hostEngine(
  port: EnginePort,
  open: (calls: { logger: EngineLogger; onProgress: () => void }) => Promise<HostedEngine>,
): Promise<void> {
  let said: Standing['served'] | undefined;
  const log = (level: 'info' | 'warn') => (facts: object, message: string) =>
    port.postMessage({ kind: 'log', level, facts: plain(facts), message });
  const { engine, lookAgain, close } = await open({
    logger: { info: log('info'), warn: log('warn') },
    onProgress: () => progress(),
  });

  function progress(): void {
    if (said === undefined) return;
    const { positions, served } = engine.standing();
    port.postMessage({ kind: 'progress', positions, ...(served !== said && { served }) });
    said = served;
  }

  async function answer(call: EngineCall): Promise<EngineAnswer> {
    switch (call.what) {
      case 'status':
        return engine.status();
      case 'rebuild':
        await engine.rebuild(call.collections);
        return undefined;
      case 'retryParked':
        return engine.retryParked(call.collection, call.documentId);
      case 'stop':
        await engine.stop();
        await close();
        return undefined;
    }
  }

  port.on('message', (message) => {
    if (message.kind !== 'call') {
      if (message.kind === 'wanted') engine.hurry(message.position);
      lookAgain();
      return;
    }
    const { id, call } = message;
    answer(call).then(
      (given) => port.postMessage({ kind: 'answer', id, answer: given }),
      (error: unknown) => port.postMessage({ kind: 'refusal', id, error: carried(error) }),
    );
  });
  await engine.start();
  const standing = engine.standing();
  said = standing.served;
  port.postMessage({ kind: 'started', standing });
}

function carried(error: unknown): CarriedError {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) };
  const { name, message } = error;
  return {
    name,
    message,
    ...(error instanceof UnknownReadModel && { collection: error.collection }),
  };
}

/** Facts as they can be sent: of errors their names and messages. */
function plain(facts: object): object {
  const entries = Object.entries(facts).map(([name, fact]) => [
    name,
    fact instanceof Error ? carried(fact) : fact,
  ]);
  return Object.fromEntries(entries);
}
