import { Body, Controller, Inject, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Static, Type } from '@sinclair/typebox';
import { CATALOGUE_NAMES, type CatalogueName } from '#crm';
import type { SettingsResult } from '#write-side';
import { LEADLEDGER, type Leadledger } from '../composition/leadledger.js';
import { Call } from '../http/call.js';
import { Route } from '../http/route.js';
import { closed, line, oneOf, optional } from '../http/schemas.js';
import { changeSettings, settingsRoute } from './change-settings.js';
import { LABEL } from './settings-schemas.js';

const ADD_BODY = closed({
  value: line('What records hold. It stays for ever.'),
  label: optional(LABEL),
  index: optional(Type.Integer({ description: 'Its place, from 0; the last when left out.' })),
});
const EDIT_BODY = closed({ label: LABEL });
const ORDER_BODY = closed({
  values: Type.Array(line('A value.'), {
    maxItems: 500,
    description: 'Every entry in use, once.',
  }),
});
const CATALOGUE_PARAM = { catalogue: oneOf(CATALOGUE_NAMES, 'The catalogue.') };
const ENTRY_PARAMS = {
  ...CATALOGUE_PARAM,
  value: Type.String({ minLength: 1, description: 'Its value.' }),
};

interface EntryParams {
  readonly catalogue: CatalogueName;
  readonly value: string;
}

/** Values that records are to hold (PRODUCT.md P7). */
@ApiTags('settings')
@Controller('v1/settings/catalogues')
export class CataloguesController {
  constructor(@Inject(LEADLEDGER) private readonly ledger: Leadledger) {}

  @Route(
    'POST',
    ':catalogue/entries',
    settingsRoute({
      summary: 'Adds an entry to a catalogue',
      description: 'From the first entry on, records take values of the catalogue only.',
      params: CATALOGUE_PARAM,
      body: ADD_BODY,
      example: { value: 'Cao', label: { en: 'High', vi: 'Cao' }, index: 0 },
    }),
  )
  add(
    @Param('catalogue') catalogue: CatalogueName,
    @Body() body: Static<typeof ADD_BODY>,
    @Call() call: Call,
  ): Promise<SettingsResult> {
    return changeSettings(this.ledger, call, { kind: 'add-catalogue-entry', catalogue, ...body });
  }

  @Route(
    'PUT',
    ':catalogue/entries',
    settingsRoute({
      summary: 'Puts the entries of a catalogue in another order',
      params: CATALOGUE_PARAM,
      body: ORDER_BODY,
      example: { values: ['Cao', 'Thấp'] },
    }),
  )
  reorder(
    @Param('catalogue') catalogue: CatalogueName,
    @Body() { values }: Static<typeof ORDER_BODY>,
    @Call() call: Call,
  ): Promise<SettingsResult> {
    return changeSettings(this.ledger, call, { kind: 'reorder-catalogue', catalogue, values });
  }

  @Route(
    'PATCH',
    ':catalogue/entries/:value',
    settingsRoute({
      summary: 'Calls an entry of a catalogue otherwise',
      params: ENTRY_PARAMS,
      body: EDIT_BODY,
      example: { label: { en: 'Urgent', vi: 'Gấp' } },
    }),
  )
  edit(
    @Param() entry: EntryParams,
    @Body() { label }: Static<typeof EDIT_BODY>,
    @Call() call: Call,
  ): Promise<SettingsResult> {
    return changeSettings(this.ledger, call, { kind: 'edit-catalogue-entry', ...entry, label });
  }

  @Route(
    'DELETE',
    ':catalogue/entries/:value',
    settingsRoute({
      summary: 'Retires an entry of a catalogue: records that hold it keep it',
      params: ENTRY_PARAMS,
    }),
  )
  retire(@Param() entry: EntryParams, @Call() call: Call): Promise<SettingsResult> {
    return changeSettings(this.ledger, call, { kind: 'retire-catalogue-entry', ...entry });
  }

  @Route(
    'POST',
    ':catalogue/entries/:value/restoration',
    settingsRoute({ summary: 'Offers a retired entry again', params: ENTRY_PARAMS }),
  )
  restore(@Param() entry: EntryParams, @Call() call: Call): Promise<SettingsResult> {
    return changeSettings(this.ledger, call, { kind: 'restore-catalogue-entry', ...entry });
  }
}
