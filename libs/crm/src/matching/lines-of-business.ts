/**
 * Lines of business as Vietnamese company names tell them, without diacritics, by the initials that stand for them: `TM` for
 * `Thương mại`, in English `Trading`. Initials of two meanings (`VT`: transport, materials, telecommunications) are left so: names
 * do not say which is meant.
 */
const LINES: Readonly<Record<string, readonly string[]>> = {
  tm: ['thuong mai', 'trading', 'trade', 'commerce', 'commercial'],
  dv: ['dich vu', 'service', 'services'],
  sx: ['san xuat', 'production', 'manufacturing', 'manufacture'],
  xnk: ['xuat nhap khau', 'import export', 'import and export', 'export import'],
  xd: ['xay dung', 'construction', 'constructions'],
  dt: ['dau tu', 'dien tu', 'investment', 'investments', 'electronic', 'electronics'],
  cn: ['cong nghe', 'cong nghiep', 'technology', 'technologies', 'industry', 'industries'],
  vt: ['van tai', 'vat tu', 'vien thong', 'transport', 'transportation', 'telecom'],
  kt: ['ky thuat', 'kien truc', 'engineering', 'technical', 'architecture'],
  tb: ['thiet bi', 'equipment', 'equipments'],
  tp: ['thuc pham', 'food', 'foods'],
  nt: ['noi that', 'furniture', 'interior'],
  dl: ['du lich', 'travel', 'tourism'],
  qc: ['quang cao', 'advertising'],
  vlxd: ['vat lieu xay dung', 'building materials', 'building material'],
  bds: ['bat dong san', 'real estate'],
  pt: ['phat trien', 'development'],
  td: ['tap doan', 'group'],
};

/** Words that join others, or say no more than that it is a company. */
export const SAYING_NOTHING: ReadonlySet<string> = new Set(['va', 'and', 'company']);

export interface Line {
  readonly words: readonly string[];
  readonly initials: string;
}

/** By the first word of each way to tell it, the longest way first. */
export const LINES_BY_WORD: ReadonlyMap<string, readonly Line[]> = byFirstWord();

/** Initials written as one word, `TMDV`: nothing but known ones. */
const RUN = new RegExp(`^(?:${initialsLongestFirst().join('|')})+$`);
const ONE = new RegExp(initialsLongestFirst().join('|'), 'g');

/** The initials in a word that consists of nothing else. */
export function initialsIn(word: string): readonly string[] {
  return RUN.test(word) ? (word.match(ONE) ?? []) : [];
}

function initialsLongestFirst(): readonly string[] {
  return Object.keys(LINES).sort((left, right) => right.length - left.length);
}

function byFirstWord(): ReadonlyMap<string, readonly Line[]> {
  const lines = Object.entries(LINES).flatMap(([initials, ways]) =>
    ways.map((way): Line => ({ words: way.split(' '), initials })),
  );
  lines.sort((left, right) => right.words.length - left.words.length);
  const byWord = new Map<string, Line[]>();
  for (const line of lines) {
    const [first = ''] = line.words;
    byWord.set(first, [...(byWord.get(first) ?? []), line]);
  }
  return byWord;
}
