import { type Answer, type Body, entriesOf, member, type TestClient } from './client.js';
import type { TestApi } from './start-api.js';

let made = 0;

/** A text that no other test has: tests of one product do not match each other's records. */
export function unique(text: string): string {
  made += 1;
  return `${text} ${made}`;
}

export function uniqueEmail(): string {
  made += 1;
  return `khach.${made}@example.vn`;
}

/** Captures a record and answers its id. */
export async function capture(client: TestClient, plural: string, body: object): Promise<string> {
  return member((await client.post(`/v1/${plural}`, body)).expect(201), 'id');
}

export function preview(client: TestClient, leadId: string, choices: object = {}): Promise<Answer> {
  return client.post(`/v1/leads/${leadId}/conversion/preview`, choices);
}

export function convert(
  client: TestClient,
  leadId: string,
  choices: object = {},
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  return client.post(`/v1/leads/${leadId}/conversion`, choices, headers);
}

/** Records of a type that meet a filter, as of everything written so far. */
export async function found(
  api: TestApi,
  plural: string,
  filter: object,
): Promise<readonly Body[]> {
  const query = `filter=${encodeURIComponent(JSON.stringify(filter))}&limit=200`;
  const answer = await api.admin.get(`/v1/${plural}?${query}&after=${await api.head()}`);
  return entriesOf(answer.expect(200).items);
}
