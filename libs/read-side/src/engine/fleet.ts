import { createLane, type Lane, type LaneOptions, runLane } from './lane.js';
import type { Model } from './model.js';

/**
 * The lanes that run. Most of the time there is one, the front. Models that are far behind have a lane of their own until
 * they have caught up, so that they hold nobody else back.
 */
export interface Fleet {
  readonly lanes: ReadonlySet<Lane>;
  models(): readonly Model[];
  /** Starts with models at any positions: those far behind the foremost get a lane of their own. */
  launch(models: readonly Model[]): void;
  /** A lane of its own for models that are built from the beginning. */
  catchUp(models: readonly Model[]): void;
  /** Resolves when all lanes have ended. */
  ended(): Promise<void>;
}

export interface FleetOptions extends Omit<LaneOptions, 'onCaughtUp'> {
  /** Called with a model that was built and has caught up, before it takes its place. */
  switchTo(model: Model): Promise<void>;
}

/** A model this many events behind the foremost would make the others read again what they have. */
const FAR = 10_000;

export function createFleet(options: FleetOptions): Fleet {
  const lanes = new Set<Lane>();
  const running = new Set<Promise<void>>();
  let front: Lane | undefined;

  function run(lane: Lane): void {
    lanes.add(lane);
    const done = runLane({ ...options, onCaughtUp }, lane).finally(() => {
      lanes.delete(lane);
      running.delete(done);
    });
    running.add(done);
  }

  async function onCaughtUp(lane: Lane): Promise<void> {
    const built = lane.models.filter(({ building }) => building);
    if (lane === front && built.length === 0) return;
    for (const model of built) {
      await options.switchTo(model);
      model.building = false;
    }
    const replaced = (model: Model) =>
      built.some((by) => by !== model && by.collection.name === model.collection.name);
    const kept = (front?.models ?? []).filter((model) => !replaced(model));
    if (lane !== front) {
      lane.finished = true;
      lane.regroup.abort();
      regroup([...kept, ...lane.models]);
    } else if (kept.length < lane.models.length) {
      regroup(kept);
    }
    options.onProgress();
  }

  function regroup(models: readonly Model[]): void {
    if (!front) return;
    front.models = models;
    front.regroup.abort();
  }

  function models(): readonly Model[] {
    return [...new Set([...lanes].flatMap((lane) => lane.models))];
  }

  return {
    lanes,
    models,
    launch(all) {
      const foremost = Math.max(...all.map(({ position }) => position));
      const isFar = ({ position }: Model) => foremost - position > FAR * options.log.positionStep;
      front = createLane(all.filter((model) => !isFar(model)));
      if (front.models.length > 0) run(front);
      const far = all.filter(isFar);
      if (far.length > 0) run(createLane(far));
    },
    catchUp(all) {
      if (all.length > 0) run(createLane(all));
    },
    async ended() {
      await Promise.all(running);
    },
  };
}
