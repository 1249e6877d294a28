import { isUuid } from '../../kernel/ids.js';
import { accepted, type Reader, rejected, wrongType } from './reading.js';

/** The id of a record or a user, in lower case. Whether there is one is not known here. */
export const readId: Reader<string> = (raw, path) => {
  if (typeof raw !== 'string') return wrongType(path, 'an id');
  const id = raw.trim().toLowerCase();
  if (id === '') return accepted<string>(null);
  return isUuid(id) ? accepted(id) : rejected(path, 'invalid_id', 'This is not a UUID.');
};
