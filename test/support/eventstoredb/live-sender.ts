import type { GrpcCall, Message } from './grpc-call.js';
import { TOO_SLOW } from './status.js';

/** Sends what happens live, and drops a client that does not keep up. */
export interface LiveSender {
  send(message: Message): void;
  /** What was given is the rest of an append: now it counts whether the client keeps up. */
  settle(): void;
}

/** What the server holds for a client whose window is full, and how much of it the client still gets when it is dropped. */
const HELD = 64;
const GIVEN_ON_DROP = 32;

/**
 * A client takes what its HTTP/2 window has room for. Behind that the server holds some messages, and ends the call when they
 * are more: one append can be enough, however fast the client reads.
 */
export function createLiveSender(call: GrpcCall): LiveSender {
  const held: Message[] = [];
  let unsent = 0;
  let dropped = false;

  function pump(): void {
    while (held.length > 0 && !call.ended && unsent < call.window) {
      let bytes = 0;
      bytes = call.send(held.shift() as Message, () => {
        unsent -= bytes;
        pump();
      });
      unsent += bytes;
    }
    if (dropped && held.length === 0) call.end(TOO_SLOW);
  }

  return {
    send(message) {
      if (!dropped) held.push(message);
    },
    settle() {
      pump();
      if (dropped || held.length <= HELD) return;
      dropped = true;
      held.length = GIVEN_ON_DROP;
    },
  };
}
