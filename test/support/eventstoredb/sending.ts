import type { GrpcCall, Message } from './grpc-call.js';

/** Sends as fast as the client takes it. */
export async function sendAll<Item>(
  call: GrpcCall,
  items: Iterable<Item>,
  messageOf: (item: Item) => Message,
): Promise<void> {
  for (const item of items) {
    if (call.ended) return;
    call.send(messageOf(item));
    await call.drained();
  }
}
