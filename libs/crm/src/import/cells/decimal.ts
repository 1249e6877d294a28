/** How numbers are written: the mark before the fraction. The other mark, spaces and apostrophes may group thousands. */
export type DecimalMark = '.' | ',';

const PATTERNS: Readonly<Record<DecimalMark, RegExp>> = {
  '.': numberWith('\\.', ','),
  ',': numberWith(',', '\\.'),
};

function numberWith(mark: string, group: string): RegExp {
  const grouped = `\\d{1,3}(?:([${group} \u00a0\u202f'’])\\d{3})(?:\\3\\d{3})*`;
  return new RegExp(`^([+-]?)(${grouped}|\\d+)(?:${mark}(\\d+))?$`);
}

/** A number as its sign and its digits before and after the mark; nothing is rounded. */
export type Decimal = {
  readonly negative: boolean;
  readonly whole: string;
  readonly fraction: string;
};

/** Reads a number as people write it: `1.234,5` with a decimal comma. Undefined when it is none. */
export function parseDecimal(text: string, mark: DecimalMark): Decimal | undefined {
  const found = PATTERNS[mark].exec(text.trim().replace(/^\u2212/, '-'));
  if (!found) return undefined;
  const [, sign, whole = '', , fraction = ''] = found;
  return { negative: sign === '-', whole: whole.replace(/\D/g, ''), fraction };
}

/** The nearest JavaScript number. */
export function toNumber({ negative, whole, fraction }: Decimal): number {
  return Number(`${negative ? '-' : ''}${whole}.${fraction || '0'}`);
}

/**
 * The number times a whole factor, exactly: 12.34 times 100 is 1234. Undefined when the product is no whole number or not
 * a safe one.
 */
export function timesExactly(decimal: Decimal, factor: number): number | undefined {
  const { negative, whole, fraction } = decimal;
  const digits = fraction.replace(/0+$/, '');
  if (whole.length + digits.length > 40) return undefined;
  const scaled = BigInt(whole + digits) * BigInt(factor);
  const scale = 10n ** BigInt(digits.length);
  if (scaled % scale !== 0n) return undefined;
  const product = Number(scaled / scale);
  if (!Number.isSafeInteger(product)) return undefined;
  return negative && product !== 0 ? -product : product;
}
