import type { IncomingHttpHeaders } from 'node:http2';

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** Lets in who names no credentials, to be told what they may not do, or the right ones. */
export function createAdmission(
  credentials: Credentials | undefined,
): (headers: IncomingHttpHeaders) => number | undefined {
  if (!credentials) return () => undefined;
  const pair = `${credentials.username}:${credentials.password}`;
  const right = `Basic ${Buffer.from(pair).toString('base64')}`;
  return ({ authorization }) =>
    authorization === undefined || authorization === right ? undefined : 401;
}
