/** Equal as JSON, whatever the order of members. */
export function sameDocument(left: unknown, right: unknown): boolean {
  if (Object.is(left, right)) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || !left || !right) return false;
  if (Array.isArray(left) !== Array.isArray(right)) return false;
  const members = new Set([...Object.keys(left), ...Object.keys(right)]);
  for (const member of members) {
    if (!sameDocument(Reflect.get(left, member), Reflect.get(right, member))) return false;
  }
  return true;
}
