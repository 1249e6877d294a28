import type { RecordType, Uuid } from '#crm';
import type { AnyRecordCommand, CommandResult, Envelope } from '#write-side';
import type { Leadledger } from '../composition/leadledger.js';
import { answerCommand } from '../http/answers.js';
import type { Call } from '../http/call.js';
import { envelopeOf } from '../http/envelope-of.js';

type Command = Exclude<AnyRecordCommand, { kind: 'capture' }>;

/** Carries out a command on the record that the path names, and answers it. */
export async function onRecord(
  ledger: Leadledger,
  type: RecordType,
  call: Call,
  make: Command | ((envelope: Envelope, id: Uuid) => Promise<Command>),
): Promise<CommandResult> {
  const { id } = call.request.params as { readonly id: Uuid };
  const envelope = envelopeOf(call.request, ledger);
  const command = typeof make === 'function' ? await make(envelope, id) : make;
  return answerCommand(call.reply, await ledger.write.records.handle(type, id, command, envelope));
}
