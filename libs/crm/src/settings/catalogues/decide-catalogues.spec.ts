import { given } from '../../../test/given.js';
import { configured, entry, eventsOf } from '../../../test/settings.js';
import type { SettingsCommand } from '../settings-commands.js';
import { settingsDecider } from '../settings-decider.js';
import { MAX_CATALOGUE_ENTRIES } from './decide-catalogues.js';

const HIGH = { en: 'High', vi: 'Cao' };
const URGENT = entry('priority', 'P1', HIGH);
const LOW = entry('priority', 'P2', { en: 'Low', vi: 'Thấp' });
const priority = { catalogue: 'priority' } as const;
const retire = { kind: 'retire-catalogue-entry', ...priority, value: 'P1' } as const;
const restore = { kind: 'restore-catalogue-entry', ...priority, value: 'P1' } as const;

describe('an entry of a catalogue', () => {
  it('is added where it is to stand, and called as its value unless it has a label', () => {
    configured(LOW)
      .when({ ...entry('priority', ' Gấp '), index: 0 } as SettingsCommand)
      .decides({
        type: 'CatalogueEntryAdded',
        data: { ...priority, value: 'Gấp', label: { en: 'Gấp', vi: 'Gấp' }, index: 0 },
      });
    const { catalogues } = configured(LOW)
      .when({ ...URGENT, index: 0 } as SettingsCommand)
      .after();
    expect(catalogues.priority.map(({ value }) => value)).toEqual(['P1', 'P2']);
    expect(catalogues.need).toEqual([]);
  });

  it('the same again decides nothing', () => {
    configured(URGENT).when(URGENT).decides();
  });

  it('keeps its value whatever it is called', () => {
    const label = { en: 'Now', vi: 'Gấp' };
    configured(URGENT)
      .when({ kind: 'edit-catalogue-entry', ...priority, value: 'P1', label })
      .decides({
        type: 'CatalogueEntryEdited',
        data: { ...priority, value: 'P1', changes: [{ field: 'label', from: HIGH, to: label }] },
      });
    configured(URGENT)
      .when({ kind: 'edit-catalogue-entry', ...priority, value: 'P1', label: HIGH })
      .decides();
  });

  it('is retired, stays in its place, and is restored', () => {
    const retired = configured(URGENT, LOW, retire);
    expect(retired.state.catalogues.priority.map((one) => [one.value, one.retired])).toEqual([
      ['P1', true],
      ['P2', false],
    ]);
    retired.when(retire).decides();
    retired.when(restore).decides({
      type: 'CatalogueEntryRestored',
      data: { ...priority, value: 'P1' },
    });
    configured(URGENT).when(restore).decides();
  });

  it('is put in another order among those in use', () => {
    const order = { kind: 'reorder-catalogue', ...priority } as const;
    const three = [URGENT, LOW, entry('priority', 'P3'), retire];
    const { catalogues } = configured(...three)
      .when({ ...order, values: ['P3', 'P2'] })
      .after();
    expect(catalogues.priority.map(({ value }) => value)).toEqual(['P3', 'P2', 'P1']);
    configured(...three)
      .when({ ...order, values: ['P2', 'P3'] })
      .decides();
  });

  it.each<[string, SettingsCommand, string, readonly string[]]>([
    ['no value', entry('priority', ' '), 'invalid_fields', ['value', 'label.en', 'label.vi']],
    ['too long a value', entry('priority', 'x'.repeat(256), HIGH), 'invalid_fields', ['value']],
    [
      'a label in one language',
      entry('priority', 'x', { en: 'X' } as never),
      'invalid_fields',
      ['label.vi'],
    ],
    [
      'a place that is none',
      { ...entry('priority', 'x'), index: 9 } as SettingsCommand,
      'invalid_fields',
      ['index'],
    ],
    ['a value that no address ends in', entry('priority', '..'), 'invalid_fields', ['value']],
    ['a value that is there', entry('priority', ' p1 '), 'catalogue_entry_exists', ['value']],
    ['the label of another', entry('priority', 'thấp'), 'catalogue_entry_exists', ['value']],
    [
      'a label like the value of another',
      entry('priority', 'x', { en: 'p2', vi: 'x' }),
      'catalogue_entry_exists',
      ['label.en'],
    ],
    [
      'an order that leaves one out',
      { kind: 'reorder-catalogue', ...priority, values: ['P1'] },
      'invalid_fields',
      ['values'],
    ],
    [
      'an order with one twice',
      { kind: 'reorder-catalogue', ...priority, values: ['P1', 'P1'] },
      'invalid_fields',
      ['values'],
    ],
    ['an entry that is not there', { ...retire, value: 'P9' }, 'catalogue_entry_not_found', []],
    [
      'a catalogue that is not there',
      { ...retire, catalogue: 'constructor' as never },
      'catalogue_not_found',
      [],
    ],
  ])('is refused with %s', (_what, command, code, paths) => {
    configured(URGENT, LOW)
      .when(command)
      .refused(code, ...paths);
  });

  it('is not added under a value that is retired: that one can be restored', () => {
    configured(URGENT, LOW, retire)
      .when(entry('priority', 'p1'))
      .refused('catalogue_entry_exists', 'value');
  });

  it('is not restored while another goes by its name', () => {
    configured(URGENT, LOW, retire, entry('priority', 'Cao'))
      .when(restore)
      .refused('catalogue_entry_exists', 'label.vi');
  });

  it('is one too many after so many', () => {
    const commands = Array.from({ length: MAX_CATALOGUE_ENTRIES }, (_, index) =>
      entry('priority', `${index}`),
    );
    const added = commands
      .map((command) => eventsOf(command)[0])
      .filter((one) => one !== undefined);
    given(settingsDecider, added).when(LOW).refused('too_many_entries', 'value');
  });
});
