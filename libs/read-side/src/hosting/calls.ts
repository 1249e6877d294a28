import { UnknownReadModel } from '../engine/engine.port.js';
import type { CarriedError, EngineCall, FromEngine, ToEngine } from './engine-messages.js';

/** The thread of the projections is not there to answer, or does not answer in time. */
export class ProjectionsAway extends Error {
  constructor() {
    super('The projections do not answer just now. Try again.');
    this.name = 'ProjectionsAway';
  }
}

type Settled = Extract<FromEngine, { kind: 'answer' | 'refusal' }>;

/** Calls over a port, each answered by a message of its own. */
export interface Calls {
  /** @throws ProjectionsAway, and what the call was refused with */
  make<Answer>(
    to: { postMessage(message: ToEngine): void } | undefined,
    call: EngineCall,
    withinMs?: number,
  ): Promise<Answer>;
  settle(message: Settled): void;
  /** Nobody will answer any more. */
  abandon(): void;
}

export function createCalls(): Calls {
  const open = new Map<number, (message: Settled | undefined) => void>();
  let last = 0;
  return {
    make<Answer>(
      to: { postMessage(message: ToEngine): void } | undefined,
      call: EngineCall,
      withinMs?: number,
    ) {
      return new Promise<Answer>((resolve, reject) => {
        if (!to) {
          reject(new ProjectionsAway());
          return;
        }
        last += 1;
        const id = last;
        const settle = (message: Settled | undefined) => {
          clearTimeout(timer);
          open.delete(id);
          if (message?.kind === 'answer') resolve(message.answer as Answer);
          else reject(message ? errorOf(message.error) : new ProjectionsAway());
        };
        const timer = withinMs === undefined ? undefined : setTimeout(settle, withinMs, undefined);
        open.set(id, settle);
        to.postMessage({ kind: 'call', id, call });
      });
    },
    settle: (message) => open.get(message.id)?.(message),
    abandon() {
      for (const settle of open.values()) settle(undefined);
    },
  };
}

function errorOf({ name, message, collection }: CarriedError): Error {
  if (collection !== undefined) return new UnknownReadModel(collection);
  return Object.assign(new Error(message), { name });
}
