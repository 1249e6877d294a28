import { RECORD_TYPES, type RecordRef, type RecordType } from '../record-type.js';
import { readId } from './id.js';
import { accepted, isJsonObject, type Reader, rejected, wrongType } from './reading.js';

/** A pointer `{type, id}` at a record. Whether it is there is not known here. */
export const readRecordRef: Reader<RecordRef> = (raw, path) => {
  if (!isJsonObject(raw)) return wrongType(path, 'an object {type, id}');
  const type = RECORD_TYPES.find((candidate): candidate is RecordType => candidate === raw.type);
  if (!type) {
    const message = `This is one of: ${RECORD_TYPES.join(', ')}.`;
    return rejected(`${path}.type`, 'unknown_record_type', message);
  }
  const id = readId(raw.id, `${path}.id`);
  if (id.errors) return id;
  if (id.value === null) return rejected(`${path}.id`, 'required', 'An id is needed.');
  return accepted({ type, id: id.value });
};
