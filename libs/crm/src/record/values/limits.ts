/** Longest values in characters (code points), most list entries, and the years that a date may have. */
export const VALUE_LIMITS = {
  text: 255,
  longText: 10_000,
  url: 2_048,
  /** Of the bare address, as RFC 5321 allows. */
  email: 254,
  phone: 50,
  phoneDigits: { min: 3, max: 20 },
  listEntries: 20,
  textEntries: 50,
  year: { min: 1900, max: 2200 },
} as const;
