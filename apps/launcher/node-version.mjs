// Imported before anything else, and by whatever Node is installed: nothing here may need a recent one.

const OLDEST = [20, 19];

/** Ends the process with one line when this Node is older than the product's `engines` say. */
export function requireNode(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number);
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return;
  process.stderr.write(
    `Leadledger needs Node ${OLDEST.join('.')} or newer; this is ${version}. See https://nodejs.org\n`,
  );
  process.exit(1);
}
