import type { Recorded } from '#crm';

/** An error's name and message, without values of the event that caused it. */
export type HarmlessError = { readonly name: string; readonly message: string };

const LONGEST = 200;
/** Shorter values are words of every message (`a`, `of`), longer ones may be somebody's name. */
const SHORTEST_VALUE = 3;

/** Keeps personal data out of logs and of parked events: whatever text of the event stands in the message is blotted out. */
export function harmless(error: unknown, event: Pick<Recorded, 'data'>): HarmlessError {
  if (!(error instanceof Error)) return { name: 'Error', message: 'No error was thrown.' };
  // A parser quotes what it read, in pieces that no comparison would find.
  if (error instanceof SyntaxError) return { name: error.name, message: 'Unreadable text.' };
  let message = error.message;
  for (const text of textsIn(event.data)) message = message.replaceAll(text, '…');
  return { name: error.name, message: message.slice(0, LONGEST) };
}

function* textsIn(value: unknown): Generator<string> {
  if (typeof value === 'string' && value.length >= SHORTEST_VALUE) yield value;
  if (typeof value !== 'object' || value === null) return;
  for (const part of Object.values(value)) yield* textsIn(part);
}
