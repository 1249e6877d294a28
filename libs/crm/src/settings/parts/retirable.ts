import { Refusal } from '../../kernel/refusal.js';
import { sameValue } from '../../record/field.js';
import { brokenRule } from '../../record/values/input-reading.js';

/** What is set up once under an id, and at last retired. */
export interface Retirable {
  readonly id: string;
  readonly retired: boolean;
}

/** What settings of a kind are called: `calendar` in codes, `calendar` in messages. */
export interface SettingName {
  readonly code: string;
  readonly noun: string;
}

/** The setting of this id, retired or not. @throws Refusal `<code>_not_found` */
export function requireSetting<Setting extends Retirable>(
  settings: readonly Setting[],
  id: string,
  { code, noun }: SettingName,
): Setting {
  const found = settings.find((setting) => setting.id === id);
  if (found) return found;
  throw new Refusal('not-found', `${code}_not_found`, `There is no such ${noun}.`);
}

/** The setting of this id, as one that can be changed. @throws Refusal `<code>_not_found`, `<code>_retired` */
export function requireInUse<Setting extends Retirable>(
  settings: readonly Setting[],
  id: string,
  name: SettingName,
): Setting {
  const found = requireSetting(settings, id, name);
  if (!found.retired) return found;
  throw new Refusal('conflict', `${name.code}_retired`, `The ${name.noun} is retired.`);
}

/**
 * Whether a setting is yet to be added: not when the very same is there already. Events name settings by their ids for ever, so an
 * id that another has, or had, is taken.
 * @throws Refusal `<code>_exists` naming the path of the id
 */
export function isNew<Setting extends Retirable>(
  settings: readonly Setting[],
  added: Setting,
  { code, noun }: SettingName,
  path: string,
): boolean {
  const existing = settings.find(({ id }) => id === added.id);
  if (!existing) return true;
  if (sameValue(existing, added)) return false;
  throw new Refusal('conflict', `${code}_exists`, `Another ${noun} has this id.`, {
    errors: [{ path, code: 'duplicate_id', message: 'This id is taken.' }],
  });
}

/** @throws Refusal `<code>` naming the path when no other setting has room beside these, `most` in all */
export function refuseTooMany(
  settings: readonly Retirable[],
  most: number,
  { noun }: SettingName,
  { code, path }: { readonly code: string; readonly path: string },
): void {
  if (settings.length < most) return;
  const message = `There are at most ${most} ${noun}s, retired ones counted.`;
  throw brokenRule(code, path, message);
}

/** The settings with one of them replaced. */
export function replaced<Setting extends Retirable>(
  settings: readonly Setting[],
  id: string,
  edit: (setting: Setting) => Setting,
): readonly Setting[] {
  return settings.map((setting) => (setting.id === id ? edit(setting) : setting));
}
