import { Body, type Type as Class, Controller, Inject, Param, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Requires } from '#access';
import { aRecord, PLURALS, type RecordType, Refusal, recordName, type Uuid } from '#crm';
import { BEHIND_READ_FROM, NOTES } from '#read-side';
import type { CommandResult } from '#write-side';
import { LEADLEDGER, type Leadledger } from '../composition/leadledger.js';
import { Call } from '../http/call.js';
import { COMMAND_ANSWER, EXAMPLE_ID } from '../http/examples.js';
import { named } from '../http/named.js';
import { Route } from '../http/route.js';
import { AFTER, closed, OCCURRED_AT } from '../http/schemas.js';
import { type AttachedFile, attachmentsOf } from '../reading/attachments-of.js';
import type { Listed } from '../reading/page-of.js';
import { visibleRecord } from '../reading/visible-record.js';
import { ATTACHMENTS, EXAMPLE_FILE, type FileInput, storeFiles } from './attachments.js';
import { downloadHeaders } from './download-headers.js';
import { onRecord } from './on-record.js';

const FILES_READ_FROM = [NOTES.name, ...BEHIND_READ_FROM];

/** Files on records of one type. */
export function attachmentsController(type: RecordType): Class {
  @ApiTags(PLURALS[type])
  @Controller(`v1/${PLURALS[type]}`)
  class AttachmentsController {
    constructor(@Inject(LEADLEDGER) private readonly ledger: Leadledger) {}

    @Route('POST', ':id/attachments', {
      summary: `Attaches files to ${aRecord(type)}`,
      access: Requires('edit', type),
      body: closed({ attachments: ATTACHMENTS, ...OCCURRED_AT }),
      example: { attachments: [EXAMPLE_FILE] },
      answer: COMMAND_ANSWER,
      command: true,
      conditional: true,
    })
    attach(
      @Body() { attachments: files }: { readonly attachments: readonly FileInput[] },
      @Call() call: Call,
    ): Promise<CommandResult> {
      return onRecord(this.ledger, type, call, async ({ commandId }, id) => {
        const attachments = await storeFiles(this.ledger.stores.files, files, commandId, id);
        return { kind: 'add-attachments', attachments };
      });
    }

    @Route('GET', ':id/attachments', {
      summary: `Lists the files of ${aRecord(type)}, of its notes, and of the records behind it`,
      access: Requires('read', type),
      query: closed({ after: AFTER }),
      answer: {
        description: 'The files.',
        schema: 'AttachmentList',
        example: { items: [{ id: EXAMPLE_ID, name: 'bao-gia.txt', mediaType: 'text/plain' }] },
      },
      refusals: [503],
    })
    async list(@Call() { request }: Call): Promise<Listed<AttachedFile>> {
      const record = await visibleRecord(this.ledger, type, request, FILES_READ_FROM);
      const { files, incomplete } = await attachmentsOf(this.ledger, record);
      return { items: files, ...(incomplete && { incomplete }) };
    }

    @Route('GET', ':id/attachments/:attachmentId', {
      summary: 'Downloads a file',
      access: Requires('read', type),
      query: closed({ after: AFTER }),
      answer: {
        description: 'The content.',
        schema: 'Text',
        example: 'Báo giá',
        mediaType: 'application/octet-stream',
      },
      refusals: [503],
    })
    async download(
      @Param('attachmentId') attachmentId: Uuid,
      @Call() { request }: Call,
      @Res() reply: FastifyReply,
    ): Promise<void> {
      const record = await visibleRecord(this.ledger, type, request, FILES_READ_FROM);
      const { files } = await attachmentsOf(this.ledger, record);
      const file = files.find(({ id }) => id === attachmentId);
      const content = file && (await this.ledger.stores.files.get(file.sha256));
      if (!file || !content) {
        throw new Refusal('not-found', 'attachment_not_found', 'There is no such attachment.');
      }
      await reply.headers(downloadHeaders(file)).send(content);
    }

    @Route('DELETE', ':id/attachments/:attachmentId', {
      summary: `Takes a file off ${aRecord(type)}`,
      access: Requires('edit', type),
      body: closed(OCCURRED_AT),
      answer: COMMAND_ANSWER,
      command: true,
      conditional: true,
    })
    remove(@Param('attachmentId') attachmentId: Uuid, @Call() call: Call): Promise<CommandResult> {
      return onRecord(this.ledger, type, call, { kind: 'remove-attachment', attachmentId });
    }
  }
  return named(AttachmentsController, `${recordName(type)}Attachments`);
}
