import { resolve } from 'node:path';
import { ConfigError } from './config-error.js';
import { nearestName } from './nearest-name.js';
import {
  type Read,
  readHost,
  readHttpsUrl,
  readInteger,
  readMailAddress,
  readOneOf,
  readReceivers,
  readStreamPrefix,
  readUrlOf,
  readWebAddress,
} from './read-variable.js';

const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** An identity provider whose tokens are accepted beside the local ones. */
export interface JwksConfig {
  readonly url: URL;
  readonly issuer: string;
  readonly audience: string;
}

/** A mail server, and who mails are from. */
export interface MailConfig {
  /** Connection string, secrets included. */
  readonly smtpUrl: string;
  readonly from: string;
}

/** What the environment says, read once at start. */
export interface Config {
  /** TCP port; 0 takes any free one. */
  readonly port: number;
  /** Address to listen on. Loopback unless told otherwise: nothing is open to a network by accident. */
  readonly host: string;
  /** Absolute path of the data folder. */
  readonly dataFolder: string;
  readonly logLevel: LogLevel;
  /** Requests per second and caller; 0 for no limit. */
  readonly rateLimit: number;
  /** Largest request body, in bytes. */
  readonly bodyLimit: number;
  /** Most records in one merge, the survivor included. */
  readonly mergeLimit: number;
  /** Whether projections and processes run inside the api. */
  readonly worker: boolean;
  /** TCP port that a worker of its own tells its health at; absent: nowhere. The api tells it at its own. */
  readonly healthPort?: number;
  readonly jwks?: JwksConfig;
  /** Absent: no e-mails are sent. */
  readonly mail?: MailConfig;
  /** Where people open records, without a slash at the end: mails link to `<publicUrl>/opportunities/<id>`. Absent: they do not. */
  readonly publicUrl?: string;
  /** Internal receivers that webhooks may go to, unencrypted too: names, addresses and ranges; all of them for tests alone. */
  readonly webhooksToInternal: boolean | readonly string[];
  /** Connection string of EventStoreDB, secrets included; absent: the embedded log. */
  readonly eventStoreUrl?: string;
  /** In front of the name of every stream on EventStoreDB, so that installations can share a server. */
  readonly eventStorePrefix?: string;
  /** Connection string of MongoDB, secrets included; absent: the embedded read store. */
  readonly mongoUrl?: string;
}

/** Every variable of the product, with its default and what it is for, as docs and `doctor` show them. */
export const VARIABLES = {
  LEADLEDGER_PORT: { default: '3000', about: 'TCP port of the HTTP API; 0 takes any free one' },
  LEADLEDGER_HOST: {
    default: '127.0.0.1',
    about: 'address to listen on; 0.0.0.0 for every network',
  },
  LEADLEDGER_DATA: { default: './data', about: 'data folder' },
  LEADLEDGER_TOKEN: {
    default: '',
    about: 'token of the command line’s caller; the server ignores it',
  },
  LEADLEDGER_LOG_LEVEL: { default: 'info', about: LOG_LEVELS.join(', ') },
  LEADLEDGER_RATE_LIMIT: {
    default: '5000',
    about: 'requests per second and caller; 0 for no limit',
  },
  LEADLEDGER_BODY_LIMIT: { default: '1048576', about: 'largest request body, in bytes' },
  LEADLEDGER_MERGE_LIMIT: {
    default: '50',
    about: 'most records in one merge, the survivor included',
  },
  LEADLEDGER_WORKER: { default: 'on', about: 'projections and processes inside the api: on, off' },
  LEADLEDGER_HEALTH_PORT: {
    default: '',
    about: 'TCP port that a worker tells its health at; none when left out',
  },
  LEADLEDGER_JWKS_URL: { default: '', about: 'key set of an identity provider' },
  LEADLEDGER_JWT_ISSUER: { default: '', about: 'issuer of its tokens; needed with the key set' },
  LEADLEDGER_JWT_AUDIENCE: {
    default: '',
    about: 'audience of its tokens; needed with the key set',
  },
  LEADLEDGER_SMTP_URL: {
    default: '',
    about: 'mail server for notifications, `smtp://…` or `smtps://…`; no e-mails when left out',
  },
  LEADLEDGER_MAIL_FROM: {
    default: '',
    about: 'address that e-mails are from; needed with the mail server',
  },
  LEADLEDGER_PUBLIC_URL: {
    default: '',
    about:
      'where people open records: e-mails link to `<address>/opportunities/<id>`, `/leads/<id>`, …; no links when left out',
  },
  LEADLEDGER_WEBHOOKS_TO_INTERNAL: {
    default: 'off',
    about:
      'receivers on your own network that webhooks may go to, by plain http too: names, addresses and ranges, as `erp.lan,10.1.0.0/16`; off for none. `on`, for all, is for tests alone: it opens the network behind the server to whoever may register webhooks',
  },
  EVENTSTORE_URL: {
    default: '',
    about: 'EventStoreDB for the events, `esdb://…`; the data folder otherwise',
  },
  EVENTSTORE_PREFIX: {
    default: '',
    about: 'in front of all streams’ names, where installations share an EventStoreDB',
  },
  MONGODB_URL: {
    default: '',
    about: 'MongoDB for what is read, `mongodb://…`; the data folder otherwise',
  },
} as const satisfies Record<string, { default: string; about: string }>;
type Variable = keyof typeof VARIABLES;

