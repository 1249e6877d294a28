import { join } from 'node:path';
import { build, buildIsCurrent } from './built-code.mjs';
import { withLock } from './lock.mjs';
import { installPackages, packagesAreInstalled } from './packages.mjs';
import { DIST, say } from './root.mjs';

/** What stops a launch, in words for the person who asked for it. */
class LaunchError extends Error {}

/** Installs what development needs, unless it is there. */
export function prepareToDevelop() {
  return attempt(async () => {
    if (!packagesAreInstalled({ dev: true })) await locked(() => install());
  });
}

/** Builds, whether needed or not. */
export function prepareBuild() {
  return attempt(() => locked(() => rebuild()));
}

/** Installs and builds as far as needed to run what is in dist. With nothing to do it writes nothing and calls nobody. */
export function prepareToRun() {
  const ready = () => buildIsCurrent() && packagesAreInstalled({ dev: false });
  return attempt(async () => {
    if (ready()) return;
    await locked(async () => {
      // Another launch may have done it while this one waited.
      if (!ready()) await rebuild();
    });
  });
}

function locked(work) {
  return withLock(join(DIST, '.preparing'), work);
}

async function rebuild() {
  await install();
  say('Building.');
  const started = performance.now();
  const code = await build();
  if (code !== 0) throw new LaunchError(`The build failed with code ${code}; see above.`);
  say(`Built in ${((performance.now() - started) / 1000).toFixed(1)} s.`);
}

async function install() {
  if (packagesAreInstalled({ dev: true })) return;
  say('Installing packages; this happens once, and again when package-lock.json changes.');
  const code = await installPackages();
  if (code === 0 && packagesAreInstalled({ dev: true })) return;
  throw new LaunchError(
    `The packages could not be installed (npm ci ended with code ${code}; see above). ` +
      'Installing needs the npm registry or a filled npm cache; once installed, nothing needs the network.',
  );
}

async function attempt(work) {
  try {
    await work();
  } catch (error) {
    say(error instanceof LaunchError ? error.message : `Cannot prepare: ${error.message}`);
    process.exit(1);
  }
}
