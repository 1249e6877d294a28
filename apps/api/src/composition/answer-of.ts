import { withinLimit } from '#platform';

/** Less than health has for a check, so that the check can still say what is away. */
const WITHIN_MS = 1_500;

/** What a store answers; undefined when it fails, or takes so long that it might as well. */
export function answerOf<Value>(
  asked: Promise<Value>,
): Promise<{ readonly value: Value } | undefined> {
  const answered = asked.then(
    (value) => ({ value }),
    () => undefined,
  );
  return withinLimit(answered, WITHIN_MS, () => undefined);
}
