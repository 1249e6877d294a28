import { EventEmitter } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { silentLogger } from '../logging/logger.port.js';
import { createShutdown } from './shutdown.js';
import { stopOnSignals } from './stop-on-signals.js';

const never = () => new Promise<void>(() => {});

describe('a shutdown', () => {
  it('closes one part after the other, in order', async () => {
    const shutdown = createShutdown(silentLogger);
    const trace: string[] = [];
    shutdown.add('server', async () => {
      trace.push('server stops');
      await turn();
      trace.push('server stopped');
    });
    shutdown.add('store', () => void trace.push('store stopped'));
    expect(await shutdown.run('SIGTERM')).toEqual({ clean: true, unfinished: [] });
    expect(trace).toEqual(['server stops', 'server stopped', 'store stopped']);
  });

  it('runs once however often it is asked', async () => {
    const shutdown = createShutdown(silentLogger);
    let closed = 0;
    shutdown.add('store', () => {
      closed += 1;
    });
    await Promise.all([shutdown.run('a'), shutdown.run('b')]);
    expect(closed).toBe(1);
  });

  it('goes on after a part that fails or hangs', async () => {
    const shutdown = createShutdown(silentLogger, 30);
    let closed = false;
    shutdown.add('failing', () => {
      throw new Error('x');
    });
    shutdown.add('hanging', never);
    shutdown.add('store', async () => {
      await turn();
      closed = true;
    });
    expect(await shutdown.run('SIGTERM')).toEqual({
      clean: false,
      unfinished: ['failing', 'hanging'],
    });
    expect(closed).toBe(true);
  });
});

describe('signals', () => {
  it('stop the process with the code of a clean stop', async () => {
    const [shutdown, source, codes] = [
      createShutdown(silentLogger),
      new EventEmitter(),
      [] as number[],
    ];
    stopOnSignals(shutdown, (code) => void codes.push(code), source);
    source.emit('SIGTERM');
    await shutdown.run('again');
    await turn();
    expect(codes).toEqual([0]);
  });

  it('stop it at once when they come again, but not when one Ctrl-C arrives twice', async () => {
    const [shutdown, source, codes] = [
      createShutdown(silentLogger, 10),
      new EventEmitter(),
      [] as number[],
    ];
    let now = 0;
    shutdown.add('hanging', never);
    stopOnSignals(
      shutdown,
      (code) => void codes.push(code),
      source,
      () => now,
    );
    source.emit('SIGINT');
    source.emit('SIGINT');
    expect(codes).toEqual([]);
    now = 501;
    source.emit('SIGTERM');
    source.emit('SIGTERM');
    expect(codes).toEqual([1]);
  });
});
