import { deriveId, type Position, Refusal, type Uuid } from '#crm';
import { atMost, type Envelope } from '#write-side';
import type { DeliveryCommands } from './delivery-commands.js';

/** Finds deliveries to be retried, those that something happened to last first. It only finds: their streams say whether they still may be. */
export type RetriableFinder<Asked> = (
  asked: Asked & { readonly limit: number; readonly cursor?: string },
) => Promise<{ readonly documents: readonly { readonly id: Uuid }[]; readonly next?: string }>;

/** What came of retrying many. */
export interface RetriedMany {
  readonly retried: number;
  /** Whether there are more than were to be retried at most. */
  readonly more: boolean;
  /** Of the last that was written. */
  readonly position: Position;
}

export interface RetryFoundOptions<Asked> {
  readonly find: RetriableFinder<Asked>;
  readonly retry: DeliveryCommands['retry'];
  readonly asked: Asked;
  /** At most so many. */
  readonly limit: number;
  /** What is found holds all up to there. */
  readonly upTo: Position;
  readonly envelope: Envelope;
}

const PAGE = 200;
const AT_ONCE = 32;

/** Has all that a query finds tried again. What was sent or retried meanwhile, by somebody else, is left as it is. */
export async function retryFound<Asked>({
  find,
  retry,
  asked,
  limit,
  upTo,
  envelope,
}: RetryFoundOptions<Asked>): Promise<RetriedMany> {
  const slot = atMost(AT_ONCE);
  let [retried, position] = [0, upTo];
  const one = async (id: Uuid) => {
    const commandId = deriveId(envelope.commandId, id);
    try {
      const result = await retry(id, { ...envelope, commandId, fresh: false });
      position = Math.max(position, result.position);
      retried += 1;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  };
  let left = limit;
  for (let cursor: string | undefined; ; ) {
    const page = await find({
      ...{ ...asked, limit: Math.min(PAGE, left) },
      ...(cursor !== undefined && { cursor }),
    });
    await Promise.all(page.documents.map(({ id }) => slot(() => one(id))));
    left -= page.documents.length;
    if (page.next === undefined || left === 0) {
      return { retried, more: page.next !== undefined, position };
    }
    cursor = page.next;
  }
}
