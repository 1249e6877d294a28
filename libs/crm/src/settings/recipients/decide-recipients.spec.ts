import { ID, OTHER_ID } from '../../../test/given.js';
import { configured, RECIPIENTS } from '../../../test/settings.js';
import type { SettingsCommand } from '../settings-commands.js';

const MANAGERS = RECIPIENTS.to[0];
const LAN = { kind: 'user', userId: OTHER_ID } as const;
const SOUTH = { kind: 'team', teamId: ID } as const;
const edit = { kind: 'edit-recipient-rule', ruleId: 'large' } as const;
const retire = { kind: 'retire-recipient-rule', ruleId: 'large' } as const;

function to(...recipients: readonly unknown[]): SettingsCommand {
  return { ...RECIPIENTS, to: recipients } as SettingsCommand;
}

describe('a recipient rule', () => {
  it('names people, teams and roles, and holds for all without a condition', () => {
    const { kind: _kind, ruleId: id, name } = RECIPIENTS;
    configured()
      .when(to(LAN, SOUTH, MANAGERS))
      .decides({
        type: 'RecipientRuleAdded',
        data: { rule: { id, name, filter: {}, to: [LAN, SOUTH, MANAGERS], retired: false } },
      });
    configured(RECIPIENTS).when(RECIPIENTS).decides();
    configured(RECIPIENTS).when(to(LAN)).refused('recipient_rule_exists', 'ruleId');
  });

  it('is edited and retired', () => {
    configured(RECIPIENTS)
      .when({ ...edit, to: [LAN] })
      .decides({
        type: 'RecipientRuleEdited',
        data: { ruleId: 'large', changes: [{ field: 'to', from: [MANAGERS], to: [LAN] }] },
      });
    const retired = configured(RECIPIENTS, retire);
    expect(retired.state.recipients).toMatchObject([{ retired: true }]);
    retired.when(retire).decides();
    retired.when({ ...edit, name: 'x' }).refused('recipient_rule_retired');
    configured().when(retire).refused('recipient_rule_not_found');
  });

  it.each<[string, SettingsCommand, readonly string[]]>([
    ['a bad id', { ...RECIPIENTS, ruleId: '' }, ['ruleId']],
    ['nobody', to(), ['to']],
    ['recipients that are no list', { ...RECIPIENTS, to: MANAGERS as never }, ['to']],
    ['too many', to(...Array.from({ length: 101 }, () => MANAGERS)), ['to']],
    ['a recipient of no kind', to({ kind: 'all' }), ['to.0.kind']],
    ['nothing', to(null), ['to.0.kind']],
    ['a user without an id', to(MANAGERS, { kind: 'user' }), ['to.1.userId']],
    ['a team that is no id', to({ kind: 'team', teamId: 'x' }), ['to.0.teamId']],
    ['an unknown role', to({ kind: 'role', role: 'boss' }), ['to.0.role']],
    ['a role beside a user', to({ ...LAN, role: 'admin' }), ['to.0.role']],
    ['somebody twice', to(LAN, { ...LAN, userId: OTHER_ID.toUpperCase() }), ['to.1']],
    ['a bad condition', { ...RECIPIENTS, filter: { name: {} } }, ['filter.name']],
  ])('is refused with %s', (_what, command, paths) => {
    configured()
      .when(command)
      .refused('invalid_fields', ...paths);
  });
});
