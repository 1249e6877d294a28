import {
  isRole,
  PRODUCT_ACTIONS,
  RECORD_ACTIONS,
  RIGHTS,
  ROLES,
  type Role,
  SCOPES,
  type Scope,
  scopeOf,
} from './rights.js';

/** The matrix as PRODUCT.md P11 was agreed: one line a role, in the order of the columns. */
const MATRIX: Record<Role, string> = {
  //             read create edit delete convert merge assign
  admin: 'all all all all all all all',
  manager: 'team team team team team team team',
  salesperson: 'team team own own own own own',
  support: 'all - - - - - -',
  analyst: 'all - - - - - -',
  integration: 'all all all - all - -',
};
const PRODUCT: Record<Role, string> = {
  admin: 'configure import export audit webhooks',
  manager: 'import export',
  salesperson: '',
  support: '',
  analyst: 'export audit',
  integration: 'import audit webhooks',
};

describe('the rights of roles', () => {
  it.each(ROLES)('%s has exactly these scopes', (role) => {
    const scopes = RECORD_ACTIONS.map((action) => RIGHTS[role].records[action] ?? '-');
    expect(scopes.join(' ')).toBe(MATRIX[role]);
  });

  it.each(ROLES)('%s has exactly these product rights', (role) => {
    const allowed = PRODUCT_ACTIONS.filter((action) => RIGHTS[role].product.includes(action));
    expect(allowed.join(' ')).toBe(PRODUCT[role]);
  });

  it.each(ROLES)('%s may read what it may change, and audits only when it reads all', (role) => {
    const { records, product } = RIGHTS[role];
    const width = (scope: Scope | undefined) => (scope ? SCOPES.indexOf(scope) : -1);
    for (const action of RECORD_ACTIONS) {
      expect(width(records[action])).toBeLessThanOrEqual(width(records.read));
    }
    if (product.includes('audit')) expect(records.read).toBe('all');
    if (product.includes('webhooks')) expect(product).toContain('audit');
  });
});

describe('an action that a record type does not have', () => {
  it.each([
    ['convert', 'opportunity'],
    ['convert', 'contact'],
    ['merge', 'activity'],
  ] as const)('%s on %s is open to nobody', (action, type) => {
    expect(scopeOf(ROLES, action, type)).toBe('none');
    expect(scopeOf(ROLES, action, 'lead')).toBe('all');
  });
});

describe('several roles', () => {
  it('give the widest of their scopes', () => {
    expect(scopeOf(['salesperson', 'manager'], 'edit', 'lead')).toBe('team');
    expect(scopeOf(['support', 'salesperson'], 'read', 'lead')).toBe('all');
    expect(scopeOf(['support', 'salesperson'], 'edit', 'lead')).toBe('own');
  });

  it('give nothing when there are none', () => {
    expect(RECORD_ACTIONS.map((action) => scopeOf([], action, 'lead'))).toEqual(
      RECORD_ACTIONS.map(() => 'none'),
    );
  });
});

describe('a role by name', () => {
  it.each(['admin', 'analyst'])('%s is known', (name) => expect(isRole(name)).toBe(true));
  it.each(['Admin', 'toString', '', undefined, 7])('%p is not', (name) =>
    expect(isRole(name)).toBe(false),
  );
});
