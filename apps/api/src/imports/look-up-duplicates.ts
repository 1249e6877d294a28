import { scopeFilter } from '#access';
import type { RecordType } from '#crm';
import { DUPLICATES } from '#read-side';
import type { DuplicateLookup } from '#write-side';
import type { Leadledger } from '../composition/leadledger.js';

/** Where rows of a type may meet someone who is known already. */
const LOOKED_AMONG: Readonly<Record<RecordType, readonly RecordType[]>> = {
  lead: ['lead', 'contact'],
  contact: ['contact', 'lead'],
  account: ['account'],
  opportunity: [],
};
/** How long an import waits at its beginning for the lists to know what is there, in milliseconds. */
const PATIENCE_MS = 10_000;

/** Looks rows up in the lists, under the rights of whoever imports. */
export function lookUpDuplicates({ read, people, stores }: Leadledger): DuplicateLookup {
  return {
    async catchUp() {
      await read.models.waitFor(await stores.log.head(), PATIENCE_MS, [DUPLICATES.name]);
    },
    async find(recordType, keys, { actor }) {
      const principal = people.directory.principalOf(actor.id);
      if (!principal) return [];
      const accessTo = (type: RecordType) => scopeFilter(principal, 'read', type);
      const found = await Promise.all(
        LOOKED_AMONG[recordType].map((type) => read.duplicates.find(type, keys, accessTo)),
      );
      return found.flat();
    },
  };
}
