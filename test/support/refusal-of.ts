import { type Body, entriesOf } from './client.js';
import type { TestApi } from './start-api.js';

export type Changing = 'post' | 'patch' | 'put' | 'delete';

export interface ToldRefusal {
  readonly code: Body | undefined;
  /** Of what is wrong. */
  readonly paths: readonly string[];
  readonly usedBy: Body | undefined;
}

/** How a command of the admin is refused; it leaves nothing behind. */
export async function refusalOf(
  api: TestApi,
  status: number,
  method: Changing,
  path: string,
  body?: object,
): Promise<ToldRefusal> {
  const head = await api.head();
  const answer = (await api.admin[method](`/v1/${path}`, body)).expect(status);
  expect(await api.head()).toBe(head);
  const paths = entriesOf(answer.errors).map(({ path: at }) => String(at));
  return { code: answer.code, paths, usedBy: answer.usedBy };
}
