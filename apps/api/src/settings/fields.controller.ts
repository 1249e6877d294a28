import { Body, Controller, Inject, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { CustomFieldInput, RecordType } from '#crm';
import type { SettingsResult } from '#write-side';
import { LEADLEDGER, type Leadledger } from '../composition/leadledger.js';
import { Call } from '../http/call.js';
import { Route } from '../http/route.js';
import { changeSettings, settingsRoute } from './change-settings.js';
import {
  EDIT_FIELD_BODY,
  type EditFieldBody,
  FIELD_BODY,
  FIELD_PARAMS,
  type FieldBody,
  GENERAL_BODY,
  type GeneralBody,
  RECORD_TYPE_PARAM,
  REQUIRED_BODY,
} from './settings-schemas.js';

interface FieldParams {
  readonly recordType: RecordType;
  readonly key: string;
}

/** Custom fields, required fields and what holds for all (PRODUCT.md P7). */
@ApiTags('settings')
@Controller('v1/settings')
export class FieldsController {
  constructor(@Inject(LEADLEDGER) private readonly ledger: Leadledger) {}

  @Route(
    'POST',
    'custom-fields',
    settingsRoute({
      summary: 'Adds a custom field to a record type',
      body: FIELD_BODY,
      example: {
        recordType: 'lead',
        key: 'budget',
        type: 'money',
        label: { en: 'Budget', vi: 'Ngân sách' },
      },
    }),
  )
  define(@Body() body: FieldBody, @Call() call: Call): Promise<SettingsResult> {
    const definition = body as CustomFieldInput;
    return changeSettings(this.ledger, call, { kind: 'define-custom-field', definition });
  }

  @Route(
    'PATCH',
    'custom-fields/:recordType/:key',
    settingsRoute({
      summary: 'Edits a custom field',
      params: FIELD_PARAMS,
      body: EDIT_FIELD_BODY,
      example: { required: true },
    }),
  )
  edit(
    @Param() { recordType, key }: FieldParams,
    @Body() body: EditFieldBody,
    @Call() call: Call,
  ): Promise<SettingsResult> {
    return changeSettings(this.ledger, call, {
      kind: 'edit-custom-field',
      recordType,
      key,
      ...body,
    });
  }

  @Route(
    'DELETE',
    'custom-fields/:recordType/:key',
    settingsRoute({
      summary: 'Retires a custom field: it takes no new values',
      params: FIELD_PARAMS,
    }),
  )
  retire(@Param() { recordType, key }: FieldParams, @Call() call: Call): Promise<SettingsResult> {
    return changeSettings(this.ledger, call, { kind: 'retire-custom-field', recordType, key });
  }

  @Route(
    'PUT',
    'required-fields/:recordType',
    settingsRoute({
      summary: 'Says which default fields of a record type must be filled',
      params: RECORD_TYPE_PARAM,
      body: REQUIRED_BODY,
      example: { fields: ['familyName', 'givenName'] },
    }),
  )
  require(
    @Param('recordType') recordType: RecordType,
    @Body() { fields }: { readonly fields: readonly string[] },
    @Call() call: Call,
  ): Promise<SettingsResult> {
    return changeSettings(this.ledger, call, { kind: 'set-required-fields', recordType, fields });
  }

  @Route(
    'PATCH',
    'general',
    settingsRoute({
      summary: 'Changes the default phone region, currency or time zone',
      body: GENERAL_BODY,
      example: { phoneRegion: 'VN', currency: 'VND', timeZone: 'Asia/Ho_Chi_Minh' },
    }),
  )
  general(@Body() body: GeneralBody, @Call() call: Call): Promise<SettingsResult> {
    return changeSettings(this.ledger, call, { kind: 'change-general', ...body });
  }
}
