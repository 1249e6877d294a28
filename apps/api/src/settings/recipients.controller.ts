import { Body, Controller, Inject, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Static } from '@sinclair/typebox';
import type { AddRecipientRule, EditRecipientRule } from '#crm';
import type { SettingsResult } from '#write-side';
import { LEADLEDGER, type Leadledger } from '../composition/leadledger.js';
import { Call } from '../http/call.js';
import { Route } from '../http/route.js';
import { closed, optional } from '../http/schemas.js';
import { changeSettings, settingsRoute } from './change-settings.js';
import { FILTER, RECIPIENTS, RULE_ID, RULE_NAME, RULE_PARAM } from './rule-schemas.js';

const ADD_BODY = closed({
  ruleId: RULE_ID,
  name: RULE_NAME,
  filter: optional(FILTER),
  to: RECIPIENTS,
});
const EDIT_BODY = closed({
  name: optional(RULE_NAME),
  filter: optional(FILTER),
  to: optional(RECIPIENTS),
});

/** Who is told of new opportunities (PRODUCT.md P6). */
@ApiTags('settings')
@Controller('v1/settings/recipients')
export class RecipientsController {
  constructor(@Inject(LEADLEDGER) private readonly ledger: Leadledger) {}

  @Route(
    'POST',
    '',
    settingsRoute({
      summary: 'Adds a rule of who is told of new opportunities',
      body: ADD_BODY,
      example: {
        ruleId: 'large',
        name: 'Hợp đồng lớn',
        filter: { 'expectedRevenue.amount': { $gte: 100_000_000 } },
        to: [{ kind: 'role', role: 'manager' }],
      },
    }),
  )
  add(@Body() body: Static<typeof ADD_BODY>, @Call() call: Call): Promise<SettingsResult> {
    const rule = body as Omit<AddRecipientRule, 'kind'>;
    return changeSettings(this.ledger, call, { kind: 'add-recipient-rule', ...rule });
  }

  @Route(
    'PATCH',
    ':ruleId',
    settingsRoute({
      summary: 'Edits a rule of who is told',
      params: RULE_PARAM,
      body: EDIT_BODY,
      example: { to: [{ kind: 'role', role: 'admin' }] },
    }),
  )
  edit(
    @Param('ruleId') ruleId: string,
    @Body() body: Static<typeof EDIT_BODY>,
    @Call() call: Call,
  ): Promise<SettingsResult> {
    const parts = body as Omit<EditRecipientRule, 'kind' | 'ruleId'>;
    return changeSettings(this.ledger, call, { kind: 'edit-recipient-rule', ruleId, ...parts });
  }

  @Route(
    'DELETE',
    ':ruleId',
    settingsRoute({ summary: 'Retires a rule of who is told', params: RULE_PARAM }),
  )
  retire(@Param('ruleId') ruleId: string, @Call() call: Call): Promise<SettingsResult> {
    return changeSettings(this.ledger, call, { kind: 'retire-recipient-rule', ruleId });
  }

  @Route(
    'POST',
    ':ruleId/restoration',
    settingsRoute({ summary: 'Brings a retired rule of who is told back', params: RULE_PARAM }),
  )
  restore(@Param('ruleId') ruleId: string, @Call() call: Call): Promise<SettingsResult> {
    return changeSettings(this.ledger, call, { kind: 'restore-recipient-rule', ruleId });
  }
}
