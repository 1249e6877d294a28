import { foldName, isUuid, type NameLookups, type Uuid } from '#crm';
import type { LivePeople } from '../composition/people.js';

/** Active users and teams by what a file may call them, as they are now. */
export async function namesNow(people: LivePeople): Promise<NameLookups> {
  await people.refresh();
  const users = new Map<string, Uuid | 'ambiguous'>();
  for (const { id, name, email } of people.users().filter(({ active }) => active)) {
    for (const word of [email, name]) call(users, word, id);
  }
  const teamNames = new Map<string, Uuid | 'ambiguous'>();
  for (const { id, name, status } of people.directory.teams()) {
    if (status === 'formed') call(teamNames, name, id);
  }
  return {
    user: (text) => (isUuid(text.toLowerCase()) ? text.toLowerCase() : users.get(foldName(text))),
    team: (text) =>
      isUuid(text.toLowerCase()) ? text.toLowerCase() : teamNames.get(foldName(text)),
  };
}

function call(names: Map<string, Uuid | 'ambiguous'>, word: string | undefined, id: Uuid): void {
  if (!word) return;
  const known = names.get(foldName(word));
  names.set(foldName(word), known === undefined || known === id ? id : 'ambiguous');
}
