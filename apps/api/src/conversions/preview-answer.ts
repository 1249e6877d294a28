import type {
  Confirmed,
  ConversionPlan,
  ConversionWarning,
  CustomFieldDefinition,
  RecordState,
  Suggestions,
  Uuid,
} from '#crm';
import { answerTo, type Problem } from '#platform';
import type { ConversionPreview } from '#write-side';

type Candidate = Pick<
  RecordState,
  'id' | 'type' | 'fields' | 'ownerId' | 'teamId' | 'createdAt'
> & { readonly revision: number };

/** A preview as callers see it. */
export interface PreviewAnswer {
  readonly leadId: Uuid;
  readonly revision: number;
  readonly case: Suggestions['case'];
  /** Give it to the conversion, to be refused when something changed in between. */
  readonly basis?: string;
  readonly suggestions: Suggestions;
  readonly plan?: Omit<ConversionPlan, 'conversionId'>;
  readonly obstacles: readonly Pick<Problem, 'status' | 'code' | 'detail' | 'errors'>[];
  readonly warnings: readonly ConversionWarning[];
  /** Custom fields that the conversion would add to target types. */
  readonly definitions: readonly CustomFieldDefinition[];
  /** The existing records that it takes into account. */
  readonly candidates: {
    readonly contactsByEmail: readonly Candidate[];
    readonly contactsByName: readonly Candidate[];
    readonly accountsByName: readonly Candidate[];
    readonly accountsOfContacts: readonly Candidate[];
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
    ...(plan && { plan: withoutId(plan) }),
    obstacles: obstacles.map((refusal) => {
      const { type: _type, title: _title, ...told } = answerTo(refusal).problem;
      return told;
    }),
    warnings,
    definitions,
    candidates: {
      contactsByEmail: found.contactsByEmail.map(candidate),
      contactsByName: found.contactsByName.map(candidate),
      accountsByName: found.accountsByName.map(candidate),
      accountsOfContacts: [...found.accountsOfContacts.values()].map(candidate),
    },
  };
}

/** Every planning makes ids anew; those of a preview are never used. */
function withoutId({ conversionId: _id, ...plan }: ConversionPlan) {
  return plan;
}

function candidate({ state, revision }: Confirmed<RecordState>): Candidate {
  const { id, type, fields, ownerId, teamId, createdAt } = state;
  return {
    ...{ id, type, fields, createdAt, revision },
    ...(ownerId && { ownerId }),
    ...(teamId && { teamId }),
  };
}
