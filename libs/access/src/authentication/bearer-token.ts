/** The token of an `Authorization: Bearer …` header, or undefined for another scheme or none. */
export function bearerToken(authorization: string | undefined): string | undefined {
  if (authorization === undefined || authorization.slice(0, 7).toLowerCase() !== 'bearer ') {
    return undefined;
  }
  return authorization.slice(7).trim() || undefined;
}
