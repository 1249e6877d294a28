import { CliError } from '../cli-error.js';

export interface MapOptions {
  readonly map?: readonly string[];
  readonly set?: readonly string[];
  readonly key?: string;
  readonly dateFormat?: string;
  readonly timeZone?: string;
  readonly onExisting?: string;
  readonly skipDuplicates?: boolean;
}

type Json = Readonly<Record<string, unknown>>;

export interface ReadMapping {
  readonly mapping?: Json;
  readonly options: Json;
}

/**
 * The mapping and options that flags ask for. A mapping file is a JSON object of fields, or `{mapping, options}`; flags
 * come over what it says.
 */
export async function mappingOf(
  flags: MapOptions,
  read: (path: string) => Promise<string>,
): Promise<ReadMapping> {
  const mapping: Record<string, unknown> = {};
  const options: Record<string, unknown> = {};
  for (const given of flags.map ?? []) {
    if (given.includes('=')) {
      const [field, column] = pair(given, '--map');
      mapping[field] = { column };
      continue;
    }
    const { mapping: ofFile, options: alsoOfFile } = await fromFile(given, read);
    Object.assign(mapping, ofFile);
    Object.assign(options, alsoOfFile);
  }
  for (const given of flags.set ?? []) {
    const [field, value] = pair(given, '--set');
    mapping[field] = { value };
  }
  for (const name of ['key', 'dateFormat', 'timeZone', 'onExisting', 'skipDuplicates'] as const) {
    if (flags[name] !== undefined) options[name] = flags[name];
  }
  return { ...(Object.keys(mapping).length > 0 && { mapping }), options };
}

function pair(given: string, flag: string): readonly [string, string] {
  const at = given.indexOf('=');
  if (at < 1 || at === given.length - 1) throw new CliError(`${flag} is field=…: ${given}`, 2);
  return [given.slice(0, at), given.slice(at + 1)];
}

async function fromFile(
  path: string,
  read: (path: string) => Promise<string>,
): Promise<{ readonly mapping: object; readonly options: object }> {
  let json: unknown;
  try {
    json = JSON.parse(await read(path));
  } catch {
    throw new CliError(`--map is field=column or a JSON file: ${path}`, 2);
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new CliError(`The mapping in ${path} must be an object.`, 2);
  }
  const { mapping, options } = json as Json;
  const isWhole = isObject(mapping) && (options === undefined || isObject(options));
  return isWhole && !('column' in mapping)
    ? { mapping, options: options ?? {} }
    : { mapping: json, options: {} };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
