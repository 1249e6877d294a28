import {
  type Address,
  type CatalogueName,
  type CustomFieldType,
  customFieldOf,
  type FieldType,
  type FieldValue,
  fieldOf,
  type Label,
  type Locale,
  type Money,
  type RecordType,
  type Settings,
} from '#crm';
import type { Names } from './names.js';

/** How a field is called and what its values are. */
export interface FieldDescription {
  readonly label: string;
  readonly kind: FieldType | CustomFieldType | 'place' | 'member' | 'instant';
  /** Whose entries its values are, and how those are called. */
  readonly catalogue?: CatalogueName;
}

const OTHERS: Readonly<Record<string, Label & Omit<FieldDescription, 'label'>>> = {
  ownerId: { en: 'Owner', vi: 'Người phụ trách', kind: 'member' },
  teamId: { en: 'Team', vi: 'Nhóm', kind: 'member' },
  assigneeId: { en: 'Assignee', vi: 'Người thực hiện', kind: 'member' },
  stageId: { en: 'Stage', vi: 'Giai đoạn', kind: 'place' },
  pipelineId: { en: 'Pipeline', vi: 'Quy trình', kind: 'place' },
  lostReason: {
    ...{ en: 'Lost reason', vi: 'Lý do thất bại', kind: 'text' },
    catalogue: 'lost-reason',
  },
  dueAt: { en: 'Due', vi: 'Thời hạn', kind: 'instant' },
  kind: { en: 'Kind', vi: 'Loại', kind: 'text' },
  subject: { en: 'Subject', vi: 'Tiêu đề', kind: 'text' },
};

/** The field as people of a locale call it; one that is not there any more goes by its name. */
export function describeField(
  type: RecordType | undefined,
  field: string,
  settings: Settings,
  locale: Locale,
): FieldDescription {
  const custom = field.startsWith('custom.') ? field.slice('custom.'.length) : undefined;
  const defined =
    type && (custom === undefined ? fieldOf(type, field) : definitionOf(type, custom, settings));
  if (defined) {
    const catalogue = 'catalogue' in defined ? defined.catalogue : undefined;
    return { label: defined.label[locale], kind: defined.type, ...(catalogue && { catalogue }) };
  }
  const { [locale]: label = field, kind = 'text', catalogue } = OTHERS[field] ?? {};
  return { label, kind, ...(catalogue && { catalogue }) };
}

/** Retired definitions still name the values of old. */
function definitionOf(type: RecordType, key: string, settings: Settings) {
  return (
    customFieldOf(settings, type, key) ??
    settings.customFields.find((field) => field.recordType === type && field.key === key)
  );
}

/** A value as people of a locale write it. */
export function formatValue(
  value: FieldValue,
  { kind, catalogue }: Omit<FieldDescription, 'label'>,
  locale: Locale,
  names: Names,
): string {
  if (catalogue && typeof value === 'string') return names.entry(catalogue, value);
  if (Array.isArray(value)) return value.join(', ');
  if (typeof value === 'boolean') {
    if (locale === 'vi') return value ? 'có' : 'không';
    return value ? 'yes' : 'no';
  }
  if (typeof value === 'number') {
    const number = numberFormat(locale).format(value);
    return kind === 'percent' ? `${number}%` : number;
  }
  if (typeof value === 'string') return formatText(value, kind, locale, names);
  if ('amount' in value && 'currency' in value) return formatMoney(value as Money, locale);
  return formatAddress(value as Address);
}

function formatText(
  value: string,
  kind: FieldDescription['kind'],
  locale: Locale,
  names: Names,
): string {
  switch (kind) {
    case 'date':
      return formatDate(value, locale);
    case 'instant':
      return formatInstant(value, locale);
    case 'record':
      return names.record(value) ?? value;
    case 'user':
    case 'member':
      return names.member(value);
    case 'place':
      return names.place(value);
    default:
      return value;
  }
}

const LANGUAGES: Readonly<Record<Locale, string>> = { en: 'en-GB', vi: 'vi-VN' };

function cached<Format>(make: (language: string) => Format): (locale: Locale) => Format {
  const formats = new Map<Locale, Format>();
  return (locale) => {
    const format = formats.get(locale) ?? make(LANGUAGES[locale]);
    formats.set(locale, format);
    return format;
  };
}

const numberFormat = cached(
  (language) => new Intl.NumberFormat(language, { maximumFractionDigits: 10 }),
);
const dateFormat = cached(
  (language) =>
    new Intl.DateTimeFormat(language, {
      day: '2-digit',
      month: '2-digit',
      year: 'numeric',
      timeZone: 'UTC',
    }),
);
const timeFormat = cached(
  (language) =>
    new Intl.DateTimeFormat(language, {
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
      timeZone: 'UTC',
    }),
);

/** A day: `31/12/2026` in both languages. */
function formatDate(date: string, locale: Locale): string {
  const time = Date.parse(date);
  return Number.isNaN(time) ? date : dateFormat(locale).format(time);
}

/** A moment, in UTC and saying so: `31/12/2026 17:00 UTC`. */
export function formatInstant(instant: string, locale: Locale): string {
  const time = Date.parse(instant);
  if (Number.isNaN(time)) return instant;
  return `${dateFormat(locale).format(time)} ${timeFormat(locale).format(time)} UTC`;
}

const moneyFormats = new Map<string, Intl.NumberFormat>();

/** Money with as many decimals as its currency has: `25.000.000 ₫`, `₫25,000,000`, `15,00 US$`. */
export function formatMoney({ amount, currency }: Money, locale: Locale): string {
  if (!/^[A-Z]{3}$/.test(currency)) return `${amount} ${currency}`;
  const key = `${locale} ${currency}`;
  const format =
    moneyFormats.get(key) ??
    new Intl.NumberFormat(LANGUAGES[locale], { style: 'currency', currency });
  // Currencies are few; whatever else comes in is not kept.
  if (moneyFormats.size < 200) moneyFormats.set(key, format);
  const decimals = format.resolvedOptions().maximumFractionDigits ?? 0;
  // Plain spaces: what people search and copy.
  return format.format(amount / 10 ** decimals).replaceAll('\u00a0', ' ');
}

function formatAddress({ street, ward, district, city, region, postalCode, country }: Address) {
  return [street, ward, district, city, region, postalCode, country].filter(Boolean).join(', ');
}
