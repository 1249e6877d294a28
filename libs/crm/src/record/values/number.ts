import { accepted, type Reader, rejected, wrongType } from './reading.js';

/** Any finite number. */
export const readNumber: Reader<number> = (raw, path) => {
  if (typeof raw !== 'number') return wrongType(path, 'a number');
  if (!Number.isFinite(raw)) return rejected(path, 'invalid_number', 'This must be finite.');
  return accepted(withoutNegativeZero(raw));
};

/** From 0 to 100. */
export const readPercent: Reader<number> = (raw, path) => {
  const number = readNumber(raw, path);
  if (number.errors || number.value === null) return number;
  if (number.value >= 0 && number.value <= 100) return number;
  return rejected(path, 'out_of_range', 'This must be from 0 to 100.');
};

/** JSON has no -0, so a value that kept it would differ from itself once stored. */
export function withoutNegativeZero(number: number): number {
  return number === 0 ? 0 : number;
}
