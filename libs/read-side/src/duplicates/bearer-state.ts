import {
  accountDecider,
  contactDecider,
  type FieldValue,
  type FieldValues,
  type Happened,
  leadDecider,
  opportunityDecider,
  type RecordState,
  type RecordType,
} from '#crm';
import { recordKey } from '../records/record-key.js';
import { MATCHED_FIELDS } from './bearer-document.js';

/** What of the domain's state of a record matters to who may be the same. */
export interface KeptState
  extends Pick<
    RecordState,
    'lifecycle' | 'fields' | 'custom' | 'ownerId' | 'teamId' | 'createdAt' | 'createdBy'
  > {
  /** What it was merged into, as a record key. */
  readonly behind?: string | undefined;
  /** Whether something was ever merged into it. */
  readonly survivor: boolean;
}

interface Folder {
  evolve(state: RecordState, event: Happened): RecordState;
}

/** The domain's own rules say what an event means, as in the lists. */
const FOLDERS: Readonly<Record<RecordType, Folder>> = {
  lead: leadDecider,
  opportunity: opportunityDecider,
  contact: contactDecider,
  account: accountDecider,
};

/** States to fold onto: all but what is kept is as of a record that is not there, for nothing of it shows. */
const BLANK: Readonly<Record<RecordType, RecordState>> = {
  lead: leadDecider.initial(''),
  opportunity: opportunityDecider.initial(''),
  contact: contactDecider.initial(''),
  account: accountDecider.initial(''),
};

/** Of records that are not there. */
export const NOTHING_KEPT: Readonly<Record<RecordType, KeptState>> = {
  lead: { ...BLANK.lead, survivor: false },
  opportunity: { ...BLANK.opportunity, survivor: false },
  contact: { ...BLANK.contact, survivor: false },
  account: { ...BLANK.account, survivor: false },
};

/** What is kept after an event. Values that it did not change are the same objects. */
export function evolveKept(
  type: RecordType,
  id: string,
  kept: KeptState,
  event: Happened,
): KeptState {
  const after = FOLDERS[type].evolve({ ...BLANK[type], ...kept, id }, event);
  const { lifecycle, custom, ownerId, teamId, createdAt, createdBy, mergedInto } = after;
  const fields = after.fields === kept.fields ? kept.fields : matched(after.fields);
  return {
    ...{ lifecycle, fields, custom, ownerId, teamId, createdAt, createdBy },
    ...(lifecycle === 'merged' && { behind: mergedInto ? recordKey(mergedInto) : kept.behind }),
    survivor: kept.survivor || after.absorbed.length > 0,
  };
}

function matched(fields: FieldValues): FieldValues {
  const some: Record<string, FieldValue> = {};
  for (const name of MATCHED_FIELDS) {
    const value = fields[name];
    if (value !== undefined) some[name] = value;
  }
  return some;
}
