import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { cleanEnvironment } from '../../.ci/support/server.mjs';
import { ROOT } from './product.mjs';

const READY_WITHIN_MS = 60_000;
const PROGRAM = join(ROOT, 'test/faults/reminding.mjs');

/**
 * Runs one act of `reminding.mjs` to its end.
 * @param servers variables of the environment that name them; none for the data folder
 * @returns what it told last
 */
export async function runToEnd(folder, servers, act, ...rest) {
  const child = spawn(process.execPath, [PROGRAM, folder, act, ...rest.map(String)], {
    env: cleanEnvironment(servers),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let told = {};
  createInterface({ input: child.stdout }).on('line', (line) => {
    told = JSON.parse(line);
  });
  const [code] = await once(child, 'close');
  assert.equal(code, 0, `${act} ended with ${code}`);
  return told;
}

/** A process of the product that reminds, on a clock that can be moved, until it is killed. */
export class RemindingProcess {
  /** Issued since it started. */
  issued = 0;
  /** Bytes of memory, by what was issued. */
  memory = [];
  #isReady = false;
  #child;
  #ended;
  #heard = () => undefined;

  /** @param act with what it takes: `['remind', 0]`, `['beside']` */
  constructor(folder, servers, act) {
    this.#child = spawn(process.execPath, [PROGRAM, folder, ...act.map(String)], {
      env: cleanEnvironment(servers),
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.#ended = once(this.#child, 'close');
    createInterface({ input: this.#child.stdout }).on('line', (line) => {
      const { ready, issued, rss } = JSON.parse(line);
      if (ready) this.#isReady = true;
      if (issued !== undefined) {
        this.issued = issued;
        this.memory.push({ issued, rss });
      }
      this.#heard();
    });
  }

  /** How far its clock is ahead of the world's. */
  setClock(aheadMs) {
    this.#child.stdin.write(`clock ${aheadMs}\n`);
  }

  /** Resolves once it has issued so many. @param limitMs from when it was ready */
  async until(issued, limitMs) {
    await this.#hear(READY_WITHIN_MS, 'ready', () => this.#isReady);
    await this.#hear(limitMs, `at ${issued}`, () => this.issued >= issued);
  }

  async #hear(limitMs, what, isSo) {
    const deadline = performance.now() + limitMs;
    while (!isSo()) {
      assert.equal(this.#child.exitCode, null, 'it ended by itself');
      const left = deadline - performance.now();
      assert.ok(left > 0, `not ${what} within ${limitMs} ms: ${this.issued} issued`);
      let timer;
      await new Promise((resolve) => {
        this.#heard = resolve;
        timer = setTimeout(resolve, left);
      });
      clearTimeout(timer);
    }
  }

  async kill() {
    this.#child.kill('SIGKILL');
    await this.#ended;
  }
}
