import { foldName } from '../../settings/parts/names.js';
import { listReader } from './list.js';
import { accepted, type Reader, rejected, wrongType } from './reading.js';
import { readText } from './text.js';

/** A reader of one of the options, whatever its case and spacing; the answer is as the option is written. */
export function selectReader(options: readonly string[]): Reader<string> {
  return (raw, path) => {
    const text = readText(raw, path);
    if (text.errors || text.value === null || options.includes(text.value)) return text;
    const folded = foldName(text.value);
    const meant = options.find((option) => foldName(option) === folded);
    if (meant !== undefined) return accepted(meant);
    return rejected(path, 'unknown_option', 'This is not one of the options.');
  };
}

/** A reader of some of the options. The answer is in their order, so that equal choices are equal values. */
export function multiSelectReader(options: readonly string[]): Reader<readonly string[]> {
  const readList = listReader(selectReader(options), 2 * options.length + 1);
  return (raw, path) => {
    const chosen = readList(raw, path);
    if (chosen.errors || chosen.value === null) return chosen;
    const choice = new Set(chosen.value);
    return accepted(options.filter((option) => choice.has(option)));
  };
}

/** `true` or `false`. */
export const readBoolean: Reader<boolean> = (raw, path) =>
  typeof raw === 'boolean' ? accepted(raw) : wrongType(path, 'true or false');
