/** One line of the answer: what was measured, against what, and whether it is good enough. */
export interface Row {
  /** As `--only` names it. */
  readonly name: string;
  /** What the row of DESIGN.md's table is about, and at which size. */
  readonly what: string;
  /** The product's figure, in words. */
  readonly measured: string;
  /** The limit's, in words. */
  readonly limit: string;
  readonly ratio: number;
  readonly bar: Bar;
  /** How many measurements each side's median is of. */
  readonly samples: number;
}

/** `least` for shares of a limit and for rates, `most` for growth. */
export type Bar = { readonly least: number } | { readonly most: number };

export function meets({ ratio, bar }: Pick<Row, 'ratio' | 'bar'>): boolean {
  if ('least' in bar) return ratio >= bar.least;
  return ratio <= bar.most;
}

function barText(bar: Bar): string {
  if ('least' in bar) return `>= ${bar.least.toLocaleString('en')}`;
  return `<= ${bar.most}`;
}

/** The rows as plain text columns. */
export function asTable(rows: readonly Row[]): string {
  const head = ['row', 'what', 'measured', 'limit', 'ratio', 'bar', '', 'samples'];
  const lines = rows.map((row) => [
    row.name,
    row.what,
    row.measured,
    row.limit,
    row.ratio >= 100 ? Math.round(row.ratio).toLocaleString('en') : row.ratio.toFixed(2),
    barText(row.bar),
    meets(row) ? 'ok' : 'MISSES',
    String(row.samples),
  ]);
  const all = [head, ...lines];
  const widths = head.map((_, at) => Math.max(...all.map((line) => (line[at] ?? '').length)));
  return all
    .map((line) =>
      line
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
