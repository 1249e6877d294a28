/** The filter is not in the language of `filter.ts`. `path` is dotted: `$or.1.email.$regexp`. */
export class InvalidFilter extends Error {
  constructor(
    readonly path: string,
    readonly why: string,
  ) {
    super(`Invalid filter at ${path || 'its root'}: ${why}.`);
    this.name = 'InvalidFilter';
  }
}
