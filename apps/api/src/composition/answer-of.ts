/** Less than health has for a check, so that the check can still say what is away. */
const WITHIN_MS = 1_500;

/** What a store answers; undefined when it fails, or takes so long that it might as well. */
export async function answerOf<Value>(
  asked: Promise<Value>,
  withinMs = WITHIN_MS,
): Promise<{ readonly value: Value } | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), withinMs);
  });
  const answered = asked.then(
    (value) => ({ value }),
    () => undefined,
  );
  try {
    return await Promise.race([answered, late]);
  } finally {
    clearTimeout(timer);
  }
}
