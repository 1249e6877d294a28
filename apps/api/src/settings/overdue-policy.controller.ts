import { Body, Controller, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Static, Type } from '@sinclair/typebox';
import { OVERDUE_LIMITS } from '#crm';
import type { SettingsResult } from '#write-side';
import { LEADLEDGER, type Leadledger } from '../composition/leadledger.js';
import { Call } from '../http/call.js';
import { Route } from '../http/route.js';
import { closed, line, optional } from '../http/schemas.js';
import { changeSettings, settingsRoute } from './change-settings.js';

const within = ({ min, max }: { min: number; max: number }, description: string) =>
  Type.Integer({ minimum: min, maximum: max, description });
const REPEAT = optional(
  within(
    OVERDUE_LIMITS.repeatHours,
    'Reminds again every so many hours by the clock on the wall, working hours or not; left out: once.',
  ),
);
const ENTRY = closed({
  id: line('Its id.', 64),
  pipelineId: optional(line('Of this pipeline only.', 64)),
  processingStep: optional(line('In this processing step only.')),
  priority: optional(line('Of this priority only.')),
  allowedMinutes: within(
    OVERDUE_LIMITS.allowedMinutes,
    'Working time where there is a calendar, at most what it has in ten years.',
  ),
  calendarId: optional(line('Whose working hours count; left out: all hours do.', 64)),
  repeatHours: REPEAT,
});
const BODY = closed({
  policy: closed({
    entries: Type.Array(ENTRY, {
      maxItems: OVERDUE_LIMITS.entries,
      description: 'The first that applies to an opportunity counts.',
    }),
    activities: optional(
      closed({
        remind: Type.Boolean({ description: 'Of activities past their due time.' }),
        graceMinutes: optional(within(OVERDUE_LIMITS.graceMinutes, 'After the due time.')),
        repeatHours: REPEAT,
      }),
    ),
  }),
  applyToOpen: optional(
    Type.Boolean({ description: 'Deadlines that are running are computed anew.' }),
  ),
});

/** When what is left undone becomes overdue (PRODUCT.md P6). */
@ApiTags('settings')
@Controller('v1/settings/overdue-policy')
export class OverduePolicyController {
  constructor(@Inject(LEADLEDGER) private readonly ledger: Leadledger) {}

  @Route(
    'PUT',
    '',
    settingsRoute({
      summary: 'Says how long opportunities and activities may take, in place of what was said',
      body: BODY,
      example: {
        policy: {
          entries: [
            { id: 'quote', processingStep: 'Gửi báo giá', allowedMinutes: 240, repeatHours: 4 },
            { id: 'rest', allowedMinutes: 2_880 },
          ],
          activities: { remind: true, graceMinutes: 15 },
        },
        applyToOpen: false,
      },
    }),
  )
  set(@Body() body: Static<typeof BODY>, @Call() call: Call): Promise<SettingsResult> {
    return changeSettings(this.ledger, call, { kind: 'set-overdue-policy', ...body });
  }
}
