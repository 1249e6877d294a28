import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ROOT } from './root.mjs';
import { ON_THE_WAY, runChild } from './run-child.mjs';

/**
 * Whether node_modules holds what package-lock.json asks for on this machine. Contents are compared rather than times,
 * so that a checkout of another branch and back installs nothing.
 * @param dev whether the packages of development count too
 */
export function packagesAreInstalled({ dev }) {
  const installed = readPackages(join(ROOT, 'node_modules', '.package-lock.json'));
  if (!installed) return false;
  const wanted = readPackages(join(ROOT, 'package-lock.json'));
  if (!wanted) throw new Error('package-lock.json is missing or damaged.');
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '' || ((entry.dev || entry.devOptional) && !dev)) return true;
    const found = installed[path];
    if (!found) return entry.optional === true && !isMadeForThisMachine(entry);
    return (
      found.version === entry.version &&
      found.integrity === entry.integrity &&
      existsSync(join(ROOT, path))
    );
  });
}

/** @returns the exit code of npm */
export function installPackages() {
  const args = ['ci', '--include=dev', '--ignore-scripts', '--prefer-offline', '--loglevel=error'];
  // npm's own pauses between attempts add up to more than a minute when there is no network at all.
  args.push('--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=10000');
  const npm = process.env.npm_execpath;
  if (npm && basename(npm) === 'npm-cli.js') {
    return runChild(process.execPath, [npm, ...args], ON_THE_WAY);
  }
  return runChild('npm', args, { ...ON_THE_WAY, shell: process.platform === 'win32' });
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/** An optional package that names no machine came along with one that does, and is left out with it. */
function isMadeForThisMachine({ os, cpu, libc }) {
  if (!os && !cpu) return false;
  return (
    allows(os, process.platform) && allows(cpu, process.arch) && (!libc || allows(libc, ourLibc()))
  );
}

/** npm's rule for os, cpu and libc: a list of names, or of names with `!` in front that are excluded. */
function allows(list, name) {
  if (!list || list.includes('any')) return true;
  if (list.includes(`!${name}`)) return false;
  return list.includes(name) || list.every((item) => item.startsWith('!'));
}

let libc;
function ourLibc() {
  if (process.platform !== 'linux') return undefined;
  libc ??= /ld-musl|libc\.musl/.test(sharedObjects()) ? 'musl' : 'glibc';
  return libc;
}

function sharedObjects() {
  process.report.excludeNetwork = true;
  return process.report.getReport().sharedObjects.join('\n');
}
