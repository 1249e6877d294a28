import { join } from 'node:path';
import type { Uuid } from '#crm';
import { readPrivateFile, writePrivateFile } from './private-file.js';

/** The name of the first admin's token file in the data folder. */
export const ADMIN_TOKEN_FILE = 'admin.token';

export interface Bootstrap {
  readonly dataFolder: string;
  /** Whether any user exists; the directory must have caught up with the log. */
  readonly hasUsers: boolean;
  /** The id for the admin. */
  readonly newId: Uuid;
  /** The user id in a token of this installation that still holds; undefined for any other text. */
  readonly userIdIn: (token: string) => Promise<Uuid | undefined>;
  /** Signs a long-lived token. */
  readonly issue: (userId: Uuid) => Promise<string>;
  /** Issues the command that creates the admin; creating the same one again must be harmless. */
  readonly createAdmin: (userId: Uuid) => Promise<void>;
}

export interface FirstAdmin {
  readonly userId: Uuid;
  /** To be shown once. */
  readonly token: string;
  readonly file: string;
}

/**
 * At the first start, creates an admin and keeps a token for them in the data folder (0600). The token is on disk before
 * the user exists, and names the user: whenever the process is killed in between, the next start goes on with the same.
 * @returns undefined when there are users already
 */
export async function bootstrapAdmin(bootstrap: Bootstrap): Promise<FirstAdmin | undefined> {
  const { dataFolder, hasUsers, newId, userIdIn, issue, createAdmin } = bootstrap;
  if (hasUsers) return undefined;
  const file = join(dataFolder, ADMIN_TOKEN_FILE);
  const kept = (await readPrivateFile(file))?.trim();
  const keptUserId = kept ? await userIdIn(kept) : undefined;
  const userId = keptUserId ?? newId;
  const token = kept && keptUserId ? kept : await issue(userId);
  if (token !== kept) await writePrivateFile(file, `${token}\n`, 'always');
  await createAdmin(userId);
  return { userId, token, file };
}
