import { join } from 'node:path';
import {
  ADMIN_TOKEN_FILE,
  issueToken,
  LONGEST_TTL_S,
  type LocalKey,
  loadLocalKey,
  localKeyFromSecret,
  readPrivateFile,
  verifyToken,
  writePrivateFile,
} from '#access';
import { ALL_EVENTS } from '#crm';
import { createEventLog, createRegistry, type EventStore, type KeyRing } from '#event-store';
import { systemClock } from '#platform';
import { createPeople } from '../../../api/src/composition/people.js';
import type { Place } from './place.js';

/** Where `admin.token` is the source's, which still serves. */
const BESIDE = 'admin-of-copy.token';

/**
 * A copy signs by a key of its own, so no token of the source holds there. This keeps one for its first admin in a file, as a first
 * start does.
 * @returns the file; undefined when the copy has no admin
 */
export async function keepAdminToken(
  place: Place,
  events: EventStore,
  keys: KeyRing,
): Promise<string | undefined> {
  const people = createPeople(
    createEventLog({ store: events, registry: createRegistry(ALL_EVENTS), keys }),
  );
  await people.refresh();
  const [admin] = people.activeAdmins();
  if (admin === undefined) return undefined;
  const key =
    place.kind === 'folder'
      ? await loadLocalKey(place.folder)
      : localKeyFromSecret(await keys.hashSecret());
  const file = join(place.folder, ADMIN_TOKEN_FILE);
  const kept = await readPrivateFile(file);
  if (kept !== undefined && (await holds(kept.trim(), key))) return file;
  const token = `${await issueToken(key, systemClock, admin, LONGEST_TTL_S)}\n`;
  if (await writePrivateFile(file, token, 'absent')) return file;
  const beside = join(place.folder, BESIDE);
  await writePrivateFile(beside, token, 'always');
  return beside;
}

async function holds(token: string, localKey: LocalKey): Promise<boolean> {
  try {
    await verifyToken(token, { localKey, provider: undefined, clock: systemClock });
    return true;
  } catch {
    return false;
  }
}
