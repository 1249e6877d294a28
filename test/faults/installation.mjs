import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cleanEnvironment, freePort, startProgram } from '../../.ci/support/server.mjs';
import { startStandInProcess } from '../support/eventstoredb/stand-in-process.mjs';
import { startWireServer } from '../support/mongodb/wire-server.mjs';
import { Caller } from './caller.mjs';
import { ROOT, startProduct } from './product.mjs';

const WORKER_START_MS = 60_000;

/** The product as it runs on several machines: two servers that keep everything, and processes that keep nothing. */
export class Installation {
  apis = [];
  workers = [];
  #folder = mkdtempSync(join(tmpdir(), 'installation-'));
  #folders = 0;
  #mongo;

  /** Starts the servers that keep everything. */
  async openStores() {
    this.events = await startStandInProcess();
    // On a file, to be there when the server comes back.
    this.#mongo = await startWireServer({ file: join(this.#folder, 'mongo.h2') });
    this.mongoUrl = this.#mongo.url;
  }

  /** In good order: the wire server's file would lose its last second otherwise, which a MongoDB with a journal does not. */
  stopReadStore() {
    return this.#mongo.stop();
  }

  async restartReadStore() {
    const { port } = this.#mongo;
    this.#mongo = await startWireServer({ file: join(this.#folder, 'mongo.h2'), port });
  }

  /** An api that leaves projections and processes to the workers. The first one's token is for all. */
  async addApi() {
    const folder = this.#newFolder();
    const { program, url } = await startProduct(folder, {
      ...this.#servers(),
      LEADLEDGER_WORKER: 'off',
    });
    const { token } = this.apis[0]?.caller ?? Caller.ofAdmin(url, folder);
    this.apis.push({ program, url, caller: new Caller(url, token, 64) });
  }

  /** @returns the program, with where it tells its health */
  async addWorker() {
    const port = await freePort();
    const program = startProgram(process.execPath, [join(ROOT, 'dist/apps/worker/src/main.js')], {
      cwd: ROOT,
      env: cleanEnvironment({
        ...this.#servers(),
        LEADLEDGER_DATA: this.#newFolder(),
        LEADLEDGER_LOG_LEVEL: 'error',
        LEADLEDGER_HEALTH_PORT: String(port),
      }),
    });
    const worker = Object.assign(program, { healthUrl: `http://127.0.0.1:${port}` });
    this.workers.push(worker);
    await worker.until('at work', WORKER_START_MS, () => worker.output.includes('at work'));
    return worker;
  }

  /** Stops all processes of the product, as a deployment does. @returns their exit codes */
  async stopProcesses() {
    for (const { caller } of this.apis) caller.close();
    const programs = [...this.workers, ...this.apis.map(({ program }) => program)];
    this.workers = [];
    this.apis = [];
    return Promise.all(programs.map((program) => program.stop('SIGTERM')));
  }

  async close() {
    await this.#mongo?.stop();
    await this.events?.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #servers() {
    return { EVENTSTORE_URL: this.events.url, MONGODB_URL: this.mongoUrl };
  }

  #newFolder() {
    this.#folders += 1;
    return join(this.#folder, `data ${this.#folders}`);
  }
}
