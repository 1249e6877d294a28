import type { Uuid } from '#crm';
import type { ConversionResult, ConvertCommand, Envelope } from '#write-side';
import type { Leadledger } from '../composition/leadledger.js';
import { answerCommand } from '../http/answers.js';
import type { Call } from '../http/call.js';
import { envelopeOf } from '../http/envelope-of.js';

/** Converts the lead that the path names, and answers what came of it. */
export async function answerConversion(
  ledger: Leadledger,
  call: Call,
  make: (envelope: Envelope, id: Uuid) => Promise<ConvertCommand>,
): Promise<ConversionResult> {
  const { id } = call.request.params as { readonly id: Uuid };
  const envelope = envelopeOf(call.request, ledger);
  const command = await make(envelope, id);
  return answerCommand(call.reply, await ledger.write.conversions.convert(id, command, envelope));
}
