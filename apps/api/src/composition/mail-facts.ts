import { may } from '#access';
import { preferenceFor } from '#crm';
import type { MailFacts } from '#notify';
import type { NoticedThing, Queries } from '#read-side';
import type { LivePeople } from './people.js';

/** What mails are made of: people as they are now, and names of what each of them may see. */
export function createMailFacts(
  people: LivePeople,
  queries: Pick<Queries, 'findNoticed' | 'findRead'>,
): MailFacts {
  return {
    recipient(userId) {
      const user = people.user(userId);
      if (!user?.active) return undefined;
      // An erased user has none.
      const { id, name = '', email = '', locale } = user;
      return { id, name, email, locale };
    },
    wants: (userId, kind) => preferenceFor(people.preferencesOf(userId), kind).email !== 'off',
    readOf: queries.findRead,
    async namesFor(recipientId, records) {
      const principal = people.directory.principalOf(recipientId);
      const things = await queries.findNoticed(records);
      return records.map(({ type, id }) => {
        const thing: NoticedThing | undefined = things.get(`${type}:${id}`);
        if (!thing || !principal) return undefined;
        return may(principal, 'read', { ...thing.document, type }) ? thing.name : undefined;
      });
    },
  };
}
