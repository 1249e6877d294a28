/**
 * Runs tasks of one key one after another, tasks of different keys at once. Writers of one stream in one process
 * wait for each other here rather than refuse each other at the store.
 */
export class KeyedQueue {
  private readonly tails = new Map<string, Promise<unknown>>();

  async run<Result>(key: string, task: () => Promise<Result>): Promise<Result> {
    const before = this.tails.get(key);
    const running = before ? before.then(task, task) : task();
    this.tails.set(key, running);
    try {
      return await running;
    } finally {
      if (this.tails.get(key) === running) this.tails.delete(key);
    }
  }
}
