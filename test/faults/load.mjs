import { PatientCaller } from './patient-caller.mjs';
import { ReadingClient } from './reading-client.mjs';
import { WritingClient } from './writing-client.mjs';

/** Clients that go on through whatever happens, spread over the apis. */
export class Load {
  #writers;
  #readers;
  #callers;
  #running;

  constructor(callers, { writers, readers, sharedEmails }) {
    const captured = [];
    this.#callers = callers.map((caller) => new PatientCaller(caller));
    const callerOf = (index) => this.#callers[index % this.#callers.length];
    this.#writers = Array.from({ length: writers }, (_, index) => {
      return new WritingClient(callerOf(index), sharedEmails, captured);
    });
    this.#readers = Array.from({ length: readers }, (_, index) => {
      return new ReadingClient(callerOf(index), captured);
    });
  }

  start() {
    this.#running = Promise.all([...this.#writers, ...this.#readers].map((one) => one.run()));
    // Told by `stop`.
    this.#running.catch(() => undefined);
  }

  /** Settles when every client has the answer to what it had asked for. */
  async stop() {
    for (const one of [...this.#writers, ...this.#readers]) one.stop();
    await this.#running;
  }

  /** How many commands were acknowledged so far. */
  get acknowledged() {
    return this.#writers.reduce((sum, { acknowledged }) => sum + acknowledged.length, 0);
  }

  /** What the clients know, to be held against the log. */
  addTo(ledger) {
    for (const writer of this.#writers) ledger.add(writer);
  }

  /** Commands that never had an answer; what readers were refused; what no caller should be told. */
  complaints() {
    return [
      ...this.#writers.flatMap(({ inFlight }) => inFlight ?? []),
      ...this.#readers.flatMap(({ refused }) => refused),
      ...this.#callers.flatMap(({ wrong }) => wrong),
    ];
  }

  /** Codes of the 503s that were told, with how often. */
  unavailable() {
    const total = {};
    for (const { unavailable } of this.#callers) {
      for (const [code, times] of unavailable) total[code] = (total[code] ?? 0) + times;
    }
    return total;
  }
}
