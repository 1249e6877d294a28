import {
  type CapturedData,
  type ChosenRule,
  type Confirmed,
  type ConversionPlan,
  type ConversionWarning,
  type CustomFieldDefinition,
  type MergePlan,
  type PlannedMerge,
  type PlannedNotice,
  type RecordRef,
  type RecordState,
  refOf,
  type Suggestions,
  type Uuid,
} from '#crm';
import type { ConversionPreview } from '#write-side';
import { type ToldObstacle, toldObstacles } from '../http/told-obstacles.js';

type Candidate = Pick<
  RecordState,
  'id' | 'type' | 'fields' | 'ownerId' | 'teamId' | 'createdAt'
> & { readonly revision: number };

type PlannedTarget = NonNullable<ConversionPlan['contact' | 'account' | 'opportunity']>;

/** What would become of one target: a record with these values, these changes to one that is there, or a link to it. */
type ToldTarget =
  | ({
      readonly action: 'create';
      /** The rule by which an opportunity is assigned; to whom in a team is decided as it arrives. */
      readonly assignment?: ChosenRule;
    } & Omit<CapturedData, 'origin'>)
  | Exclude<PlannedTarget, { action: 'create' }>;

interface ToldPlan {
  readonly contact?: ToldTarget;
  readonly account?: ToldTarget;
  readonly opportunity?: ToldTarget;
  readonly merge?: Pick<MergePlan, 'changes' | 'tags' | 'lost' | 'unlistedLost'> & {
    readonly survivor: RecordRef;
    readonly mergedAway: readonly RecordRef[];
  };
  readonly definitions: readonly CustomFieldDefinition[];
  readonly notices: readonly Omit<PlannedNotice, 'id'>[];
}

/** A preview as callers see it. */
export interface PreviewAnswer {
  readonly leadId: Uuid;
  readonly revision: number;
  readonly case: Suggestions['case'];
  /** Give it to the conversion, to be refused when something changed in between. */
  readonly basis?: string;
  readonly suggestions: Suggestions;
  readonly plan?: ToldPlan;
  readonly obstacles: readonly ToldObstacle[];
  readonly warnings: readonly ConversionWarning[];
  /** Custom fields that the conversion would add to target types. */
  readonly definitions: readonly CustomFieldDefinition[];
  /** The existing records that it takes into account. */
  readonly candidates: {
    readonly contactsByEmail: readonly Candidate[];
    readonly contactsByName: readonly Candidate[];
    readonly accountsByName: readonly Candidate[];
    readonly accountsOfContacts: readonly Candidate[];
    /** Other open leads and opportunities with the lead's e-mail. */
    readonly salesByEmail: readonly Candidate[];
  };
}

/** What a caller is told of a preview. */
export function previewAnswer(preview: ConversionPreview): PreviewAnswer {
  const { leadId, revision, basis, suggestions, plan, obstacles, warnings, definitions, found } =
    preview;
  return {
    leadId,
    revision,
    case: suggestions.case,
    ...(basis !== undefined && { basis }),
    suggestions,
    ...(plan && { plan: toldPlan(plan) }),
    obstacles: toldObstacles(obstacles),
    warnings,
    definitions,
    candidates: {
      contactsByEmail: found.contactsByEmail.map(candidate),
      contactsByName: found.contactsByName.map(candidate),
      accountsByName: found.accountsByName.map(candidate),
      salesByEmail: found.salesByEmail.map(candidate),
      accountsOfContacts: [...found.accountsOfContacts.values()].map(candidate),
    },
  };
}

/** The plan as what would be done. Ids of records to be created are left out: every planning makes them anew. */
function toldPlan({
  contact,
  account,
  opportunity,
  merge,
  notices,
  definitions,
}: ConversionPlan): ToldPlan {
  const made = [contact, account, opportunity].flatMap((planned) =>
    planned?.action === 'create' ? [planned.id] : [],
  );
  return {
    ...(contact && { contact: toldTarget(contact, made) }),
    ...(account && { account: toldTarget(account, made) }),
    ...(opportunity && { opportunity: toldTarget(opportunity, made) }),
    ...(merge && { merge: toldMerge(merge, made) }),
    definitions,
    notices: notices.map(({ recipientId, kind }) => ({ recipientId, kind })),
  };
}

/** Links to records to be created are left out, as their ids are. */
function toldMerge(
  { survivor, plan }: PlannedMerge,
  made: readonly Uuid[],
): NonNullable<ToldPlan['merge']> {
  const { records, changes, tags, lost, unlistedLost } = plan;
  const known = changes.filter(({ to }) => !made.some((id) => id === to));
  return {
    survivor,
    mergedAway: records.map(refOf),
    ...{ changes: known, tags, lost },
    ...(unlistedLost !== undefined && { unlistedLost }),
  };
}

function toldTarget(planned: PlannedTarget, made: readonly Uuid[]): ToldTarget {
  if (planned.action !== 'create') return planned;
  const { fields, origin: _origin, ...rest } = planned.captured;
  const known = Object.entries(fields).filter(([, value]) => !made.some((id) => id === value));
  const assigned = 'assignment' in planned && { assignment: planned.assignment };
  return { action: 'create', fields: Object.fromEntries(known), ...rest, ...assigned };
}

function candidate({ state, revision }: Confirmed<RecordState>): Candidate {
  const { id, type, fields, ownerId, teamId, createdAt } = state;
  return {
    ...{ id, type, fields, createdAt, revision },
    ...(ownerId && { ownerId }),
    ...(teamId && { teamId }),
  };
}