/**
 * Reads the configuration. A variable that is empty counts as not set.
 * @throws ConfigError one line for every variable that is wrong or unknown; values of URLs are never repeated
 */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const problems = unknownVariables(environment);
  const value = <T>(name: Variable, read: Read<T>): T | undefined => {
    const result = read(environment[name] || VARIABLES[name].default);
    if ('value' in result) return result.value;
    problems.push(`${name} ${result.problem}.`);
    return undefined;
  };

  const healthPort = environment.LEADLEDGER_HEALTH_PORT
    ? value('LEADLEDGER_HEALTH_PORT', readInteger(0, 65_535))
    : undefined;
  const publicUrl = environment.LEADLEDGER_PUBLIC_URL
    ? value('LEADLEDGER_PUBLIC_URL', readWebAddress)
    : undefined;
  const config = {
    port: value('LEADLEDGER_PORT', readInteger(0, 65_535)),
    host: value('LEADLEDGER_HOST', readHost),
    dataFolder: value('LEADLEDGER_DATA', (text) => ({ value: resolve(text) })),
    logLevel: value('LEADLEDGER_LOG_LEVEL', readOneOf(LOG_LEVELS)),
    rateLimit: value('LEADLEDGER_RATE_LIMIT', readInteger(0, 1_000_000)),
    bodyLimit: value('LEADLEDGER_BODY_LIMIT', readInteger(1_024, 104_857_600)),
    mergeLimit: value('LEADLEDGER_MERGE_LIMIT', readInteger(2, 200)),
    worker: value('LEADLEDGER_WORKER', readOneOf(['on', 'off'])) === 'on',
    jwks: readJwks(environment, value, problems),
    webhooksToInternal: value('LEADLEDGER_WEBHOOKS_TO_INTERNAL', readReceivers),
    ...readMail(environment, value, problems),
    ...(healthPort !== undefined && { healthPort }),
    ...(publicUrl !== undefined && { publicUrl }),
    ...readStores(environment, value),
  };
  if (problems.length > 0) throw new ConfigError(problems);
  return Object.freeze(config as Config);
}

function readJwks(
  environment: NodeJS.ProcessEnv,
  value: <T>(name: Variable, read: Read<T>) => T | undefined,
  problems: string[],
): JwksConfig | undefined {
  const issuer = environment.LEADLEDGER_JWT_ISSUER;
  const audience = environment.LEADLEDGER_JWT_AUDIENCE;
  const companions = { LEADLEDGER_JWT_ISSUER: issuer, LEADLEDGER_JWT_AUDIENCE: audience };
  const wanted = Boolean(environment.LEADLEDGER_JWKS_URL);
  for (const [name, given] of Object.entries(companions)) {
    if (wanted === Boolean(given)) continue;
    // A key set without issuer and audience would accept every token that the provider ever signs, for whomever.
    const rule = wanted ? 'must be set when' : 'has no effect unless';
    problems.push(`${name} ${rule} LEADLEDGER_JWKS_URL is set.`);
  }
  const url = wanted ? value('LEADLEDGER_JWKS_URL', readHttpsUrl) : undefined;
  return url && issuer && audience ? Object.freeze({ url, issuer, audience }) : undefined;
}

function readMail(
  environment: NodeJS.ProcessEnv,
  value: <T>(name: Variable, read: Read<T>) => T | undefined,
  problems: string[],
): Pick<Config, 'mail'> {
  const { LEADLEDGER_SMTP_URL: url, LEADLEDGER_MAIL_FROM: address } = environment;
  if (Boolean(url) !== Boolean(address)) {
    const rule = url ? 'must be set when' : 'has no effect unless';
    problems.push(`LEADLEDGER_MAIL_FROM ${rule} LEADLEDGER_SMTP_URL is set.`);
  }
  if (!url || !address) return {};
  const smtpUrl = value('LEADLEDGER_SMTP_URL', readUrlOf(['smtp', 'smtps']));
  const from = value('LEADLEDGER_MAIL_FROM', readMailAddress);
  return smtpUrl && from ? { mail: Object.freeze({ smtpUrl, from }) } : {};
}

/** Whether anything answers there, and who may come in, shows when the stores are opened. */
function readStores(
  environment: NodeJS.ProcessEnv,
  value: <T>(name: Variable, read: Read<T>) => T | undefined,
): Pick<Config, 'eventStoreUrl' | 'eventStorePrefix' | 'mongoUrl'> {
  const url = (name: Variable, schemes: readonly string[]) =>
    environment[name] ? value(name, readUrlOf(schemes)) : undefined;
  const eventStoreUrl = url('EVENTSTORE_URL', ['esdb', 'esdb+discover']);
  const mongoUrl = url('MONGODB_URL', ['mongodb', 'mongodb+srv']);
  const eventStorePrefix = environment.EVENTSTORE_PREFIX
    ? value('EVENTSTORE_PREFIX', readStreamPrefix)
    : undefined;
  return {
    ...(eventStoreUrl && { eventStoreUrl }),
    ...(eventStorePrefix && { eventStorePrefix }),
    ...(mongoUrl && { mongoUrl }),
  };
}

function unknownVariables(environment: NodeJS.ProcessEnv): string[] {
  const known = Object.keys(VARIABLES);
  return Object.keys(environment)
    .filter((name) => name.toUpperCase().startsWith('LEADLEDGER_') && !known.includes(name))
    .sort()
    .map((name) => `${name} is not known; did you mean ${nearestName(name, known)}?`);
}
