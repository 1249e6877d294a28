import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { StoreUnavailable } from '../errors.js';
import { errorCode } from './store-errors.js';

/**
 * Makes a folder, and those above it where they are missing, for its owner only. One at a time: the recursive form never
 * returns on file systems that take no folders, such as /proc.
 * @throws StoreUnavailable naming the folder
 */
export function makeFolder(folder: string): void {
  const found = existsSync(folder) ? statSync(folder) : undefined;
  if (found?.isDirectory()) return;
  if (found) throw new StoreUnavailable(`${folder} is not a folder`);
  makeFolder(dirname(folder));
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // Another process may have made it meanwhile.
    if (existsSync(folder)) return;
    throw new StoreUnavailable(`the folder ${folder} cannot be made (${errorCode(error)})`);
  }
}
