import { BSON } from 'mongodb';

const HEADER = 16;
const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;
/** The size, request id, response id and operation of a message are 32-bit numbers, in that order. */
const OPERATION_AT = 12;

/** Cuts a stream of bytes into messages of the protocol. */
export function frames(receive) {
  let rest = Buffer.alloc(0);
  return (data) => {
    rest = Buffer.concat([rest, data]);
    while (rest.length >= HEADER && rest.length >= rest.readInt32LE(0)) {
      const size = rest.readInt32LE(0);
      receive(rest.subarray(0, size));
      rest = rest.subarray(size);
    }
  };
}

/** The command in a message: a document whose first member is its name. */
export function commandIn(frame) {
  const operation = frame.readInt32LE(OPERATION_AT);
  if (operation === OP_MSG) return documentAt(frame, HEADER + 5);
  // A handshake still comes as a query of a collection named $cmd: flags, name, two numbers, the command.
  if (operation === OP_QUERY) return documentAt(frame, frame.indexOf(0, HEADER + 4) + 9);
  throw new Error(`The proxy does not know operation ${operation}.`);
}

function documentAt(frame, at) {
  return BSON.deserialize(frame.subarray(at, at + frame.readInt32LE(at)));
}

/** A message that answers another one with a document. */
export function replyTo(frame, document) {
  const isQuery = frame.readInt32LE(OPERATION_AT) === OP_QUERY;
  const body = BSON.serialize(document);
  const before = Buffer.alloc(HEADER + (isQuery ? 20 : 5));
  before.writeInt32LE(before.length + body.length, 0);
  before.writeInt32LE(frame.readInt32LE(4), 8);
  before.writeInt32LE(isQuery ? OP_REPLY : OP_MSG, OPERATION_AT);
  if (isQuery) before.writeInt32LE(1, HEADER + 16);
  return Buffer.concat([before, body]);
}
