import { Body, type Type as Class, Controller, Inject, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Requires } from '#access';
import { aRecord, noteIdOf, PLURALS, type RecordType, recordName, type Uuid } from '#crm';
import { BEHIND_READ_FROM, NOTES } from '#read-side';
import type { CommandResult } from '#write-side';
import { LEADLEDGER, type Leadledger } from '../composition/leadledger.js';
import { Call } from '../http/call.js';
import { COMMAND_ANSWER, EXAMPLE_COMMAND, EXAMPLE_ID, EXAMPLE_INSTANT } from '../http/examples.js';
import { named } from '../http/named.js';
import { Route } from '../http/route.js';
import { closed, lines, OCCURRED_AT, optional } from '../http/schemas.js';
import { PAGING, type PagingQuery } from '../reading/list-query.js';
import { noteOf } from '../reading/note-of.js';
import { type Listed, pageOf } from '../reading/page-of.js';
import { visibleRecord } from '../reading/visible-record.js';
import { EXAMPLE_FILE, type FileInput, OPTIONAL_ATTACHMENTS, storeFiles } from './attachments.js';
import { onRecord } from './on-record.js';

interface NoteBody {
  readonly text?: string;
  readonly attachments?: readonly FileInput[];
}
const TEXT = lines('The note.');
const NOTES_READ_FROM = [NOTES.name, ...BEHIND_READ_FROM];
const CONDITIONAL = { command: true, conditional: true } as const;

/** Notes on records of one type. */
export function notesController(type: RecordType): Class {
  @ApiTags(PLURALS[type])
  @Controller(`v1/${PLURALS[type]}`)
  class NotesController {
    constructor(@Inject(LEADLEDGER) private readonly ledger: Leadledger) {}

    @Route('POST', ':id/notes', {
      summary: `Writes a note on ${aRecord(type)}`,
      access: Requires('edit', type),
      body: closed({
        text: optional(TEXT),
        attachments: OPTIONAL_ATTACHMENTS,
        ...OCCURRED_AT,
      }),
      example: { text: 'Khách thích mẫu C6T.', attachments: [EXAMPLE_FILE] },
      answer: {
        status: 201,
        description: 'Written.',
        schema: 'NoteResult',
        example: { ...EXAMPLE_COMMAND, noteId: EXAMPLE_ID },
      },
      ...CONDITIONAL,
    })
    async write(
      @Body() { text = '', attachments }: NoteBody,
      @Call() call: Call,
    ): Promise<CommandResult & { readonly noteId: Uuid }> {
      let noteId: Uuid = '';
      const result = await onRecord(this.ledger, type, call, async ({ commandId }, id) => {
        noteId = noteIdOf(commandId, id);
        const stored = await storeFiles(this.ledger.stores.files, attachments, commandId, id);
        return { kind: 'add-note', text, attachments: stored };
      });
      return { ...result, noteId };
    }

    @Route('GET', ':id/notes', {
      summary: `Lists notes of ${aRecord(type)}`,
      description:
        'Those of the records behind it (merged into it, or that it came from) are among them.',
      access: Requires('read', type),
      query: closed(PAGING),
      answer: {
        description: 'A page, newest first.',
        schema: 'NotePage',
        example: { items: [{ id: EXAMPLE_ID, text: 'Khách thích mẫu C6T.', at: EXAMPLE_INSTANT }] },
      },
      refusals: [503],
    })
    async list(@Query() paging: PagingQuery, @Call() { request }: Call): Promise<Listed<object>> {
      const record = await visibleRecord(this.ledger, type, request, NOTES_READ_FROM);
      const page = await this.ledger.read.queries.listNotes({ ...paging, record });
      return pageOf(page, ({ homeKey: _key, ...note }) => note);
    }

    @Route('PATCH', ':id/notes/:noteId', {
      summary: `Rewrites a note on ${aRecord(type)}`,
      access: Requires('edit', type),
      body: closed({ text: TEXT, ...OCCURRED_AT }),
      example: { text: 'Khách thích mẫu C8C.' },
      answer: COMMAND_ANSWER,
      ...CONDITIONAL,
    })
    edit(
      @Param('noteId') noteId: Uuid,
      @Body() { text }: { readonly text: string },
      @Call() call: Call,
    ): Promise<CommandResult> {
      return onRecord(this.ledger, type, call, async () => {
        const note = await noteOf(this.ledger, type, call.request, noteId);
        return { kind: 'edit-note', noteId, from: note?.text ?? '', to: text };
      });
    }

    @Route('DELETE', ':id/notes/:noteId', {
      summary: `Takes a note off ${aRecord(type)}`,
      access: Requires('edit', type),
      body: closed(OCCURRED_AT),
      answer: COMMAND_ANSWER,
      ...CONDITIONAL,
    })
    remove(@Param('noteId') noteId: Uuid, @Call() call: Call): Promise<CommandResult> {
      return onRecord(this.ledger, type, call, { kind: 'remove-note', noteId });
    }
  }
  return named(NotesController, `${recordName(type)}Notes`);
}
