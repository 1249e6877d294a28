import { FormatRegistry, type Static, type TSchema } from '@sinclair/typebox';
import { TypeCompiler, type ValueError, ValueErrorType } from '@sinclair/typebox/compiler';
import { type FieldError, isUuid, parseInstant, Refusal } from '#crm';

FormatRegistry.Set('uuid', isUuid);
FormatRegistry.Set('date-time', (text) => parseInstant(text) !== undefined);
// Free texts that no field of a record holds: reasons, notes, names of files.
FormatRegistry.Set('line', (text) => !/[\p{Cc}\p{Cs}\u2028\u2029]/u.test(text));
FormatRegistry.Set('lines', (text) => !/(?![\n\r\t])[\p{Cc}\p{Cs}]/u.test(text));

/** Most errors listed at once; the rest shows when these are mended. */
const MOST_ERRORS = 20;
/** A path repeats names that the caller made up. */
const LONGEST_PATH = 200;

/** Refuses with 400 and the paths of what is wrong; `name` stands for the value as a whole. */
export type StructureCheck<Schema extends TSchema> = (
  value: unknown,
  name: string,
) => asserts value is Static<Schema>;

/**
 * Compiles the check of a value's structure: types, required and unknown members. What the values of a record's fields
 * may be is read by the domain.
 */
export function structureCheck<Schema extends TSchema>(schema: Schema): StructureCheck<Schema> {
  const compiled = TypeCompiler.Compile(schema);
  return (value, name) => {
    if (compiled.Check(value)) return;
    const errors = new Map<string, FieldError>();
    for (const error of precise(compiled.Errors(value))) {
      const path = dotted(error.path) || name;
      // A member that is missing is reported a second time, as not being of its type.
      if (!errors.has(path)) errors.set(path, { path, ...described(error) });
      if (errors.size === MOST_ERRORS) break;
    }
    throw new Refusal('invalid', 'invalid_fields', 'Some values cannot be accepted.', {
      errors: [...errors.values()],
    });
  };
}

/** Of what may be of several types, what is wrong in the one that it is of. */
function* precise(errors: Iterable<ValueError>): Iterable<ValueError> {
  for (const error of errors) {
    const meant = error.type === ValueErrorType.Union ? meantIn(error) : undefined;
    if (meant) yield* precise(meant);
    else yield error;
  }
}

function meantIn({ schema, value, errors }: ValueError): Iterable<ValueError> | undefined {
  const type = Array.isArray(value) ? 'array' : typeof value;
  const kinds = (schema.anyOf as readonly TSchema[]).map((one) => one.type);
  const index = kinds.indexOf(type);
  return index < 0 || index !== kinds.lastIndexOf(type) ? undefined : errors[index];
}

function dotted(pointer: string): string {
  const segments = pointer.split('/').slice(1);
  const names = segments.map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
  return names.join('.').slice(0, LONGEST_PATH);
}

type Described = Omit<FieldError, 'path'>;

const UNSEEN: Described = {
  code: 'control_character',
  message: 'This text has characters that cannot be seen.',
};
const FORMATS: Readonly<Record<string, Described>> = {
  uuid: { code: 'invalid_id', message: 'This is not a UUID.' },
  'date-time': {
    code: 'invalid_instant',
    message: 'This is not a moment such as 2026-03-01T09:30:00Z.',
  },
  line: UNSEEN,
  lines: UNSEEN,
};

function described({ type, schema, message }: ValueError): Described {
  const told = BY_TYPE[type];
  if (told) return told(schema);
  return { code: 'wrong_type', message: `${message}.` };
}

const BY_TYPE: Readonly<Partial<Record<ValueErrorType, (schema: TSchema) => Described>>> = {
  [ValueErrorType.ObjectAdditionalProperties]: () => ({
    code: 'unknown_field',
    message: 'There is no such field.',
  }),
  [ValueErrorType.ObjectRequiredProperty]: () => ({
    code: 'required',
    message: 'This is needed.',
  }),
  [ValueErrorType.ObjectMinProperties]: () => ({
    code: 'empty',
    message: 'Name at least one member.',
  }),
  [ValueErrorType.ArrayMaxItems]: ({ maxItems }) => ({
    code: 'too_many',
    message: `At most ${maxItems}.`,
  }),
  [ValueErrorType.ArrayMinItems]: ({ minItems }) => ({
    code: 'too_few',
    message: `At least ${minItems}.`,
  }),
  [ValueErrorType.TupleLength]: ({ minItems }) => ({
    code: 'wrong_number',
    message: `Exactly ${minItems}.`,
  }),
  [ValueErrorType.StringMaxLength]: ({ maxLength }) => ({
    code: 'too_long',
    message: `At most ${maxLength} characters.`,
  }),
  [ValueErrorType.StringMinLength]: ({ minLength }) => ({
    code: 'too_short',
    message: `At least ${minLength} characters.`,
  }),
  [ValueErrorType.StringFormat]: ({ format }) =>
    FORMATS[format] ?? { code: 'invalid_format', message: 'This has a wrong form.' },
  [ValueErrorType.StringPattern]: ({ description }) => ({
    code: 'invalid_format',
    message: description
      ? `This must be: ${description.replace(/\.$/, '')}.`
      : 'This has a wrong form.',
  }),
  [ValueErrorType.IntegerMinimum]: outOfRange,
  [ValueErrorType.IntegerMaximum]: outOfRange,
  [ValueErrorType.NumberMinimum]: outOfRange,
  [ValueErrorType.NumberMaximum]: outOfRange,
  [ValueErrorType.Union]: ({ anyOf }) => {
    const words = (anyOf as readonly TSchema[]).map((one) => one.const);
    return words.every((word) => typeof word === 'string')
      ? { code: 'unknown_value', message: `This is one of: ${words.join(', ')}.` }
      : { code: 'wrong_type', message: 'This is of another type than is taken here.' };
  },
  [ValueErrorType.Kind]: ({ format }) =>
    FORMATS[format] ?? {
      code: 'wrong_type',
      message: 'This is of another type than is taken here.',
    },
};

function outOfRange({ minimum, maximum }: TSchema): Described {
  return { code: 'out_of_range', message: `This must be from ${minimum} to ${maximum}.` };
}
