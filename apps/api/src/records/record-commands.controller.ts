import { Body, type Type as Class, Controller, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Requires } from '#access';
import { aRecord, type JsonObject, PLURALS, type RecordType, recordName, type Uuid } from '#crm';
import type { CommandResult } from '#write-side';
import { LEADLEDGER, type Leadledger } from '../composition/leadledger.js';
import { answerCreation } from '../http/answers.js';
import { Call } from '../http/call.js';
import { envelopeOf } from '../http/envelope-of.js';
import { COMMAND_ANSWER, EXAMPLE_COMMAND } from '../http/examples.js';
import { named } from '../http/named.js';
import { Route } from '../http/route.js';
import { closed, lines, OCCURRED_AT, optional } from '../http/schemas.js';
import { duplicatesOf } from './duplicates.js';
import { onRecord } from './on-record.js';
import { captureBody, editBody, exampleOf, fieldsIn } from './record-schemas.js';

interface ValuesBody extends Readonly<Record<string, unknown>> {
  readonly custom?: JsonObject;
}
interface CaptureBody extends ValuesBody {
  readonly tags?: readonly string[];
  readonly ownerId?: Uuid | null;
  readonly teamId?: Uuid | null;
  readonly pipelineId?: string;
  readonly stageId?: string;
}

const CONDITIONAL = { command: true, conditional: true } as const;

/** Capture, edit, delete and restore of one record type. */
export function recordCommandsController(type: RecordType): Class {
  const path = `v1/${PLURALS[type]}`;

  @ApiTags(PLURALS[type])
  @Controller(path)
  class RecordCommandsController {
    constructor(@Inject(LEADLEDGER) private readonly ledger: Leadledger) {}

    @Route('POST', '', {
      summary: `Captures ${aRecord(type)}`,
      description: 'The answer lists records that look like the same, as far as you may read them.',
      access: Requires('create', type),
      body: captureBody(type),
      example: { ...exampleOf(type), tags: ['VIP'] },
      answer: {
        status: 201,
        description: 'Captured, at the address in Location.',
        schema: 'CaptureResult',
        example: { ...EXAMPLE_COMMAND, revision: 0, duplicates: [] },
      },
      command: true,
    })
    async capture(@Body() body: CaptureBody, @Call() call: Call): Promise<CommandResult> {
      const { custom = {}, tags = [], ownerId, teamId, pipelineId, stageId } = body;
      const fields = fieldsIn(type, body) as JsonObject;
      const command = {
        ...({ kind: 'capture', fields, custom, tags } as const),
        ...(ownerId && { ownerId }),
        ...(teamId && { teamId }),
        ...(pipelineId !== undefined && { pipelineId }),
        ...(stageId !== undefined && { stageId }),
      };
      const envelope = envelopeOf(call.request, this.ledger);
      const result = await this.ledger.write.records.capture(type, command, envelope);
      const values = { fields, custom };
      const duplicates = await duplicatesOf(type, result.id, values, call.request, this.ledger);
      return answerCreation(call.reply, path, { ...result, duplicates });
    }

    @Route('PATCH', ':id', {
      summary: `Edits fields of ${aRecord(type)}`,
      description: 'Null empties a field; what is left out stays.',
      access: Requires('edit', type),
      body: editBody(type),
      example: exampleOf(type, ['jobTitle', 'need', 'website']),
      answer: COMMAND_ANSWER,
      ...CONDITIONAL,
    })
    edit(@Body() body: ValuesBody, @Call() call: Call): Promise<CommandResult> {
      const fields = fieldsIn(type, body) as JsonObject;
      const { custom = {} } = body;
      return onRecord(this.ledger, type, call, { kind: 'edit', fields, custom });
    }

    @Route('DELETE', ':id', {
      summary: `Deletes ${aRecord(type)}; its history stays`,
      access: Requires('delete', type),
      body: closed({ reason: optional(lines('Why.')), ...OCCURRED_AT }),
      example: { reason: 'Trùng' },
      answer: COMMAND_ANSWER,
      ...CONDITIONAL,
    })
    remove(
      @Body() { reason }: { readonly reason?: string },
      @Call() call: Call,
    ): Promise<CommandResult> {
      const told = reason === undefined ? {} : { reason };
      return onRecord(this.ledger, type, call, { kind: 'delete', ...told });
    }

    @Route('POST', ':id/restore', {
      summary: `Brings a deleted ${type} back`,
      access: Requires('delete', type),
      body: closed(OCCURRED_AT),
      answer: COMMAND_ANSWER,
      ...CONDITIONAL,
    })
    restore(@Call() call: Call): Promise<CommandResult> {
      return onRecord(this.ledger, type, call, { kind: 'restore' });
    }
  }
  return named(RecordCommandsController, `${recordName(type)}RecordCommands`);
}
