/** Parts that are there, with commas between them and something else before the last. */
export function listed(parts: readonly (string | false | undefined)[], last = ', '): string {
  const some = parts.filter((part): part is string => Boolean(part));
  const head = some.slice(0, -1).join(', ');
  return head ? `${head}${last}${some.at(-1)}` : (some[0] ?? '');
}

/** Names in quotation marks, with commas between them. */
export function quoted(names: readonly string[]): string {
  return names.map((name) => `“${name}”`).join(', ');
}

/** The text with a capital at its start. */
export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
