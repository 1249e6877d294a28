import { VARIABLES } from '#platform';
import type { Finding } from './finding.js';

const SECRET = /TOKEN/;

/** What is set, without what is secret in it. */
export function lookAtConfiguration(environment: NodeJS.ProcessEnv): Finding {
  const set = Object.keys(VARIABLES).flatMap((name) => {
    const value = environment[name];
    return value ? [`${name}=${shown(name, value)}`] : [];
  });
  const detail = set.length > 0 ? set.join(' ') : 'Nothing is set: embedded stores, all defaults.';
  return { part: 'configuration', status: 'ok', detail };
}

function shown(name: string, value: string): string {
  if (SECRET.test(name)) return '(set)';
  if (!name.endsWith('_URL')) return value;
  // Hosts and path alone: options can name files of keys, and what is in front of the last @ is a password.
  const [, scheme = '', rest = ''] = /^([\w+]+:\/\/)(.*)$/.exec(value) ?? [];
  const [address = ''] = rest.split('?');
  return `${scheme}${address.slice(address.lastIndexOf('@') + 1)}`;
}
