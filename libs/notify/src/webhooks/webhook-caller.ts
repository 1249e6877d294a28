import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { type Outcome, SENT } from '../deliveries/outcome.js';
import { guardedLookup, InternalAddress } from './guarded-lookup.js';
import { type AllowInternal, accessOf } from './internal-access.js';
import { retryAfterMs } from './retry-after.js';

/** What came of a call. `gone`: the receiver says that it is no more (410). */
export type CallOutcome = Outcome & { readonly gone?: true };

export interface WebhookCall {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Sends webhooks. */
export interface WebhookCaller {
  /** Answers however it ends; nothing is thrown. @param signal ends it early */
  call(call: WebhookCall, signal?: AbortSignal): Promise<CallOutcome>;
  close(): void;
}

export interface WebhookCallerOptions {
  /** Internal receivers that may be called. Default: none. */
  readonly allowInternal?: AllowInternal;
  /** How long a receiver may take, in ms. */
  readonly timeoutMs?: number;
  readonly lookup?: LookupFunction;
  /** The time in ms since 1970, which a date that a receiver gives is held against. */
  readonly now?: () => number;
}

const TIMEOUT_MS = 10_000;
/** Most bytes of an answer that are read: only so that the connection can be used again. */
const MOST_ANSWER = 65_536;
const CODES: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection_refused',
  ECONNRESET: 'connection_lost',
  EPIPE: 'connection_lost',
  ENOTFOUND: 'name_unknown',
  EAI_AGAIN: 'name_unknown',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  ETIMEDOUT: 'timeout',
  INTERNAL_ADDRESS: 'internal_address',
};

/** Calls over connections that are kept, each made to an address that is outside. Redirects are not followed, wherever they lead. */
export function createWebhookCaller(options: WebhookCallerOptions = {}): WebhookCaller {
  const { allowInternal = false, timeoutMs = TIMEOUT_MS, now = Date.now } = options;
  const access = accessOf(allowInternal);
  const guard = { lookup: options.lookup ?? guardedLookup(access) };
  const agents = {
    http: new HttpAgent({ keepAlive: true, ...guard }),
    https: new HttpsAgent({ keepAlive: true, ...guard }),
  };

  function send({ url, headers, body }: WebhookCall, signal: AbortSignal): Promise<Answer> {
    const target = new URL(url);
    // An address is not looked up.
    const host = target.hostname.replace(/^\[|\]$/g, '');
    if (isIP(host) !== 0 && !access.mayConnect(host, host)) throw new InternalAddress();
    const secure = target.protocol === 'https:';
    const request = secure ? httpsRequest : httpRequest;
    const agent = secure ? agents.https : agents.http;
    return new Promise((resolve, reject) => {
      const sending = request(target, { method: 'POST', headers, agent, signal }, (answer) => {
        // The status said all, whatever becomes of the rest.
        sending.off('error', reject).on('error', () => undefined);
        // A receiver whose answers do not end holds up itself, rather than one connection more with each call.
        answer.on('close', () =>
          resolve({ status: answer.statusCode ?? 0, retryAfter: answer.headers['retry-after'] }),
        );
        drain(answer);
      });
      sending.on('error', reject);
      sending.end(body);
    });
  }

  return {
    async call(call, signal) {
      const limit = AbortSignal.timeout(timeoutMs);
      try {
        const ending = signal ? AbortSignal.any([limit, signal]) : limit;
        return outcomeOf(await send(call, ending), now());
      } catch (error) {
        return { sent: false, error: limit.aborted ? 'timeout' : errorCode(error) };
      }
    },
    close() {
      agents.http.destroy();
      agents.https.destroy();
    },
  };
}

interface Answer {
  readonly status: number;
  readonly retryAfter: string | undefined;
}

function outcomeOf({ status, retryAfter }: Answer, now: number): CallOutcome {
  if (status >= 200 && status < 300) return SENT;
  if (status === 410) return { sent: false, error: 'http_410', gone: true };
  const redirects = status >= 300 && status < 400 && status !== 304;
  const waitMs = retryAfterMs(retryAfter, now);
  const error = redirects ? 'redirect_refused' : `http_${status}`;
  return { sent: false, error, ...(waitMs !== undefined && { waitMs }) };
}

function errorCode(error: unknown): string {
  const { code, name } = error as { code?: unknown; name?: unknown };
  if (name === 'AbortError') return 'stopped';
  if (typeof code !== 'string') return 'failed';
  const isCertificate = /CERT|SSL|TLS|SIGNATURE/.test(code);
  return CODES[code] ?? (isCertificate ? 'certificate' : 'failed');
}

function drain(answer: IncomingMessage): void {
  let bytes = 0;
  answer.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > MOST_ANSWER) answer.destroy();
  });
  answer.on('error', () => undefined);
}
