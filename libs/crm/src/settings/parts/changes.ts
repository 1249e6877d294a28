import { sameValue } from '../../record/field.js';

/** One edited part of a setting. */
export type SettingChange = {
  readonly field: string;
  readonly from: unknown;
  readonly to: unknown;
};

/** What changed from one form of a setting to the next, member by member. */
export function changesBetween<Setting extends object>(
  from: Setting,
  to: Setting,
): readonly SettingChange[] {
  return Object.entries(to).flatMap(([field, value]) => {
    const before: unknown = Reflect.get(from, field);
    return sameValue(before, value) ? [] : [{ field, from: before, to: value }];
  });
}

/** The setting with the changes made. Members that it never had are passed over. */
export function withChanges<Setting extends object>(
  setting: Setting,
  changes: readonly SettingChange[],
): Setting {
  const known = changes.filter(({ field }) => Object.hasOwn(setting, field));
  return { ...setting, ...Object.fromEntries(known.map(({ field, to }) => [field, to])) };
}
