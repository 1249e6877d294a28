import numberPlans from 'libphonenumber-js/min/metadata';

/** A number plan that needs no thought: `00` abroad, trunk prefix `0`, no other region under its calling code. */
interface PlainPlan {
  readonly callingCode: string;
  readonly national: RegExp;
  readonly lengths: readonly unknown[];
}

/** Digits with a single sign between them at most, which no reading takes for anything but digits. */
const PLAIN = /^(?:\d[ .-]?)+\d$/;
const SIGNS = /[ .-]/g;
/** What a trunk prefix alone can be taken off. */
const TRUNK = /^0[1-9]/;

const plans = new Map<string, PlainPlan>();

/**
 * The E.164 form of a number written with its trunk prefix in a region with a plain number plan, as most are that people type in
 * forms. Undefined says nothing: the number is to be parsed.
 */
export function plainPhoneKey(text: string, region: string): string | undefined {
  if (!PLAIN.test(text)) return undefined;
  const digits = text.replace(SIGNS, '');
  if (!TRUNK.test(digits)) return undefined;
  const plan = planOf(region);
  const national = digits.slice(1);
  if (!plan?.lengths.includes(national.length) || !plan.national.test(national)) return undefined;
  return `+${plan.callingCode}${national}`;
}

function planOf(region: string): PlainPlan | undefined {
  const known = plans.get(region);
  if (known) return known;
  const plan = readPlan(region);
  // Of regions that exist only, so that what is remembered is bounded.
  if (plan) plans.set(region, plan);
  return plan;
}

/** By place, as the metadata's format has it: code, prefix abroad, pattern, lengths, formats, trunk prefix, its rule, other trunk prefixes. */
function readPlan(region: string): PlainPlan | undefined {
  const countries: Readonly<Record<string, readonly unknown[]>> = numberPlans.countries;
  const codes: Readonly<Record<string, readonly unknown[]>> = numberPlans.country_calling_codes;
  if (!Object.hasOwn(countries, region)) return undefined;
  const [code, abroad, pattern, lengths, , trunk, , parsing] = countries[region] ?? [];
  const callingCode = String(code);
  const alone = codes[callingCode]?.length === 1;
  if (!alone || abroad !== '00' || trunk !== '0' || parsing) return undefined;
  if (!Array.isArray(lengths)) return undefined;
  return { callingCode, lengths, national: new RegExp(`^(?:${pattern})$`) };
}
