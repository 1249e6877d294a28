/**
 * Vietnam's mobile numbers of eleven digits became numbers of ten in the autumn of 2018: another prefix, the last seven digits kept, each
 * with the subscriber who had it. As the country's ministry of information and communications ordered and the operators
 * announced (e.g. mobifone.vn, "Kế hoạch triển khai chuyển đổi thuê bao"). Without trunk prefix.
 */
const TODAYS: Readonly<Record<string, string>> = {
  // MobiFone
  ...{ 120: '70', 121: '79', 122: '77', 126: '76', 128: '78' },
  // VinaPhone
  ...{ 123: '83', 124: '84', 125: '85', 127: '81', 129: '82' },
  // Viettel
  ...{ 162: '32', 163: '33', 164: '34', 165: '35', 166: '36', 167: '37', 168: '38', 169: '39' },
  // Vietnamobile, Gmobile
  ...{ 186: '56', 188: '58', 199: '59' },
};

const OLD = /^\+841\d{9}$/;

/** A number in E.164 form as it is dialled today. */
export function todaysNumber(number: string): string {
  if (!OLD.test(number)) return number;
  const prefix = TODAYS[number.slice(3, 6)];
  return prefix === undefined ? number : `+84${prefix}${number.slice(6)}`;
}
