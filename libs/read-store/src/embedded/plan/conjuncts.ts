import type { Condition, FilterNode } from '#crm';

/** The parts that must all hold: nested conjunctions opened, double negation left alone. */
export function conjunctsOf(node: FilterNode): readonly FilterNode[] {
  return node.kind === 'and' ? node.nodes.flatMap(conjunctsOf) : [node];
}

/** One node that asks all of them: the opposite of `conjunctsOf`. */
export function conjunction(nodes: readonly FilterNode[]): FilterNode {
  return nodes.length === 1 && nodes[0] !== undefined ? nodes[0] : { kind: 'and', nodes };
}

/** The conditions among conjuncts by field, the first of a field if it has several that `wanted` accepts. */
export function conditionsByField(
  conjuncts: readonly FilterNode[],
  wanted: (condition: Condition) => boolean,
): ReadonlyMap<string, Condition> {
  const conditions = new Map<string, Condition>();
  for (const node of conjuncts) {
    if (node.kind === 'condition' && !conditions.has(node.field) && wanted(node)) {
      conditions.set(node.field, node);
    }
  }
  return conditions;
}
