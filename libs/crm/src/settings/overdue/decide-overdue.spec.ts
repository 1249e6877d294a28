import { CALENDAR, configured, entry, SALES } from '../../../test/settings.js';
import type { SettingsCommand } from '../settings-commands.js';
import type { OverdueEntry } from './overdue-policy.js';
import { NO_OVERDUE_POLICY } from './overdue-policy.js';

const ALL: OverdueEntry = { id: 'all', allowedMinutes: 2_880 };
const URGENT: OverdueEntry = {
  id: 'urgent',
  pipelineId: 'sales',
  processingStep: 'Gửi báo giá',
  priority: 'P1',
  allowedMinutes: 240,
  calendarId: 'office',
  repeatHours: 4,
};
const GIVEN: readonly SettingsCommand[] = [
  SALES,
  CALENDAR,
  entry('priority', 'P1', { en: 'High', vi: 'Cao' }),
];

function policy(...entries: readonly object[]): SettingsCommand {
  return { kind: 'set-overdue-policy', policy: { entries: entries as readonly OverdueEntry[] } };
}

describe('the overdue policy', () => {
  it('is replaced as a whole, by value or label, and says whether it reaches what is open', () => {
    configured(...GIVEN)
      .when(policy({ ...URGENT, priority: ' cao ' }, ALL))
      .decides({
        type: 'OverduePolicyChanged',
        data: {
          from: NO_OVERDUE_POLICY,
          to: { entries: [URGENT, ALL], activities: { remind: false, graceMinutes: 0 } },
          applyToOpen: false,
        },
      });
    const activities = { remind: true, graceMinutes: 15, repeatHours: 24 };
    const { overduePolicy } = configured(...GIVEN, policy(ALL))
      .when({ kind: 'set-overdue-policy', policy: { entries: [], activities } })
      .after();
    expect(overduePolicy).toEqual({ entries: [], activities });
  });

  it('the same again decides nothing, unless it is to reach what is open', () => {
    const again = configured(...GIVEN, policy(ALL));
    again.when(policy(ALL)).decides();
    const decided = { kind: 'set-overdue-policy', policy: { entries: [ALL] }, applyToOpen: true };
    expect(again.when(decided as SettingsCommand).after().revision).toBe(again.state.revision + 1);
  });

  it.each<[string, SettingsCommand, readonly string[]]>([
    ['a bad id', policy({ ...ALL, id: 'All' }), ['policy.entries.0.id']],
    ['an id twice', policy(URGENT, { ...ALL, id: 'urgent' }), ['policy.entries.1.id']],
    ['no time', policy({ id: 'all' }), ['policy.entries.0.allowedMinutes']],
    ['half a minute', policy({ ...ALL, allowedMinutes: 0.5 }), ['policy.entries.0.allowedMinutes']],
    [
      'over a year',
      policy({ ...ALL, allowedMinutes: 525_601 }),
      ['policy.entries.0.allowedMinutes'],
    ],
    ['a repeat of none', policy({ ...ALL, repeatHours: 0 }), ['policy.entries.0.repeatHours']],
    ['an entry that never applies', policy(ALL, URGENT), ['policy.entries.1']],
    ['the same condition twice', policy(URGENT, { ...URGENT, id: 'b' }), ['policy.entries.1']],
    [
      'too many entries',
      policy(...Array.from({ length: 201 }, (_, index) => ({ ...ALL, id: `e${index}` }))),
      ['policy.entries'],
    ],
    ['no entries', { kind: 'set-overdue-policy', policy: {} as never }, ['policy.entries']],
    ['no policy', { kind: 'set-overdue-policy', policy: 1 as never }, ['policy']],
    [
      'a long grace',
      {
        kind: 'set-overdue-policy',
        policy: { entries: [], activities: { remind: true, graceMinutes: 10_081 } },
      },
      ['policy.activities.graceMinutes'],
    ],
  ])('is refused with %s', (_what, command, paths) => {
    configured(...GIVEN)
      .when(command)
      .refused('invalid_fields', ...paths);
  });

  it.each<[string, object, string, string]>([
    ['pipeline', { pipelineId: 'projects' }, 'unknown_reference', 'pipelineId'],
    ['calendar', { calendarId: 'night' }, 'unknown_reference', 'calendarId'],
    ['priority', { priority: 'P9' }, 'unknown_catalogue_value', 'priority'],
  ])('is refused with an unknown %s', (_what, part, code, path) => {
    configured(...GIVEN)
      .when(policy({ ...URGENT, ...part }))
      .refused(code, `policy.entries.0.${path}`);
  });
});
