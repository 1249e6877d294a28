/** The end of a chain that each link names the next of, by its key; where nothing is named, the start itself. */
export function endOfChain<Link>(
  start: Link,
  next: ReadonlyMap<string, Link>,
  keyOf: (link: Link) => string,
): Link {
  const passed = new Set<string>();
  for (let current = start; ; ) {
    const key = keyOf(current);
    const following = next.get(key);
    // A chain has an end; a ring is thought of only so as never to go round in one.
    if (following === undefined || passed.has(key)) return current;
    passed.add(key);
    current = following;
  }
}
