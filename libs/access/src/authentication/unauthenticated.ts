import { HttpProblem } from '#platform';

/** A 401 with the challenge that RFC 6750 asks for: no error in it when there was no token at all. */
export function unauthenticated(code: string, detail: string): HttpProblem {
  const realm = 'Bearer realm="leadledger"';
  const challenge =
    code === 'token_missing'
      ? realm
      : `${realm}, error="invalid_token", error_description="${detail}"`;
  return new HttpProblem(401, code, detail, { headers: { 'www-authenticate': challenge } });
}
