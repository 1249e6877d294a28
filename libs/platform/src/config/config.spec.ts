import { resolve } from 'node:path';
import { type Config, readConfig } from './config.js';
import { ConfigError } from './config-error.js';

function problemsOf(environment: NodeJS.ProcessEnv): readonly string[] {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

const JWKS = {
  LEADLEDGER_JWKS_URL: 'https://id.example.vn/keys',
  LEADLEDGER_JWT_ISSUER: 'https://id.example.vn/',
  LEADLEDGER_JWT_AUDIENCE: 'leadledger',
};

describe('readConfig', () => {
  it('needs nothing to be set', () => {
    expect(readConfig({})).toEqual({
      port: 3000,
      host: '127.0.0.1',
      dataFolder: resolve('data'),
      logLevel: 'info',
      rateLimit: 5000,
      bodyLimit: 1_048_576,
      mergeLimit: 50,
      worker: true,
      jwks: undefined,
      webhooksToInternal: false,
    });
  });

  it('takes an empty variable as not set', () => {
    expect(readConfig({ LEADLEDGER_PORT: '', EVENTSTORE_URL: '' }).port).toBe(3000);
  });

  it.each<[NodeJS.ProcessEnv, Partial<Config>]>([
    [{ LEADLEDGER_PORT: '0' }, { port: 0 }],
    [{ LEADLEDGER_PORT: '65535' }, { port: 65_535 }],
    [{ LEADLEDGER_HOST: '0.0.0.0' }, { host: '0.0.0.0' }],
    [{ LEADLEDGER_HOST: '::1' }, { host: '::1' }],
    [{ LEADLEDGER_HOST: 'crm.example.vn' }, { host: 'crm.example.vn' }],
    [{ LEADLEDGER_DATA: '/srv/lead ledger' }, { dataFolder: '/srv/lead ledger' }],
    [{ LEADLEDGER_LOG_LEVEL: 'warn' }, { logLevel: 'warn' }],
    [{ LEADLEDGER_RATE_LIMIT: '0' }, { rateLimit: 0 }],
    [{ LEADLEDGER_BODY_LIMIT: '2048' }, { bodyLimit: 2048 }],
    [{ LEADLEDGER_MERGE_LIMIT: '20' }, { mergeLimit: 20 }],
    [{ LEADLEDGER_WORKER: 'off' }, { worker: false }],
    [{ LEADLEDGER_HEALTH_PORT: '3001' }, { healthPort: 3001 }],
    [{ LEADLEDGER_WEBHOOKS_TO_INTERNAL: 'on' }, { webhooksToInternal: true }],
  ])('reads %o', (environment, expected) => {
    expect(readConfig(environment)).toMatchObject(expected);
  });

  it.each([
    ['LEADLEDGER_PORT', '65536', 'must be a whole number from 0 to 65535, not "65536".'],
    ['LEADLEDGER_PORT', '-1', 'must be a whole number from 0 to 65535, not "-1".'],
    ['LEADLEDGER_PORT', '3e3', 'must be a whole number from 0 to 65535, not "3e3".'],
    ['LEADLEDGER_PORT', ' 3000', 'must be a whole number from 0 to 65535, not " 3000".'],
    ['LEADLEDGER_HOST', '300.1.1.1', 'must be an IP address or a host name, not "300.1.1.1".'],
    ['LEADLEDGER_HOST', 'a b', 'must be an IP address or a host name, not "a b".'],
    [
      'LEADLEDGER_LOG_LEVEL',
      'INFO',
      'must be one of debug, info, warn, error, silent, not "INFO".',
    ],
    ['LEADLEDGER_RATE_LIMIT', '1.5', 'must be a whole number from 0 to 1000000, not "1.5".'],
    ['LEADLEDGER_BODY_LIMIT', '10', 'must be a whole number from 1024 to 104857600, not "10".'],
    ['LEADLEDGER_MERGE_LIMIT', '1', 'must be a whole number from 2 to 200, not "1".'],
    ['LEADLEDGER_WORKER', 'yes', 'must be one of on, off, not "yes".'],
  ])('refuses %s=%s', (name, value, problem) => {
    expect(problemsOf({ [name]: value })).toEqual([`${name} ${problem}`]);
  });

  it('keeps each problem on one line, whatever the value', () => {
    expect(problemsOf({ LEADLEDGER_PORT: `a\nb${'x'.repeat(99)}` })[0]).not.toContain('\n');
  });

  it('names every problem at once', () => {
    expect(problemsOf({ LEADLEDGER_PORT: 'x', LEADLEDGER_WORKER: 'x' })).toHaveLength(2);
  });

  it.each([
    ['LEADLEDGER_PROT', 'LEADLEDGER_PORT'],
    ['LEADLEDGER_LOGLEVEL', 'LEADLEDGER_LOG_LEVEL'],
    ['leadledger_data', 'LEADLEDGER_DATA'],
    ['LEADLEDGER_JWT_AUDENCE', 'LEADLEDGER_JWT_AUDIENCE'],
  ])('refuses the unknown %s and suggests %s', (name, suggestion) => {
    expect(problemsOf({ [name]: 'x' })).toEqual([
      `${name} is not known; did you mean ${suggestion}?`,
    ]);
  });

  it.each(['EVENTSTORE_URL', 'MONGODB_URL'])('refuses %s without repeating its value', (name) => {
    const [problem, ...others] = problemsOf({ [name]: 'scheme://admin:s3cret@host' });
    expect(problem).toMatch(new RegExp(`^${name} must begin with (esdb|mongodb)://`));
    expect(problem).not.toContain('s3cret');
    expect(others).toEqual([]);
  });

  it('takes the connection strings of both servers', () => {
    const urls = {
      EVENTSTORE_URL: 'esdb+discover://admin:s3cret@a:2113,b:2113',
      MONGODB_URL: 'mongodb://host/crm',
    };
    expect(readConfig(urls)).toMatchObject({
      eventStoreUrl: urls.EVENTSTORE_URL,
      mongoUrl: urls.MONGODB_URL,
    });
    expect(readConfig({})).not.toHaveProperty('eventStoreUrl');
  });

  it('leaves the variables of others alone', () => {
    expect(problemsOf({ PATH: '/bin', LEADLEDGERS: 'x', npm_config_x: 'y' })).toEqual([]);
  });

  it('cannot be changed', () => {
    const config = readConfig(JWKS) as { port: number; jwks: { issuer: string } };
    expect(() => Object.assign(config, { port: 1 })).toThrow(TypeError);
    expect(() => Object.assign(config.jwks, { issuer: 'x' })).toThrow(TypeError);
  });
});

describe('a mail server', () => {
  const MAIL = {
    LEADLEDGER_SMTP_URL: 'smtp://crm:s3cret@mail.example.vn:587',
    LEADLEDGER_MAIL_FROM: 'crm@example.vn',
  };

  it('is read with the address that mails are from', () => {
    expect(readConfig(MAIL).mail).toEqual({
      smtpUrl: MAIL.LEADLEDGER_SMTP_URL,
      from: 'crm@example.vn',
    });
    expect(readConfig({})).not.toHaveProperty('mail');
  });

  it.each([
    [{ ...MAIL, LEADLEDGER_MAIL_FROM: '' }, 'LEADLEDGER_MAIL_FROM must be set when'],
    [{ ...MAIL, LEADLEDGER_SMTP_URL: '' }, 'LEADLEDGER_MAIL_FROM has no effect unless'],
    [{ ...MAIL, LEADLEDGER_MAIL_FROM: 'CRM <crm@example.vn>' }, 'LEADLEDGER_MAIL_FROM must be an'],
    [{ ...MAIL, LEADLEDGER_SMTP_URL: 'http://u:s3cret@x' }, 'LEADLEDGER_SMTP_URL must begin with'],
  ])('is refused without its other half, or spelt wrongly: %#', (environment, start) => {
    const [problem, ...others] = problemsOf(environment);
    expect(problem?.startsWith(start)).toBe(true);
    expect(problem).not.toContain('s3cret');
    expect(others).toEqual([]);
  });
});

describe('receivers on the own network', () => {
  it.each<[string, boolean | readonly string[]]>([
    ['', false],
    ['off', false],
    ['on', true],
    ['erp.lan', ['erp.lan']],
    ['erp.lan, 10.1.2.3 ,10.1.0.0/16,fd00::/8', ['erp.lan', '10.1.2.3', '10.1.0.0/16', 'fd00::/8']],
  ])('are read from %j', (text, webhooksToInternal) => {
    const config = readConfig({ LEADLEDGER_WEBHOOKS_TO_INTERNAL: text });
    expect(config.webhooksToInternal).toEqual(webhooksToInternal);
  });

  it.each([
    'http://erp.lan',
    'erp.lan,',
    '10.1.0.0/33',
    'fd00::/129',
    'erp.lan/8',
    '10.1.0.0/8/8',
    '1.2',
  ])('are nothing else: %s', (text) => {
    const [problem, ...others] = problemsOf({ LEADLEDGER_WEBHOOKS_TO_INTERNAL: text });
    expect(problem).toMatch(/^LEADLEDGER_WEBHOOKS_TO_INTERNAL must be on, off, or names/);
    expect(others).toEqual([]);
  });
});

describe('where people open records', () => {
  it.each([
    ['https://crm.example.vn', 'https://crm.example.vn'],
    ['https://crm.example.vn:8443/app/', 'https://crm.example.vn:8443/app'],
    ['http://crm.lan/console', 'http://crm.lan/console'],
  ])('is an address that others are below: %s', (text, publicUrl) => {
    expect(readConfig({ LEADLEDGER_PUBLIC_URL: text }).publicUrl).toBe(publicUrl);
  });

  it.each([
    ...['crm.example.vn', 'javascript:alert(1)', 'https://u:s3cret@crm.example.vn/'],
    ...['https://crm.example.vn/?a=s3cret', 'https://crm.example.vn/#s3cret', 'https://a.vn/ b'],
  ])('is nothing else: %s', (text) => {
    const [problem, ...others] = problemsOf({ LEADLEDGER_PUBLIC_URL: text });
    expect(problem).toMatch(/^LEADLEDGER_PUBLIC_URL must be an http or https address/);
    expect(problem).not.toContain('s3cret');
    expect(others).toEqual([]);
    expect(readConfig({})).not.toHaveProperty('publicUrl');
  });
});

describe('the key set of an identity provider', () => {
  it('is read with issuer and audience', () => {
    const { jwks } = readConfig(JWKS);
    expect(jwks?.url.href).toBe('https://id.example.vn/keys');
    expect(jwks).toMatchObject({ issuer: 'https://id.example.vn/', audience: 'leadledger' });
  });

  it('may be plain http on this machine only', () => {
    expect(problemsOf({ ...JWKS, LEADLEDGER_JWKS_URL: 'http://127.0.0.1:9/keys' })).toEqual([]);
    const elsewhere = { ...JWKS, LEADLEDGER_JWKS_URL: 'http://u:s3cret@id.example.vn/keys' };
    expect(problemsOf(elsewhere)).toEqual(['LEADLEDGER_JWKS_URL must be an https URL.']);
  });

  it('needs issuer and audience', () => {
    expect(problemsOf({ LEADLEDGER_JWKS_URL: JWKS.LEADLEDGER_JWKS_URL })).toEqual([
      'LEADLEDGER_JWT_ISSUER must be set when LEADLEDGER_JWKS_URL is set.',
      'LEADLEDGER_JWT_AUDIENCE must be set when LEADLEDGER_JWKS_URL is set.',
    ]);
  });

  it('is missed when only its issuer is set', () => {
    expect(problemsOf({ LEADLEDGER_JWT_ISSUER: 'x' })).toEqual([
      'LEADLEDGER_JWT_ISSUER has no effect unless LEADLEDGER_JWKS_URL is set.',
    ]);
  });
});
