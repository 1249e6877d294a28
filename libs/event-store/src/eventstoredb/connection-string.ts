import { StoreMisconfigured } from '../errors.js';

/** Options that the client knows, written as it compares them: in lower case, without `_` and `-`. */
const OPTIONS = new Set([
  'connectionname',
  'defaultdeadline',
  'discoveryinterval',
  'gossiptimeout',
  'keepaliveinterval',
  'keepalivetimeout',
  'maxdiscoverattempts',
  'nodepreference',
  'throwonappendfailure',
  'tls',
  'tlscafile',
  'tlsverifycert',
  'usercertfile',
  'userkeyfile',
]);

/**
 * Checks what the client would complain about with the whole string, password included, in a warning or an error.
 *
 * @returns the hosts, for messages
 * @throws StoreMisconfigured
 */
export function hostsOf(url: string): string {
  const refuse = (why: string): never => {
    throw new StoreMisconfigured('its connection string', why);
  };
  const [, rest] = /^esdb(?:\+discover)?:\/\/(.*)$/.exec(url.trim()) ?? [];
  if (rest === undefined) return refuse('it starts with neither esdb:// nor esdb+discover://');
  const [address = '', query = '', ...more] = rest.split('?');
  if (more.length > 0) refuse('a ? in a value must be written %3F');
  const hosts = address.slice(address.lastIndexOf('@') + 1).replace(/\/+$/, '');
  const credentials = address.slice(0, Math.max(0, address.lastIndexOf('@')));
  if (credentials !== '' && !isPair(credentials)) {
    refuse('user and password must be written user:password, and what is special in them with %');
  }
  if (hosts === '') refuse('it names no host');
  for (const host of hosts.split(',')) {
    if (!/^[\w.-]+(?::\d{1,5})?$/.test(host)) refuse('a host must be written name or name:port');
  }
  for (const pair of query === '' ? [] : query.split('&')) checkOption(pair, refuse);
  return hosts;
}

function isPair(credentials: string): boolean {
  try {
    decodeURIComponent(credentials);
  } catch {
    return false;
  }
  return /^[^:@]+:[^:@]+$/.test(credentials);
}

function checkOption(pair: string, refuse: (why: string) => never): void {
  const [name = '', value = '', ...more] = pair.split('=');
  // Only a known name is repeated: what stands there may be part of a password.
  const known = name.trim().toLowerCase().replaceAll(/[_-]/g, '');
  if (!OPTIONS.has(known)) refuse('it has an option that the client does not know');
  if (value === '' || more.length > 0) refuse(`${known} must be written name=value`);
  if (known === 'tlsverifycert' && value.trim() === 'false') {
    refuse('the client always verifies certificates: name the authority with tlsCAFile');
  }
  if (known === 'throwonappendfailure' && value.trim() === 'false') {
    refuse('throwOnAppendFailure must stay on: without it the client tells wrong revisions');
  }
}
