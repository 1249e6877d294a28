import { isIP } from 'node:net';

/** Reads a variable's text into a value, or says what is wrong with it: `must be …`. */
export type Read<T> = (text: string) => { readonly value: T } | { readonly problem: string };

const HOST_NAME =
  /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/i;

/** A whole decimal number within a range, both ends included. */
export function readInteger(least: number, most: number): Read<number> {
  return (text) => {
    const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return { value };
    return { problem: `must be a whole number from ${least} to ${most}, not ${shown(text)}` };
  };
}

/** One of a few words. */
export function readOneOf<Word extends string>(words: readonly Word[]): Read<Word> {
  return (text) => {
    const value = words.find((word) => word === text);
    if (value !== undefined) return { value };
    return { problem: `must be one of ${words.join(', ')}, not ${shown(text)}` };
  };
}

/** An IP address or a host name. */
export const readHost: Read<string> = (text) => {
  // A name made of digits and dots alone is an address that went wrong.
  const name = HOST_NAME.test(text) && /[a-z]/i.test(text);
  if (isIP(text) !== 0 || name) return { value: text };
  return { problem: `must be an IP address or a host name, not ${shown(text)}` };
};

/** An https URL, or http to this machine. Its text is never repeated: a URL may hold a password. */
export const readHttpsUrl: Read<URL> = (text) => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const local = url !== undefined && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (url?.protocol === 'https:' || (local && url.protocol === 'http:')) return { value: url };
  return { problem: 'must be an https URL' };
};

/** The address of pages that others are below: http or https, and nothing but host, port and path. Without a slash at the end. */
export const readWebAddress: Read<string> = (text) => {
  const url = URL.canParse(text) && !/\s/.test(text) ? new URL(text) : undefined;
  const alone = url && `${url.origin}${url.pathname}` === url.href;
  if (alone && ['http:', 'https:'].includes(url.protocol)) {
    return { value: url.href.replace(/\/+$/, '') };
  }
  return { problem: 'must be an http or https address without user, query and fragment' };
};

/** `on`, `off`, or hosts one after the other: names, addresses, and ranges of these (`10.1.0.0/16`). */
export const readReceivers: Read<boolean | readonly string[]> = (text) => {
  if (text === 'on' || text === 'off') return { value: text === 'on' };
  const hosts = text.split(',').map((host) => host.trim());
  const wrong = hosts.find((host) => !isRange(host) && !('value' in readHost(host)));
  if (wrong === undefined) return { value: hosts };
  return { problem: `must be on, off, or names, addresses and ranges, not ${shown(wrong)}` };
};

function isRange(text: string): boolean {
  const [address = '', bits = '', ...rest] = text.split('/');
  const most = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  return rest.length === 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= most;
}

/** Letters, digits and dots, so that it ends where a stream's own name begins: `acme.` */
export const readStreamPrefix: Read<string> = (text) =>
  /^[a-z0-9.]{1,40}\.$/i.test(text)
    ? { value: text }
    : { problem: `must be letters, digits and dots, with a dot at the end, not ${shown(text)}` };

/** A connection string of one of these schemes. Its text is never repeated: it may hold a password. */
export function readUrlOf(schemes: readonly string[]): Read<string> {
  const told = schemes.map((scheme) => `${scheme}://`).join(' or ');
  return (text) =>
    schemes.some((scheme) => text.startsWith(`${scheme}://`) && text.length > scheme.length + 3)
      ? { value: text }
      : { problem: `must begin with ${told}` };
}

function shown(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}

/** An e-mail address alone, without a name. */
export const readMailAddress: Read<string> = (text) => {
  if (/^[^\s@<>,;:"]+@[^\s@<>,;:"]+$/.test(text)) return { value: text };
  return { problem: `must be an e-mail address, not ${shown(text)}` };
};
