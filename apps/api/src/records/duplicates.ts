import type { FastifyRequest } from 'fastify';
import { callerOf, scopeFilter } from '#access';
import {
  type FieldValues,
  type JsonObject,
  keyText,
  type MatchKey,
  matchKeys,
  type RecordType,
  type Uuid,
} from '#crm';
import type { Leadledger } from '../composition/leadledger.js';
import { MOST_SHARING } from '../reading/duplicate-lookup.js';

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
  opportunity: ['opportunity'],
};
/** Most listed of each type. The list of all of them is another page's. */
const LISTED = MOST_SHARING - 1;
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
  const keys = strongKeys(type, id, values, ledger);
  if (keys.size === 0) return [];
  try {
    const found = await Promise.all(among.map((one) => sharing(one, keys, request, ledger)));
    return found.flatMap((some) => some.filter((one) => one.id !== id).slice(0, LISTED));
  } catch (error) {
    ledger.logger.warn('Duplicates of a captured record could not be looked up.', { error });
    return [];
  }
}

function strongKeys(
  type: RecordType,
  id: Uuid,
  { fields, custom }: { readonly fields: JsonObject; readonly custom: JsonObject },
  { read, write }: Leadledger,
): ReadonlyMap<string, MatchKey> {
  const values = { fields: fields as FieldValues, custom: custom as FieldValues };
  const keys = read.recent.keysOf(type, id) ?? matchKeys(type, values, write.settings.current());
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
  const accessTo = (one: RecordType) => scopeFilter(callerOf(request), 'read', one);
  const asked = [...keys.keys()];
  const found = await read.duplicates.find(type, asked, accessTo, { withoutNoise: true });
  return found.map((one) => ({
    type: one.type,
    id: one.id,
    keys: [...new Set(one.keys.flatMap((key) => keys.get(key)?.kind ?? []))],
  }));
}
