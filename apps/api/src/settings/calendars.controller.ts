import { Body, Controller, Inject, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Static, Type } from '@sinclair/typebox';
import { CALENDAR_LIMITS } from '#crm';
import type { SettingsResult } from '#write-side';
import { LEADLEDGER, type Leadledger } from '../composition/leadledger.js';
import { Call } from '../http/call.js';
import { NAME_PARAM, Route } from '../http/route.js';
import { closed, line, optional } from '../http/schemas.js';
import { changeSettings, settingsRoute } from './change-settings.js';

const SPANS = optional(
  Type.Array(closed({ from: line('HH:MM', 5), to: line('HH:MM, or 24:00', 5) }), {
    maxItems: CALENDAR_LIMITS.spans,
  }),
);
const PARTS = {
  name: line('What people call it.'),
  timeZone: line('IANA, e.g. Asia/Ho_Chi_Minh.', 64),
  hours: Type.Object(
    { 1: SPANS, 2: SPANS, 3: SPANS, 4: SPANS, 5: SPANS, 6: SPANS, 7: SPANS },
    {
      additionalProperties: false,
      description: 'Working hours by weekday, 1 (Monday) to 7 (Sunday). Days left out are free.',
    },
  ),
  holidays: optional(
    Type.Array(closed({ date: line('YYYY-MM-DD', 10), name: line('What it is.') }), {
      maxItems: CALENDAR_LIMITS.holidays,
      description: 'Days that are free.',
    }),
  ),
};
const ADD_BODY = closed({ calendarId: line('Its id.', 64), ...PARTS });
const EDIT_BODY = closed({
  name: optional(PARTS.name),
  timeZone: optional(PARTS.timeZone),
  hours: optional(PARTS.hours),
  holidays: PARTS.holidays,
});
const CALENDAR_PARAM = { calendarId: NAME_PARAM };
const DAY = [
  { from: '08:00', to: '12:00' },
  { from: '13:00', to: '17:00' },
];

/** When work goes on (PRODUCT.md P6). */
@ApiTags('settings')
@Controller('v1/settings/calendars')
export class CalendarsController {
  constructor(@Inject(LEADLEDGER) private readonly ledger: Leadledger) {}

  @Route(
    'POST',
    '',
    settingsRoute({
      summary: 'Sets up a calendar of working hours and holidays',
      body: ADD_BODY,
      example: {
        calendarId: 'office',
        name: 'Giờ hành chính',
        timeZone: 'Asia/Ho_Chi_Minh',
        hours: { 1: DAY, 2: DAY, 3: DAY, 4: DAY, 5: DAY },
        holidays: [{ date: '2026-09-02', name: 'Quốc khánh' }],
      },
    }),
  )
  add(@Body() body: Static<typeof ADD_BODY>, @Call() call: Call): Promise<SettingsResult> {
    return changeSettings(this.ledger, call, { kind: 'add-calendar', ...body });
  }

  @Route(
    'PATCH',
    ':calendarId',
    settingsRoute({
      summary: 'Edits a calendar; its hours and its holidays are each replaced as a whole',
      params: CALENDAR_PARAM,
      body: EDIT_BODY,
      example: { holidays: [{ date: '2027-02-06', name: 'Mồng một Tết' }] },
    }),
  )
  edit(
    @Param('calendarId') calendarId: string,
    @Body() body: Static<typeof EDIT_BODY>,
    @Call() call: Call,
  ): Promise<SettingsResult> {
    return changeSettings(this.ledger, call, { kind: 'edit-calendar', calendarId, ...body });
  }

  @Route(
    'DELETE',
    ':calendarId',
    settingsRoute({
      summary: 'Retires a calendar that no policy names',
      params: CALENDAR_PARAM,
    }),
  )
  retire(@Param('calendarId') calendarId: string, @Call() call: Call): Promise<SettingsResult> {
    return changeSettings(this.ledger, call, { kind: 'retire-calendar', calendarId });
  }

  @Route(
    'POST',
    ':calendarId/restoration',
    settingsRoute({ summary: 'Brings a retired calendar back', params: CALENDAR_PARAM }),
  )
  restore(@Param('calendarId') calendarId: string, @Call() call: Call): Promise<SettingsResult> {
    return changeSettings(this.ledger, call, { kind: 'restore-calendar', calendarId });
  }
}
