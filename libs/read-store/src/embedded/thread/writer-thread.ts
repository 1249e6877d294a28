import { parentPort, workerData } from 'node:worker_threads';
import { openEmbeddedReadStore } from '../open-embedded-read-store.js';
import { hostWriter } from './host-writer.js';

/** What the thread is started with. */
export interface WriterThreadData {
  readonly folder: string;
}

/** A thread's program: writes the read store of a folder for the thread that folds. */
const { folder } = workerData as WriterThreadData;
if (!parentPort) throw new Error('This is the program of a thread.');
hostWriter(parentPort, (onRecreated) => openEmbeddedReadStore({ folder, onRecreated }));
