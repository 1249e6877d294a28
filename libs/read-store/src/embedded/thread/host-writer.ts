import { LeaseLost, ReadStoreUnavailable } from '../../errors.js';
import type { ReadStore, WriteBatch } from '../../read-store.port.js';
import type { PutText } from '../write-documents.js';
import type { CarriedError, FromWriter, TextBatch, ToWriter, WriterCall } from './messages.js';

/** Where the messages come and go: `parentPort` of a worker thread, or one end of a `MessageChannel`. */
export interface WriterPort {
  postMessage(message: FromWriter): void;
  on(event: 'message', listener: (message: ToWriter) => void): unknown;
}

/** Serves a store's writes to the other end of a port, in the order that they come. */
export function hostWriter(
  port: WriterPort,
  open: (onRecreated: (why: string) => void) => ReadStore,
): void {
  let recreated: string | undefined;
  const store = open((why) => {
    recreated = why;
  });

  function carryOut(call: WriterCall): Promise<void> {
    switch (call.what) {
      case 'write':
        return store.write(batchOf(call.batch));
      case 'ensure':
        return store.ensure(call.collection);
      case 'drop':
        return store.drop(call.collection, call.fence);
      case 'forget':
        return store.forget(call.name, call.fence);
      case 'close':
        return store.close();
    }
  }

  port.on('message', ({ id, call }) => {
    carryOut(call).then(
      () => port.postMessage({ kind: 'done', id }),
      (error: unknown) => port.postMessage({ kind: 'failed', id, error: carried(error) }),
    );
  });
  port.postMessage({ kind: 'opened', ...(recreated !== undefined && { recreated }) });
}

function carried(error: unknown): CarriedError {
  if (error instanceof ReadStoreUnavailable) return { why: error.why };
  if (error instanceof LeaseLost) return { lease: error.lease, token: error.token };
  return { misuse: error instanceof Error ? error.message : String(error) };
}

function batchOf({ collections, checkpoints, fence }: TextBatch): WriteBatch {
  const writes = collections.flatMap(({ collection, writes }) =>
    writes.map(([position, text, id]) =>
      text === undefined
        ? ({ kind: 'remove', collection, id: id ?? '', position } as const)
        : ({
            kind: 'put',
            collection,
            document: JSON.parse(text),
            position,
            text,
          } satisfies PutText),
    ),
  );
  return { writes, checkpoints, ...(fence && { fence }) };
}
