import { conditionDocument, type Position, type RecordState, type Revision } from '#crm';
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
  return Object.assign(conditionDocument(state), { noteCount, revision, position, search });
}
