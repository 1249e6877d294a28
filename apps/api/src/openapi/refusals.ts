import { type FieldError, type JsonObject } from '#crm';
import { makeProblem } from '#platform';

interface Described {
  readonly description: string;
  readonly example: unknown;
}

function refusal(
  status: number,
  code: string,
  detail: string,
  details: { readonly errors?: readonly FieldError[]; readonly facts?: JsonObject } = {},
): Described {
  const instance = 'urn:uuid:0198c5f0-6f7e-7c3a-8d52-3f1f0b7f9a10';
  return {
    description: detail,
    example: { ...makeProblem(status, code, detail, details), instance },
  };
}

/** What each status means in this API, with an example. */
export const REFUSALS: Readonly<Record<number, Described>> = {
  400: refusal(400, 'invalid_fields', 'Some values cannot be accepted.', {
    errors: [{ path: 'phones.0', code: 'invalid_phone', message: 'This is not a phone number.' }],
  }),
  401: refusal(401, 'token_missing', 'Send a bearer token in the Authorization header.'),
  403: refusal(403, 'forbidden', 'Your roles do not allow you to edit this lead.'),
  404: refusal(404, 'record_not_found', 'There is no such lead.'),
  409: refusal(409, 'choice_needed', 'Several contacts match the lead; choose one.', {
    errors: [
      { path: 'contact.id', code: 'choice_needed', message: 'Choose one of the candidates.' },
    ],
    facts: {
      target: 'contact',
      candidates: [{ type: 'contact', id: '0d5c2f7e-51a8-4d06-9a0c-3c6f1f3f7a11' }],
    },
  }),
  412: refusal(412, 'revision_mismatch', 'The record has changed since it was read.', {
    facts: { revision: 4 },
  }),
  413: refusal(413, 'too_large', 'The body is larger than allowed.'),
  415: refusal(
    415,
    'unsupported_media_type',
    'The Content-Type is not one that this address takes.',
  ),
  422: refusal(422, 'required_fields', 'Required fields are empty.', {
    errors: [{ path: 'givenName', code: 'required', message: 'This field is needed.' }],
  }),
  429: refusal(429, 'too_many_requests', 'Slow down, then try again.'),
  503: refusal(503, 'store_unavailable', 'Nothing was stored. Try again later.'),
};
