import { Body, Controller, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Requires } from '#access';
import type { ActivityCommand, RecordRef, Uuid } from '#crm';
import type { CommandResult } from '#write-side';
import { LEADLEDGER, type Leadledger } from '../composition/leadledger.js';
import { answerCommand, answerCreation } from '../http/answers.js';
import { Call } from '../http/call.js';
import { envelopeOf } from '../http/envelope-of.js';
import { COMMAND_ANSWER, CREATED_ANSWER, EXAMPLE_ID, EXAMPLE_INSTANT } from '../http/examples.js';
import { Route } from '../http/route.js';
import type { RouteSpec } from '../http/route-spec.js';
import { closed, OCCURRED_AT } from '../http/schemas.js';
import {
  ASSIGN,
  CANCEL,
  COMPLETE,
  EDIT,
  type EditBody,
  LINKED,
  PLAN,
  type PlanBody,
  RESCHEDULE,
} from './activity-schemas.js';

const LINK_EXAMPLE = { type: 'lead', id: EXAMPLE_ID };
const change = (spec: Pick<RouteSpec, 'summary' | 'access' | 'body' | 'example'>): RouteSpec => ({
  ...spec,
  answer: COMMAND_ANSWER,
  command: true,
  conditional: true,
});

/** Commands on activities (PRODUCT.md P1). */
@ApiTags('activities')
@Controller('v1/activities')
export class ActivityCommandsController {
  constructor(@Inject(LEADLEDGER) private readonly ledger: Leadledger) {}

  @Route('POST', '', {
    summary: 'Plans an activity',
    access: Requires('create'),
    body: PLAN,
    example: {
      kind: 'call',
      subject: 'Gọi lại báo giá',
      dueAt: EXAMPLE_INSTANT,
      links: [LINK_EXAMPLE],
    },
    answer: CREATED_ANSWER,
    command: true,
  })
  async plan(@Body() body: PlanBody, @Call() { request, reply }: Call): Promise<CommandResult> {
    const { occurredAt: _at, links, ...activity } = body;
    const envelope = envelopeOf(request, this.ledger);
    const planned = { ...activity, links: links as readonly RecordRef[] };
    const result = await this.ledger.write.activities.plan(planned, envelope);
    return answerCreation(reply, 'v1/activities', result);
  }

  @Route(
    'PATCH',
    ':id',
    change({
      summary: 'Edits an activity',
      access: Requires('edit'),
      body: EDIT,
      example: { subject: 'Gọi lại báo giá camera' },
    }),
  )
  edit(@Body() body: EditBody, @Call() call: Call): Promise<CommandResult> {
    const { occurredAt: _at, kind, ...rest } = body;
    return this.on(call, { kind: 'edit', ...rest, ...(kind && { activityKind: kind }) });
  }

  @Route(
    'POST',
    ':id/completion',
    change({
      summary: 'Marks an activity done',
      access: Requires('edit'),
      body: COMPLETE,
      example: { outcome: 'Khách hẹn thứ Hai.' },
    }),
  )
  complete(
    @Body() { outcome }: { readonly outcome?: string },
    @Call() call: Call,
  ): Promise<CommandResult> {
    return this.on(call, { kind: 'complete', ...(outcome !== undefined && { outcome }) });
  }

  @Route(
    'POST',
    ':id/cancellation',
    change({
      summary: 'Cancels an activity',
      access: Requires('edit'),
      body: CANCEL,
      example: { reason: 'Khách bận.' },
    }),
  )
  cancel(
    @Body() { reason }: { readonly reason?: string },
    @Call() call: Call,
  ): Promise<CommandResult> {
    return this.on(call, { kind: 'cancel', ...(reason !== undefined && { reason }) });
  }

  @Route(
    'POST',
    ':id/reopening',
    change({
      summary: 'Plans a done or cancelled activity again',
      access: Requires('edit'),
      body: closed(OCCURRED_AT),
    }),
  )
  reopen(@Call() call: Call): Promise<CommandResult> {
    return this.on(call, { kind: 'reopen' });
  }

  @Route(
    'POST',
    ':id/due',
    change({
      summary: 'Moves an activity to another time',
      access: Requires('edit'),
      body: RESCHEDULE,
      example: { dueAt: EXAMPLE_INSTANT },
    }),
  )
  reschedule(
    @Body() { dueAt }: { readonly dueAt: string | null },
    @Call() call: Call,
  ): Promise<CommandResult> {
    return this.on(call, { kind: 'reschedule', dueAt });
  }

  @Route(
    'POST',
    ':id/assignment',
    change({
      summary: 'Gives an activity to somebody else',
      access: Requires('assign'),
      body: ASSIGN,
      example: { assigneeId: EXAMPLE_ID },
    }),
  )
  assign(
    @Body() { assigneeId }: { readonly assigneeId: Uuid | null },
    @Call() call: Call,
  ): Promise<CommandResult> {
    return this.on(call, { kind: 'reassign', assigneeId });
  }

  @Route(
    'POST',
    ':id/links',
    change({
      summary: 'Links an activity to one more record',
      access: Requires('edit'),
      body: LINKED,
      example: LINK_EXAMPLE,
    }),
  )
  link(@Body() { type, id }: RecordRef, @Call() call: Call): Promise<CommandResult> {
    return this.on(call, { kind: 'link', link: { type, id } });
  }

  @Route(
    'DELETE',
    ':id/links',
    change({
      summary: 'Takes a link off an activity',
      access: Requires('edit'),
      body: LINKED,
      example: LINK_EXAMPLE,
    }),
  )
  unlink(@Body() { type, id }: RecordRef, @Call() call: Call): Promise<CommandResult> {
    return this.on(call, { kind: 'unlink', link: { type, id } });
  }

  @Route(
    'DELETE',
    ':id',
    change({
      summary: 'Deletes an activity; its history stays',
      access: Requires('delete'),
      body: closed(OCCURRED_AT),
    }),
  )
  remove(@Call() call: Call): Promise<CommandResult> {
    return this.on(call, { kind: 'delete' });
  }

  @Route(
    'POST',
    ':id/restore',
    change({
      summary: 'Brings a deleted activity back',
      access: Requires('delete'),
      body: closed(OCCURRED_AT),
    }),
  )
  restore(@Call() call: Call): Promise<CommandResult> {
    return this.on(call, { kind: 'restore' });
  }

  private async on(
    { request, reply }: Call,
    command: Exclude<ActivityCommand, { kind: 'plan' }>,
  ): Promise<CommandResult> {
    const { id } = request.params as { readonly id: Uuid };
    const envelope = envelopeOf(request, this.ledger);
    return answerCommand(reply, await this.ledger.write.activities.handle(id, command, envelope));
  }
}
