import { foldCase } from '../matching/fold-case.js';
import type { RecordType } from '../record/record-type.js';
import type { Settings } from '../settings/settings.js';
import { headerName } from './bind-columns.js';
import type { ImportMapping } from './import-mapping.js';
import { type ImportTarget, targetsOf } from './import-targets.js';

/** Other words for targets, as files from elsewhere have them. */
const ALSO_CALLED: Readonly<Record<string, readonly string[]>> = {
  familyName: ['Family name', 'Last name', 'Surname', 'Họ'],
  givenName: ['First name'],
  email: ['Email', 'E-mail', 'Thư điện tử'],
  otherEmails: ['Other emails'],
  phones: ['Phone', 'Phone number', 'Mobile', 'SĐT', 'Số điện thoại'],
  organisation: ['Organization', 'Company', 'Công ty'],
  name: ['Account', 'Account name', 'Company', 'Organisation', 'Công ty', 'Tổ chức'],
  products: ['Product', 'Products', 'Sản phẩm'],
  source: ['Lead source', 'Nguồn'],
  description: ['Notes', 'Ghi chú'],
  taxCode: ['MST'],
  'address.street': ['Address', 'Địa chỉ'],
  tags: ['Nhãn'],
  externalId: ['ID', 'Mã'],
};

/**
 * Maps the columns whose header is the name of a target or its label in either language, whatever the case, spaces and
 * punctuation. Of two columns for one target the first counts.
 */
export function defaultMapping(
  type: RecordType,
  header: readonly string[],
  settings: Settings,
): ImportMapping {
  const byName = new Map<string, string>();
  const targets = targetsOf(type, settings);
  for (const wordsOf of [ownWords, labels, otherWords]) {
    for (const target of targets) {
      for (const word of wordsOf(target)) {
        const folded = fold(word);
        if (!byName.has(folded)) byName.set(folded, target.name);
      }
    }
  }
  const mapping: Record<string, { readonly column: string }> = {};
  for (const cell of header) {
    const target = byName.get(fold(cell));
    if (target !== undefined && !mapping[target]) mapping[target] = { column: headerName(cell) };
  }
  for (const [word, id] of [
    ['owner', 'ownerId'],
    ['team', 'teamId'],
  ] as const) {
    if (mapping[id]) delete mapping[word];
  }
  return mapping;
}

function ownWords({ name }: ImportTarget): readonly string[] {
  return [name];
}

function labels({ label }: ImportTarget): readonly string[] {
  return [label.en, label.vi];
}

function otherWords({ name }: ImportTarget): readonly string[] {
  return ALSO_CALLED[name] ?? [];
}

/** Letters and digits alone, without case; diacritics stay, since they tell Vietnamese words apart. */
function fold(word: string): string {
  return foldCase(word).replace(/[^\p{L}\p{M}\p{N}]/gu, '');
}
