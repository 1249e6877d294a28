/** `--rounds 50` of the command line. */
export function roundsFrom(args, otherwise) {
  return numberFrom(args, '--rounds', otherwise);
}

/** A whole number from 1 after an option of the command line. */
export function numberFrom(args, option, otherwise) {
  const at = args.indexOf(option);
  if (at < 0) return otherwise;
  const number = Number(args[at + 1]);
  if (Number.isInteger(number) && number > 0) return number;
  console.error(`${option} takes a whole number from 1.`);
  process.exit(2);
}
