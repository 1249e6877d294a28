import { Refusal } from '../../kernel/refusal.js';

/** What is set up once under an id, and at last retired. */
export interface Retirable {
  readonly id: string;
  readonly retired: boolean;
}

/** The setting of this id, retired or not. @throws Refusal `<code>_not_found` */
export function requireSetting<Setting extends Retirable>(
  settings: readonly Setting[],
  id: string,
  { code, noun }: { readonly code: string; readonly noun: string },
): Setting {
  const found = settings.find((setting) => setting.id === id);
  if (found) return found;
  throw new Refusal('not-found', `${code}_not_found`, `There is no such ${noun}.`);
}

/** The setting of this id, as one that can be changed. @throws Refusal `<code>_not_found`, `<code>_retired` */
export function requireInUse<Setting extends Retirable>(
  settings: readonly Setting[],
  id: string,
  name: { readonly code: string; readonly noun: string },
): Setting {
  const found = requireSetting(settings, id, name);
  if (!found.retired) return found;
  throw new Refusal('conflict', `${name.code}_retired`, `The ${name.noun} is retired.`);
}

/** The refusal of an id that another setting has, or had: events name settings by their ids for ever. */
export function idTaken(code: string, path: string, noun: string): Refusal {
  return new Refusal('conflict', `${code}_exists`, `Another ${noun} has this id.`, {
    errors: [{ path, code: 'duplicate_id', message: 'This id is taken.' }],
  });
}

/** The settings with one of them replaced. */
export function replaced<Setting extends Retirable>(
  settings: readonly Setting[],
  id: string,
  edit: (setting: Setting) => Setting,
): readonly Setting[] {
  return settings.map((setting) => (setting.id === id ? edit(setting) : setting));
}
