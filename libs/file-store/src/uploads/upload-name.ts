/** @throws RangeError no upload may have this name */
export function checkUploadName(name: string): string {
  if (/^[\da-z][\w.-]{0,150}$/i.test(name)) return name;
  throw new RangeError('An upload is named by letters, digits, dots and dashes.');
}
