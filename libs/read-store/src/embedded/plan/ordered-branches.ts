import type { Condition, FilterNode, Scalar } from '#crm';
import type { SortKey } from '../../read-store.port.js';
import { columnOf, sortColumnOf } from '../filter-sql.js';
import { idIndex, type Layout } from '../layout.js';
import { isUniform } from '../sort.js';
import { type SqlValue, toSqlValue } from '../sql-value.js';
import { isList } from '../test-sql.js';
import { conditionsByField, conjunctsOf } from './conjuncts.js';

/** A walk along one stretch of an index that gives documents in the order wanted, so that a page reads little more than itself. */
export interface OrderedBranch {
  /** Name of the index. */
  readonly index: string;
  /** What the index's first columns equal. */
  readonly equalities: readonly { readonly column: string; readonly value: SqlValue }[];
  /** The sort without what is equal all along the branch. */
  readonly sort: readonly SortKey[];
  /** What is left to be checked. */
  readonly residual: readonly FilterNode[];
}

/** A page merges a few documents of each; beyond this many it is cheaper to look along one order. */
const MOST_BRANCHES = 200;

function valuesOf({ test }: Condition): readonly Scalar[] | undefined {
  if (test.kind === 'in') return test.values;
  return test.kind === 'equals' && !isList(test.value) ? [test.value] : undefined;
}

interface Candidate {
  readonly index: string;
  readonly prefix: readonly string[];
}

/** The index whose first fields have equalities and whose others are the sort: the one with the most equalities. */
function bestIndex(
  layout: Layout,
  equal: ReadonlyMap<string, Condition>,
  sort: readonly SortKey[],
): Candidate | undefined {
  if (!isUniform(sort)) return undefined;
  const wanted = sort.slice(0, -1).map(({ field }) => field);
  let best: Candidate | undefined;
  for (const { name, fields } of [idIndex(layout), ...layout.indexes]) {
    const length = fields.length - wanted.length;
    if (length < 0 || (best !== undefined && length <= best.prefix.length)) continue;
    const prefix = fields.slice(0, length);
    if (!prefix.every((field) => equal.has(field))) continue;
    if (wanted.every((field, i) => fields[length + i] === field)) best = { index: name, prefix };
  }
  return best;
}

function expand(
  layout: Layout,
  conjuncts: readonly FilterNode[],
  sort: readonly SortKey[],
): readonly OrderedBranch[] | undefined {
  const sorted = new Set(sort.map(({ field }) => field));
  const equal = conditionsByField(conjuncts, (condition) => {
    const values = valuesOf(condition);
    if (values === undefined || columnOf(layout, condition.field) === undefined) return false;
    return values.length === 1 || !sorted.has(condition.field);
  });
  const open = sort.filter(({ field }, i) => i === sort.length - 1 || !equal.has(field));
  const index = bestIndex(layout, equal, open);
  if (index === undefined) return undefined;
  let branches: OrderedBranch[] = [
    { index: index.index, equalities: [], sort: open, residual: conjuncts },
  ];
  for (const field of index.prefix) {
    const condition = equal.get(field);
    const column = sortColumnOf(layout, field);
    if (condition === undefined || column === undefined) return undefined;
    const values = new Set((valuesOf(condition) ?? []).map(toSqlValue));
    if (branches.length * values.size > MOST_BRANCHES) return undefined;
    branches = branches.flatMap((branch) =>
      [...values].map((value) => ({
        ...branch,
        equalities: [...branch.equalities, { column, value }],
        residual: branch.residual.filter((node) => node !== condition),
      })),
    );
  }
  return branches;
}

/** By how many equalities the least narrow of the branches is found; -1 where there are none to walk. */
function narrowness(branches: readonly OrderedBranch[] | undefined): number {
  return branches === undefined
    ? -1
    : Math.min(...branches.map(({ equalities }) => equalities.length));
}

/**
 * Branches that together give every document meeting the conjuncts, each in the order of the sort: one per value of an `$in`, and one
 * or more per part of an `$or` where those are all found by more equalities. Undefined when no declared index serves; one branch without
 * equalities when only the sort is served.
 */
export function orderedBranches(
  layout: Layout,
  conjuncts: readonly FilterNode[],
  sort: readonly SortKey[],
): readonly OrderedBranch[] | undefined {
  let best = expand(layout, conjuncts, sort);
  for (const node of conjuncts) {
    if (node.kind !== 'or' || node.nodes.length === 0) continue;
    const others = conjuncts.filter((other) => other !== node);
    const parts = node.nodes.map((part) =>
      orderedBranches(layout, [...others, ...conjunctsOf(part)], sort),
    );
    if (parts.includes(undefined)) continue;
    const branches = parts.flatMap((part) => part ?? []);
    if (branches.length > MOST_BRANCHES) continue;
    if (narrowness(branches) > Math.max(0, narrowness(best))) best = branches;
  }
  return best;
}
