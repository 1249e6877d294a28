import { MongoClient } from 'mongodb';

/** Looks into the read store as an operator would: who keeps what, and how far. */
export class LeaseHolders {
  #client;
  #db;

  constructor(mongoUrl) {
    this.#client = new MongoClient(mongoUrl);
    this.#db = this.#client.db('leadledger');
  }

  /** Names of tasks by the process that has each. */
  async byProcess() {
    const held = new Map();
    const tasks = { _id: { $ne: 'waiting for tasks' } };
    for (const { _id: task, holder } of await this.#db.collection('leases').find(tasks).toArray()) {
      // Host, process, and what tells two processes of one number apart.
      const pid = holder === null ? undefined : Number(holder.split(' ').at(-2));
      held.set(pid, [...(held.get(pid) ?? []), task]);
    }
    return held;
  }

  /** The position that each read model has reached, by its name. */
  async positions() {
    const saved = await this.#db.collection('checkpoints').find().toArray();
    return new Map(saved.map(({ _id: name, position }) => [name, Number(position)]));
  }

  close() {
    return this.#client.close();
  }
}
