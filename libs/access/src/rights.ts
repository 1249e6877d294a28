import { type RecordType, USER_ROLES, type UserRole } from '#crm';

/** What rights are about: the records, and the activities around them. */
export type SubjectType = RecordType | 'activity';
export const SUBJECT_TYPES = [
  'lead',
  'opportunity',
  'contact',
  'account',
  'activity',
] as const satisfies readonly SubjectType[];

/** What can be done to a record. Notes, tags, stages and outcomes are `edit`; restoring is `delete`; the duplicates list too (PRODUCT.md P4). */
export const RECORD_ACTIONS = [
  'read',
  'create',
  'edit',
  'delete',
  'convert',
  'merge',
  'assign',
] as const;
export type RecordAction = (typeof RECORD_ACTIONS)[number];

/** What can be done to records of each type: only leads are converted, activities are not merged. */
export const ACTIONS_ON: Readonly<Record<SubjectType, readonly RecordAction[]>> = {
  lead: RECORD_ACTIONS,
  opportunity: ['read', 'create', 'edit', 'delete', 'merge', 'assign'],
  contact: ['read', 'create', 'edit', 'delete', 'merge', 'assign'],
  account: ['read', 'create', 'edit', 'delete', 'merge', 'assign'],
  activity: ['read', 'create', 'edit', 'delete', 'assign'],
};

/**
 * What concerns no single record.
 * - `configure`: settings, users, teams, roles
 * - `import`, `export`: many records at once, each still under the rights of its record type
 * - `audit`: the list of all conversions and merges, and the event feed: everything, whoever owns it
 * - `webhooks`: having the event feed sent to an address; the own webhooks, or with `configure` everybody's
 */
export const PRODUCT_ACTIONS = ['configure', 'import', 'export', 'audit', 'webhooks'] as const;
export type ProductAction = (typeof PRODUCT_ACTIONS)[number];
export type Action = RecordAction | ProductAction;

/** Whose records: the caller's own, those of the caller's teams and their members too, or everyone's. */
export const SCOPES = ['own', 'team', 'all'] as const;
export type Scope = (typeof SCOPES)[number];

export const ROLES = USER_ROLES;
export type Role = UserRole;

export interface RoleRights {
  /** What the role is for, for the docs. */
  readonly about: string;
  /** Scope by action, on every record type that has the action; an action that is not there is not allowed. */
  readonly records: Readonly<Partial<Record<RecordAction, Scope>>>;
  readonly product: readonly ProductAction[];
}

function everywhere(scope: Scope): Readonly<Record<RecordAction, Scope>> {
  const all = RECORD_ACTIONS.map((action) => [action, scope]);
  return Object.fromEntries(all) as Record<RecordAction, Scope>;
}

/** The whole of who may do what (PRODUCT.md P11). Everything that is not here is closed. */
export const RIGHTS: Readonly<Record<Role, RoleRights>> = {
  admin: {
    about: 'Runs the installation: all records, all settings.',
    records: everywhere('all'),
    product: PRODUCT_ACTIONS,
  },
  manager: {
    about: 'Leads sales teams: everything about the records of the own teams.',
    records: everywhere('team'),
    product: ['import', 'export'],
  },
  salesperson: {
    about: 'Sells: works on the own records, sees those of the team.',
    records: {
      read: 'team',
      create: 'team',
      edit: 'own',
      delete: 'own',
      convert: 'own',
      merge: 'own',
      assign: 'own',
    },
    product: [],
  },
  support: {
    about: 'Answers questions: reads every record and its history, changes nothing.',
    records: { read: 'all' },
    product: [],
  },
  analyst: {
    about: 'Reports: reads everything, the event feed included, changes nothing.',
    records: { read: 'all' },
    product: ['export', 'audit'],
  },
  integration: {
    about:
      'Another program: brings records in, keeps them up to date, and follows the event feed, or has it sent.',
    records: { read: 'all', create: 'all', edit: 'all', convert: 'all' },
    product: ['import', 'audit', 'webhooks'],
  },
};

/** True for a role of this version; events may name roles of another. */
export function isRole(value: unknown): value is Role {
  return ROLES.some((role) => role === value);
}

/** The widest scope that any of the roles gives on records of the type, or `none`. */
export function scopeOf(
  roles: readonly Role[],
  action: RecordAction,
  type: SubjectType,
): Scope | 'none' {
  if (!ACTIONS_ON[type].includes(action)) return 'none';
  let widest = -1;
  for (const role of roles) {
    const scope = RIGHTS[role].records[action];
    if (scope) widest = Math.max(widest, SCOPES.indexOf(scope));
  }
  return SCOPES[widest] ?? 'none';
}

/** True for an action that concerns records. */
export function isRecordAction(action: Action): action is RecordAction {
  return RECORD_ACTIONS.some((candidate) => candidate === action);
}
