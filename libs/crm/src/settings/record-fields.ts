import { fieldOf } from '../record/catalogue.js';
import type { RecordType } from '../record/record-type.js';
import { customFieldOf, type Settings } from './settings.js';

/** True for the name of a default field, or of a custom one in use as `custom.<key>`. */
export function isRecordField(recordType: RecordType, name: string, settings: Settings): boolean {
  return name.startsWith('custom.')
    ? customFieldOf(settings, recordType, name.slice('custom.'.length)) !== undefined
    : fieldOf(recordType, name) !== undefined;
}
