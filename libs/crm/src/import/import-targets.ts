import { FIELD_CATALOGUE } from '../record/catalogue.js';
import type { FieldType, Label } from '../record/field.js';
import type { RecordType } from '../record/record-type.js';
import { ADDRESS_MEMBERS } from '../record/values/address.js';
import type { CustomFieldType, Settings } from '../settings/settings.js';

/** How a target's cell becomes a value. */
export type TargetKind =
  | Exclude<FieldType, 'address'>
  | CustomFieldType
  | 'tags'
  | 'owner'
  | 'team'
  | 'id'
  | 'pipeline'
  | 'stage'
  | 'instant';

/** Something that a column can be mapped to. */
export type ImportTarget = {
  /** `email`, `address.city`, `custom.budget`, `owner`, … */
  readonly name: string;
  readonly kind: TargetKind;
  readonly label: Label;
};

const ADDRESS_LABELS: Readonly<Record<(typeof ADDRESS_MEMBERS)[number], Label>> = {
  street: { en: 'Street', vi: 'Số nhà, đường' },
  ward: { en: 'Ward', vi: 'Phường/Xã' },
  district: { en: 'District', vi: 'Quận/Huyện' },
  city: { en: 'City', vi: 'Tỉnh/Thành phố' },
  region: { en: 'Region', vi: 'Vùng' },
  postalCode: { en: 'Postal code', vi: 'Mã bưu chính' },
  country: { en: 'Country', vi: 'Quốc gia' },
};

/** What a record has beside its fields. */
const BESIDE: readonly ImportTarget[] = [
  { name: 'tags', kind: 'tags', label: { en: 'Tags', vi: 'Thẻ' } },
  { name: 'owner', kind: 'owner', label: { en: 'Owner', vi: 'Người phụ trách' } },
  { name: 'ownerId', kind: 'id', label: { en: 'Owner id', vi: 'Mã người phụ trách' } },
  { name: 'team', kind: 'team', label: { en: 'Team', vi: 'Nhóm' } },
  { name: 'teamId', kind: 'id', label: { en: 'Team id', vi: 'Mã nhóm' } },
  { name: 'occurredAt', kind: 'instant', label: { en: 'Created at', vi: 'Ngày tạo' } },
];
const STAGED: readonly ImportTarget[] = [
  { name: 'pipelineId', kind: 'pipeline', label: { en: 'Pipeline', vi: 'Quy trình' } },
  { name: 'stageId', kind: 'stage', label: { en: 'Stage', vi: 'Giai đoạn' } },
];

/** Everything that the columns of an import of the record type can be mapped to. */
export function targetsOf(type: RecordType, settings: Settings): readonly ImportTarget[] {
  const fields = FIELD_CATALOGUE[type].flatMap(({ name, type: kind, label }): ImportTarget[] =>
    kind === 'address' ? addressTargets(name) : [{ name, kind, label }],
  );
  const custom = settings.customFields
    .filter(({ recordType, retired }) => recordType === type && !retired)
    .map(({ key, type: kind, label }) => ({ name: `custom.${key}`, kind, label }));
  const staged = type === 'lead' || type === 'opportunity' ? STAGED : [];
  return [...fields, ...custom, ...BESIDE, ...staged];
}

function addressTargets(field: string): ImportTarget[] {
  return ADDRESS_MEMBERS.map((member) => ({
    name: `${field}.${member}`,
    kind: 'text',
    label: ADDRESS_LABELS[member],
  }));
}
