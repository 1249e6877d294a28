import { foldCase, isUuid, type NameLookups, type Uuid } from '#crm';
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
    user: (text) => (isUuid(text.toLowerCase()) ? text.toLowerCase() : users.get(folded(text))),
    team: (text) => (isUuid(text.toLowerCase()) ? text.toLowerCase() : teamNames.get(folded(text))),
  };
}

function call(names: Map<string, Uuid | 'ambiguous'>, word: string | undefined, id: Uuid): void {
  if (!word) return;
  const known = names.get(folded(word));
  names.set(folded(word), known === undefined || known === id ? id : 'ambiguous');
}

function folded(word: string): string {
  return foldCase(word).replace(/\s+/g, ' ').trim();
}
