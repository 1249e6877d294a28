import type { FastifyRequest } from 'fastify';
import { callerOf, scopeFilter } from '#access';
import {
  type FieldValues,
  type JsonObject,
  keyText,
  type MatchKey,
  matchKeys,
  PLURALS,
  type RecordType,
  type Uuid,
} from '#crm';
import type { Leadledger } from '../composition/leadledger.js';

/** A record that shares strong keys with another. */
export interface Duplicate {
  readonly type: RecordType;
  readonly id: Uuid;
  /** What they share: `email`, `phone`, … */
  readonly keys: readonly string[];
}

/** Where records of the same person or organisation may stand. */
const LOOKED_AMONG: Readonly<Record<RecordType, readonly RecordType[]>> = {
  lead: ['lead', 'contact', 'account'],
  contact: ['contact', 'lead'],
  account: ['account', 'lead'],
  opportunity: [],
};
/** Most listed of each type. The list of all of them is another page's. */
const LISTED = 10;
/** How long a capture waits for what was captured just before it to show, in milliseconds. */
const PATIENCE_MS = 250;
/**
 * Positions that the read models may be behind for it to wait. Under a load of captures they follow in large batches, which
 * waiting would break into small ones; what was captured at the same moment then shows in the list of duplicates only.
 */
const WAITED_FOR = 8;

/**
 * The records that look like the same as one just captured, as far as the caller may read them (PRODUCT.md P4). Best
 * effort: the capture stands whatever comes of it.
 */
export async function duplicatesOf(
  type: RecordType,
  id: Uuid,
  values: { readonly fields: JsonObject; readonly custom: JsonObject },
  request: FastifyRequest,
  ledger: Leadledger,
): Promise<readonly Duplicate[]> {
  const among = LOOKED_AMONG[type];
  const keys = strongKeys(type, values, ledger);
  if (keys.size === 0 || among.length === 0) return [];
  const { models } = ledger.read;
  try {
    const head = await ledger.stores.log.head();
    const collections = among.map((one) => PLURALS[one]);
    if (head - models.reached(collections) <= WAITED_FOR) {
      await models.waitFor(head, PATIENCE_MS, collections);
    }
    const found = await Promise.all(among.map((one) => sharing(one, keys, request, ledger)));
    return found.flatMap((some) => some.filter((one) => one.id !== id).slice(0, LISTED));
  } catch (error) {
    ledger.logger.warn('Duplicates of a captured record could not be looked up.', { error });
    return [];
  }
}

function strongKeys(
  type: RecordType,
  { fields, custom }: { readonly fields: JsonObject; readonly custom: JsonObject },
  { write }: Leadledger,
): ReadonlyMap<string, MatchKey> {
  const values = { fields: fields as FieldValues, custom: custom as FieldValues };
  const keys = matchKeys(type, values, write.settings.current());
  return new Map(
    keys.filter(({ strength }) => strength === 'strong').map((key) => [keyText(key), key]),
  );
}

async function sharing(
  type: RecordType,
  keys: ReadonlyMap<string, MatchKey>,
  request: FastifyRequest,
  { read }: Leadledger,
): Promise<readonly Duplicate[]> {
  const access = scopeFilter(callerOf(request), 'read', type);
  const found = await read.duplicates.find(type, [...keys.keys()], access);
  return found.map((one) => ({
    type,
    id: one.id,
    keys: [...new Set(one.keys.flatMap((key) => keys.get(key)?.kind ?? []))],
  }));
}
