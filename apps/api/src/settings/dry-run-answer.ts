import type { Assignee, AssignmentReason, PassedRule, Rehearsed, RuleName, Uuid } from '#crm';
import { nameOf, type RecordDocument } from '#read-side';

/** Of what a rule holds for, so many are told. */
const SAMPLES = 20;

interface Sample {
  readonly id: Uuid;
  readonly name?: string;
  readonly createdAt: string;
  readonly to?: Assignee;
  readonly reason?: AssignmentReason;
  /** The rule before it that would decide. */
  readonly earlier?: RuleName;
  readonly because?: PassedRule['because'];
}

/** What a rule would do with some opportunities. */
export interface DryRunAnswer {
  readonly looked: number;
  /** What the rule holds for. */
  readonly matched: number;
  /** Without what rules before it would decide, and what it could not be followed for. */
  readonly decided: number;
  readonly earlier: readonly { readonly rule: RuleName; readonly count: number }[];
  readonly assignees: readonly (Assignee & { readonly count: number })[];
  readonly samples: readonly Sample[];
  readonly next?: string;
}

/** Counts what a rule would do with the opportunities looked at, and picks samples. */
export function dryRunAnswer(
  documents: readonly RecordDocument[],
  rehearsed: readonly Rehearsed[],
): DryRunAnswer {
  const byId = new Map(documents.map((document) => [document.id, document]));
  const assigned = rehearsed.flatMap(({ assignment }) => assignment ?? []);
  return {
    looked: documents.length,
    matched: rehearsed.length,
    decided: assigned.length,
    earlier: counted(
      rehearsed.flatMap(({ earlier }) => earlier ?? []),
      ({ id }) => id,
    ).map(([rule, count]) => ({ rule, count })),
    assignees: counted(
      assigned.map(({ to }) => to),
      ({ ownerId, teamId }) => `${ownerId} ${teamId}`,
    ).map(([to, count]) => ({ ...to, count })),
    samples: rehearsed.slice(0, SAMPLES).flatMap((one) => sampleOf(one, byId.get(one.id)) ?? []),
  };
}

function sampleOf(
  { id, assignment, earlier, because }: Rehearsed,
  document: RecordDocument | undefined,
): Sample | undefined {
  if (!document) return undefined;
  const name = nameOf(document);
  return {
    ...{ id, createdAt: document.createdAt },
    ...(name !== undefined && { name }),
    ...(assignment && { to: assignment.to, reason: assignment.by.reason }),
    ...(earlier && { earlier }),
    ...(because && { because }),
  };
}

/** Each once, with how many there are of it, the most frequent first. */
function counted<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
): readonly (readonly [Item, number])[] {
  const counts = new Map<string, [Item, number]>();
  for (const item of items) {
    const known = counts.get(keyOf(item)) ?? [item, 0];
    known[1] += 1;
    counts.set(keyOf(item), known);
  }
  return [...counts.values()].sort(([, left], [, right]) => right - left);
}
