import { emailKey } from '../matching/email-key.js';
import { foldCase, foldSpacing } from '../matching/fold-case.js';
import { phoneKey } from '../matching/phone-key.js';
import type { FieldKind } from './mergeable-fields.js';

/** The same for two spellings of one entry of a list, so that uniting lists repeats nothing. */
export function entryKey(type: FieldKind | undefined, entry: string, phoneRegion: string): string {
  switch (type) {
    case 'email':
    case 'emails':
      return emailKey(entry) ?? foldCase(entry);
    case 'phones':
      return phoneKey(entry, phoneRegion) ?? entry;
    case 'multi-select':
      // Options are told apart letter by letter where they are chosen.
      return entry;
    default:
      return foldCase(foldSpacing(entry));
  }
}
