import { Body, Controller, Inject, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Static, Type } from '@sinclair/typebox';
import type { AddAssignmentRule, EditAssignmentRule } from '#crm';
import type { SettingsResult } from '#write-side';
import { LEADLEDGER, type Leadledger } from '../composition/leadledger.js';
import { Call } from '../http/call.js';
import { EXAMPLE_ID } from '../http/examples.js';
import { Route } from '../http/route.js';
import { closed, line, optional } from '../http/schemas.js';
import { changeSettings, settingsRoute } from './change-settings.js';
import { FILTER, HANDLER, RULE_ID, RULE_NAME, RULE_PARAM } from './rule-schemas.js';

const ENABLED = optional(Type.Boolean({ description: 'Whether it is asked. True if left out.' }));
const ADD_BODY = closed({
  ruleId: RULE_ID,
  name: RULE_NAME,
  filter: FILTER,
  handler: HANDLER,
  enabled: ENABLED,
  index: optional(Type.Integer({ description: 'Its place, from 0; the last when left out.' })),
});
const EDIT_BODY = closed({
  name: optional(RULE_NAME),
  filter: optional(FILTER),
  handler: optional(HANDLER),
  enabled: optional(Type.Boolean({ description: 'Whether it is asked.' })),
});
const ORDER_BODY = closed({
  ruleIds: Type.Array(line('An id.', 64), {
    maxItems: 500,
    description: 'Every rule that is not retired, once, the first to be asked in front.',
  }),
});
const HANDLED = { kind: 'team', teamId: EXAMPLE_ID, method: 'round-robin', capacity: 20 };

/** Who gets which opportunities (PRODUCT.md P6, Tác vụ). */
@ApiTags('settings')
@Controller('v1/settings/assignment-rules')
export class AssignmentRulesController {
  constructor(@Inject(LEADLEDGER) private readonly ledger: Leadledger) {}

  @Route(
    'POST',
    '',
    settingsRoute({
      summary: 'Adds an assignment rule',
      body: ADD_BODY,
      example: {
        ruleId: 'ezviz',
        name: 'Camera Ezviz',
        filter: { $or: [{ products: 'Ezviz C6T 2MP' }, { need: 'Camera' }] },
        handler: HANDLED,
      },
    }),
  )
  add(@Body() body: Static<typeof ADD_BODY>, @Call() call: Call): Promise<SettingsResult> {
    const rule = body as Omit<AddAssignmentRule, 'kind'>;
    return changeSettings(this.ledger, call, { kind: 'add-assignment-rule', ...rule });
  }

  @Route(
    'PUT',
    '',
    settingsRoute({
      summary: 'Asks the assignment rules in another order',
      body: ORDER_BODY,
      example: { ruleIds: ['ezviz', 'rest'] },
    }),
  )
  reorder(
    @Body() { ruleIds }: Static<typeof ORDER_BODY>,
    @Call() call: Call,
  ): Promise<SettingsResult> {
    return changeSettings(this.ledger, call, { kind: 'reorder-assignment-rules', ruleIds });
  }

  @Route(
    'PATCH',
    ':ruleId',
    settingsRoute({
      summary: 'Edits an assignment rule, or switches it on or off',
      params: RULE_PARAM,
      body: EDIT_BODY,
      example: { enabled: false },
    }),
  )
  edit(
    @Param('ruleId') ruleId: string,
    @Body() body: Static<typeof EDIT_BODY>,
    @Call() call: Call,
  ): Promise<SettingsResult> {
    const parts = body as Omit<EditAssignmentRule, 'kind' | 'ruleId'>;
    return changeSettings(this.ledger, call, { kind: 'edit-assignment-rule', ruleId, ...parts });
  }

  @Route(
    'DELETE',
    ':ruleId',
    settingsRoute({
      summary: 'Retires an assignment rule: it is never asked again',
      params: RULE_PARAM,
    }),
  )
  retire(@Param('ruleId') ruleId: string, @Call() call: Call): Promise<SettingsResult> {
    return changeSettings(this.ledger, call, { kind: 'retire-assignment-rule', ruleId });
  }

  @Route(
    'POST',
    ':ruleId/restoration',
    settingsRoute({
      summary: 'Brings a retired rule back, where it stood',
      description: 'It is switched on or off as it was, and names everything anew.',
      params: RULE_PARAM,
    }),
  )
  restore(@Param('ruleId') ruleId: string, @Call() call: Call): Promise<SettingsResult> {
    return changeSettings(this.ledger, call, { kind: 'restore-assignment-rule', ruleId });
  }
}
