import { withinLimit } from '../clock/within-limit.js';
import { safeError } from '../logging/safe-error.js';

/** `degraded`: serves, but someone should look (a parked event, a lagging projection). */
export type HealthStatus = 'up' | 'degraded' | 'down';

export interface HealthResult {
  readonly status: HealthStatus;
  /** For an operator; no personal value, no secret. */
  readonly detail: string;
}

/**
 * - `live`: when it fails, only a restart helps
 * - `ready`: when it fails, requests should go elsewhere for now
 */
export type HealthKind = 'live' | 'ready';

export type HealthCheck = () => HealthResult | Promise<HealthResult>;

export interface HealthReport {
  /** The worst of the checks; `up` without any. */
  readonly status: HealthStatus;
  readonly checks: Readonly<Record<string, HealthResult>>;
}

/** The health of the process as its parts tell it. */
export interface HealthRegistry {
  /** @throws Error the name is taken */
  register(name: string, kind: HealthKind, check: HealthCheck): void;
  /** Asks all checks of a kind at once. A check that throws, or takes longer than the limit, is down. */
  report(kind: HealthKind): Promise<HealthReport>;
}

const SEVERITY: readonly HealthStatus[] = ['up', 'degraded', 'down'];

/** @param limitMs how long a check may take, in milliseconds */
export function createHealthRegistry(limitMs = 2_000): HealthRegistry {
  const checks = new Map<string, { kind: HealthKind; check: HealthCheck }>();
  return {
    register(name, kind, check) {
      if (checks.has(name)) throw new Error(`A health check named ${name} is there already.`);
      checks.set(name, { kind, check });
    },
    async report(kind) {
      const asked = [...checks]
        .filter(([, registered]) => registered.kind === kind)
        .map(async ([name, { check }]) => [name, await resultOf(check, limitMs)] as const);
      const results = await Promise.all(asked);
      return {
        status: worst(results.map(([, result]) => result.status)),
        checks: Object.fromEntries(results),
      };
    },
  };
}

function worst(statuses: readonly HealthStatus[]): HealthStatus {
  const severity = Math.max(0, ...statuses.map((status) => SEVERITY.indexOf(status)));
  return SEVERITY[severity] ?? 'down';
}

async function resultOf(check: HealthCheck, limitMs: number): Promise<HealthResult> {
  const down: HealthResult = { status: 'down', detail: `No answer within ${limitMs} ms.` };
  try {
    return await withinLimit(Promise.resolve().then(check), limitMs, () => down);
  } catch (error) {
    const { name, code } = safeError(error);
    return { status: 'down', detail: `The check failed: ${code ?? name}.` };
  }
}
