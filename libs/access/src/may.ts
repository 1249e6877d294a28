import { Refusal, type Uuid } from '#crm';
import type { Principal } from './principal.js';
import {
  type Action,
  isRecordAction,
  type ProductAction,
  type RecordAction,
  RIGHTS,
  SUBJECT_TYPES,
  type SubjectType,
  scopeOf,
} from './rights.js';

/** What a right is asked about. A document of a read model and a folded state both have these. */
export interface Subject {
  readonly type: SubjectType;
  readonly ownerId?: Uuid | null;
  /** An activity belongs to its assignee. */
  readonly assigneeId?: Uuid | null;
  readonly teamId?: Uuid | null;
  readonly createdBy?: Uuid | null;
}

/** Which member of a subject says whose it is. */
export function ownerField(type: SubjectType): 'ownerId' | 'assigneeId' {
  return type === 'activity' ? 'assigneeId' : 'ownerId';
}

/**
 * Whether the caller may do this to this record. What is nobody's (no owner, no team) is open to the scope `all` and,
 * so that it is not lost from sight, to whoever created it. Agrees with `scopeFilter` on every record.
 */
export function may(principal: Principal, action: RecordAction, subject: Subject): boolean {
  const scope = scopeOf(principal.roles, action, subject.type);
  if (scope === 'all') return true;
  if (scope === 'none') return false;
  const owner = subject[ownerField(subject.type)] ?? undefined;
  const team = subject.teamId ?? undefined;
  if (owner === principal.userId) return true;
  if (owner === undefined && team === undefined) return subject.createdBy === principal.userId;
  if (scope === 'own') return false;
  return (
    (team !== undefined && principal.teamIds.includes(team)) ||
    (owner !== undefined && principal.teamMemberIds.includes(owner))
  );
}

/**
 * Whether the caller may do this at all, to some record of the type (of any type when left out); to which records is for
 * `may` and `scopeFilter`.
 */
export function mayAtAll(principal: Principal, action: Action, type?: SubjectType): boolean {
  if (isRecordAction(action)) {
    const types = type ? [type] : SUBJECT_TYPES;
    return types.some((candidate) => scopeOf(principal.roles, action, candidate) !== 'none');
  }
  return principal.roles.some((role) => RIGHTS[role].product.includes(action));
}

/**
 * Refuses what the caller may not do to a record: as `not-found` when they may not even read it, so that an answer does
 * not tell that it exists, else as `forbidden`.
 * @throws Refusal `not_found`, `forbidden`
 */
export function requireRight(principal: Principal, action: RecordAction, subject: Subject): void {
  if (may(principal, action, subject)) return;
  if (action !== 'create' && !may(principal, 'read', subject)) {
    throw new Refusal('not-found', 'not_found', `There is no such ${subject.type}.`);
  }
  throw forbidden(action, subject.type);
}

/** @throws Refusal `forbidden` */
export function requireProductRight(principal: Principal, action: ProductAction): void {
  if (!mayAtAll(principal, action)) throw forbidden(action);
}

/** The refusal of an action that the caller has no right to. */
export function forbidden(action: Action, type?: SubjectType): Refusal {
  const what = type ? `${action} (${type})` : action;
  const facts = type ? { action, recordType: type } : { action };
  return new Refusal('forbidden', 'forbidden', `Your roles do not allow this: ${what}.`, {
    facts,
  });
}
