import type { Recorded } from './log.js';
import type { streams } from './messages.js';
import { invalid, notSet, type Status, THROWN } from './status.js';

export interface Filter {
  matches(event: Recorded): boolean;
  /** Events scanned in one step. */
  readonly window: number;
  /** Steps between checkpoints. */
  readonly multiplier: number;
}

const FILTER = 'ReadReq+Types+Options+Types+FilterOptions';
/** What a window by `count` behaves like. */
const COUNT_WINDOW = 32;

export function readFilter(options: streams.ReadReq.Options.FilterOptions): Filter | Status {
  const expression = options.getStreamIdentifier() ?? options.getEventType();
  if (!expression) {
    const window = options.hasMax() ? `"max": ${options.getMax()}, ` : '"count": { }, ';
    const multiplier = `"checkpointIntervalMultiplier": ${options.getCheckpointintervalmultiplier()}`;
    return invalid(
      `'{ ${window}${multiplier} }' is not a valid EventStore.Client.Streams.${FILTER}`,
    );
  }
  if (!options.hasMax() && !options.hasCount()) return notSet(`${FILTER}+WindowOneofCase`);
  const test = readExpression(expression);
  if (!test) return THROWN;
  const byStream = options.hasStreamIdentifier();
  return {
    matches: (event) => test(byStream ? event.stream : event.type),
    window: options.hasMax() ? options.getMax() : COUNT_WINDOW,
    multiplier: options.getCheckpointintervalmultiplier(),
  };
}

function readExpression(
  expression: streams.ReadReq.Options.FilterOptions.Expression,
): ((text: string) => boolean) | undefined {
  const regex = expression.getRegex();
  const prefixes = expression.getPrefixList();
  if (regex === '') return (text) => prefixes.some((prefix) => text.startsWith(prefix));
  try {
    const compiled = new RegExp(regex);
    return (text) => compiled.test(text);
  } catch {
    return undefined;
  }
}
