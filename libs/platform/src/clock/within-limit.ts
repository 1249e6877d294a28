/**
 * What is asked for; or, when that takes longer than the limit (ms), what `late` gives or throws. What comes after that is ignored, a
 * failure too, and no timer is left behind.
 */
export async function withinLimit<Value, Late = Value>(
  asked: Promise<Value>,
  limitMs: number,
  late: () => Late,
): Promise<Value | Late> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, limitMs);
  });
  try {
    return await Promise.race([asked, over.then(late)]);
  } finally {
    clearTimeout(timer);
  }
}
