/** One line that is written over as work goes on; where nobody watches, a line now and then. */
export interface ProgressLine {
  update(text: string): void;
  /** Ends the line. */
  end(text?: string): void;
}

const QUIET_MS = 5_000;

export function progressLine(
  out: { readonly isTTY?: boolean; write(text: string): unknown } = process.stderr,
  now: () => number = () => performance.now(),
): ProgressLine {
  let width = 0;
  let last = Number.NEGATIVE_INFINITY;
  const overwrite = (text: string) => {
    out.write(`\r${text.padEnd(width)}`);
    width = text.length;
  };
  return {
    update(text) {
      if (out.isTTY) overwrite(text);
      else if (now() - last >= QUIET_MS) {
        last = now();
        out.write(`${text}\n`);
      }
    },
    end(text) {
      if (out.isTTY) {
        if (text !== undefined) overwrite(text);
        if (width > 0) out.write('\n');
      } else if (text !== undefined) out.write(`${text}\n`);
      width = 0;
    },
  };
}

/** `4,100 of 8,800 (46 %), 1,610/s, 3 s left` */
export function describeProgress(
  done: number,
  total: number,
  perSecond: number | undefined,
  secondsLeft: number | undefined,
): string {
  const share = total > 0 ? ` (${Math.floor((100 * done) / total)} %)` : '';
  const rate = perSecond === undefined ? '' : `, ${grouped(Math.round(perSecond))}/s`;
  const left = secondsLeft === undefined ? '' : `, ${duration(secondsLeft)} left`;
  return `${grouped(done)} of ${grouped(total)}${share}${rate}${left}`;
}

export function grouped(number: number): string {
  return number.toLocaleString('en-US');
}

export function duration(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  return seconds < 5_400 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3_600)} h`;
}
