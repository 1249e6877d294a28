import { given } from '../../test/given.js';
import { defaultSettingsCommands } from './default-settings.js';
import { NO_SETTINGS, pipelinesOf } from './settings.js';
import { settingsDecider } from './settings-decider.js';
import type { SettingsEvent } from './settings-events.js';

describe('required fields and general settings', () => {
  it('required fields are default fields, each once', () => {
    given(settingsDecider)
      .when({ kind: 'set-required-fields', recordType: 'lead', fields: ['email', 'email'] })
      .decides({
        type: 'RequiredFieldsChanged',
        data: { recordType: 'lead', from: [], to: ['email'] },
      });
    given(settingsDecider)
      .when({ kind: 'set-required-fields', recordType: 'lead', fields: ['email', 'toString'] })
      .refused('invalid_fields', 'fields.1');
  });

  it('required fields in another order are the same', () => {
    const event: SettingsEvent = {
      type: 'RequiredFieldsChanged',
      data: { recordType: 'lead', from: [], to: ['email', 'phones'] },
    };
    given(settingsDecider, [event])
      .when({ kind: 'set-required-fields', recordType: 'lead', fields: ['phones', 'email'] })
      .decides();
  });

  it('the phone region and the currency change together or alone', () => {
    given(settingsDecider)
      .when({ kind: 'change-general', currency: 'USD' })
      .decides({
        type: 'GeneralSettingsChanged',
        data: { changes: [{ field: 'currency', from: 'VND', to: 'USD' }] },
      });
    given(settingsDecider).when({ kind: 'change-general', phoneRegion: 'VN' }).decides();
    given(settingsDecider)
      .when({ kind: 'change-general', phoneRegion: 'XX', currency: 'vnd', timeZone: 'Hà Nội' })
      .refused('invalid_fields', 'phoneRegion', 'currency', 'timeZone');
    given(settingsDecider)
      .when({ kind: 'change-general', timeZone: 'Europe/Berlin' })
      .decides({
        type: 'GeneralSettingsChanged',
        data: { changes: [{ field: 'timeZone', from: 'Asia/Ho_Chi_Minh', to: 'Europe/Berlin' }] },
      });
  });
});

describe('settings of before there were catalogues and rules', () => {
  it('fold to none of them, and take any text', () => {
    const { state } = given(settingsDecider, [
      {
        type: 'GeneralSettingsChanged',
        data: { changes: [{ field: 'currency', from: 'VND', to: 'USD' }] },
      },
    ]);
    expect(state).toEqual({ ...NO_SETTINGS, currency: 'USD', revision: 0 });
    expect(Object.values(state.catalogues).flat()).toEqual([]);
  });

  it('pass over an entry of a catalogue that only a later version has', () => {
    const catalogue = 'constructor' as never;
    const { state } = given(settingsDecider, [
      { type: 'CatalogueEntryRetired', data: { catalogue, value: 'x' } },
    ]);
    expect(state).toEqual({ ...NO_SETTINGS, revision: 0 });
  });
});

describe('the default settings', () => {
  it('are accepted by an empty store, and a second time decide nothing', () => {
    const events: SettingsEvent[] = [];
    for (const command of defaultSettingsCommands()) {
      const { state } = given(settingsDecider, events);
      events.push(...settingsDecider.decide(state, command, {} as never));
    }
    const { state } = given(settingsDecider, events);
    expect(state.revision).toBe(3);
    expect(state.requiredFields.account).toEqual(['name']);
    expect(pipelinesOf(state, 'lead')).toHaveLength(1);
    expect(pipelinesOf(state, 'opportunity')).toHaveLength(1);
    for (const command of defaultSettingsCommands()) {
      given(settingsDecider, events).when(command).decides();
    }
  });
});
