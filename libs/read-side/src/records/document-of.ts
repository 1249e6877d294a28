import {
  conditionDocument,
  type Position,
  type RecordState,
  type Revision,
  type StagedState,
} from '#crm';
import type { Derived } from './derived.js';
import type { RecordDocument } from './record-document.js';

/** The flat document of a record's state, with what lists know beside it. */
export function documentOf(
  state: RecordState,
  noteCount: number,
  { search }: Pick<Derived, 'search'>,
  { revision, position }: { readonly revision: Revision; readonly position: Position },
): RecordDocument {
  // Rebuilding makes one for every record: one object, where spreading would make two.
  const document: Draft = Object.assign(conditionDocument(state), {
    noteCount,
    revision,
    position,
    search,
  });
  if (state.type === 'opportunity') document.probabilities = probabilitiesOf(state as StagedState);
  return document;
}

type Draft = { -readonly [Member in keyof RecordDocument]: RecordDocument[Member] };

function probabilitiesOf({ fields, stageProbability: stage }: StagedState) {
  const { probability: hand } = fields;
  return {
    ...(typeof hand === 'number' && { hand }),
    ...(stage !== undefined && { stage }),
  };
}
