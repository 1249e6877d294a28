/** `--rounds 50` of the command line. */
export function roundsFrom(args, otherwise) {
  const at = args.indexOf('--rounds');
  if (at < 0) return otherwise;
  const rounds = Number(args[at + 1]);
  if (Number.isInteger(rounds) && rounds > 0) return rounds;
  console.error('--rounds takes a whole number from 1.');
  process.exit(2);
}
