import type { EventMetadata } from '../../kernel/event.js';
import { deriveId, type Revision, type Uuid } from '../../kernel/ids.js';
import type { Assignee, Change } from '../../record/change.js';
import type {
  AssignedData,
  CapturedData,
  EditedData,
  TaggedData,
} from '../../record/record-events.js';
import type { RecordState } from '../../record/record-state.js';
import { type RecordType, recordName } from '../../record/record-type.js';
import type { TargetType } from '../target-type.js';
import type { KeptReason } from './undo-plan.js';

/** What a conversion did to one record, as the record's own events tell it. */
export type Done =
  | { readonly kind: 'created'; readonly captured: CapturedData }
  | {
      readonly kind: 'updated';
      readonly changes: readonly Change[];
      readonly tags: readonly string[];
      readonly assigned?: { readonly from: Assignee; readonly to: Assignee };
    };

/** Something that makes use of a record that the conversion created. */
export type Use = {
  readonly reason: Extract<KeptReason, 'referred_to' | 'other_conversion' | 'activities'>;
  readonly by: { readonly type: RecordType | 'activity'; readonly id: Uuid };
  /** Whether the caller may see it; of any other the caller learns nothing but that it is. */
  readonly visible: boolean;
};

/** A record that the conversion created or updated, as its stream has it now. */
export type UndoTarget = {
  readonly state: RecordState;
  readonly revision: Revision;
  /** Absent where the conversion found nothing that it could do. */
  readonly did?: Done;
  /** Asked only of records that the conversion created. */
  readonly uses: readonly Use[];
};

/** What undoing a conversion has to go by, by type: at most one record of each. Links are left out; nothing is done to them. */
export type FoundForUndo = Readonly<Partial<Record<TargetType, UndoTarget>>>;

/** The identity under which a conversion appends to the record of a type. */
export function conversionEffectId(conversionId: Uuid, type: TargetType): Uuid {
  return deriveId(conversionId, `effect:${type}`);
}

/** What one command of a conversion did, from the events that it appended; other commands' events are passed over. */
export function doneBy(
  commandId: Uuid,
  type: RecordType,
  events: readonly {
    readonly type: string;
    readonly data: object;
    readonly metadata: Pick<EventMetadata, 'commandId'>;
  }[],
): Done | undefined {
  const own = events.filter(({ metadata }) => metadata.commandId === commandId);
  if (own.length === 0) return undefined;
  const dataOf = (verb: string) =>
    own.find((event) => event.type === `${recordName(type)}${verb}`)?.data;
  const captured = dataOf('Captured') as CapturedData | undefined;
  const assigned = dataOf('Assigned') as AssignedData | undefined;
  // An assignment rule may have given it to somebody as it arrived.
  if (captured) return { kind: 'created', captured: { ...captured, ...assigned?.to } };
  return {
    kind: 'updated',
    changes: (dataOf('Edited') as EditedData | undefined)?.changes ?? [],
    tags: (dataOf('Tagged') as TaggedData | undefined)?.added ?? [],
    ...(assigned && { assigned: { from: assigned.from, to: assigned.to } }),
  };
}
