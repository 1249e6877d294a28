import { type CommandError, ErrorType, isCommandError } from '@eventstore/db-client';
import { StoreMisconfigured, StoreUnavailable } from '../errors.js';
import { concernsOtherCalls } from './tame-appends.js';

/** gRPC's numbers for what has no type of its own in the client. */
export const Code = {
  UNKNOWN: 2,
  PERMISSION_DENIED: 7,
  ABORTED: 10,
  UNIMPLEMENTED: 12,
  INTERNAL: 13,
  UNAVAILABLE: 14,
  UNAUTHENTICATED: 16,
} as const;

/** Our own timer ran out. */
export class NoAnswer extends Error {
  constructor(readonly ms: number) {
    super(`it did not answer within ${ms / 1_000} s`);
    this.name = 'NoAnswer';
  }
}

/** An error of a call, as the client tells it; undefined for anything else. */
export function asCommandError(error: unknown): CommandError | undefined {
  return error instanceof Error && isCommandError(error) ? error : undefined;
}

export function codeOf(error: unknown): number | undefined {
  const code = (error as { code?: unknown } | undefined)?.code;
  return typeof code === 'number' ? code : undefined;
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** What the client says before it has made the call: of a server's features, and of discovery. */
export function isBeforeTheCall(error: unknown): boolean {
  return !asCommandError(error) && !(error instanceof NoAnswer);
}

/** Whether the call certainly did not reach a server that takes it. */
export function wasNotTaken(error: unknown): boolean {
  if (concernsOtherCalls(error)) return false;
  if (isBeforeTheCall(error)) return true;
  if (asCommandError(error)?.type === ErrorType.NOT_LEADER) return true;
  return /No connection established|Name resolution failed|Server Is Not Ready/.test(
    messageOf(error),
  );
}

export function refusesCredentials(error: unknown): boolean {
  if (asCommandError(error)?.type === ErrorType.ACCESS_DENIED) return true;
  const code = codeOf(error);
  return code === Code.UNAUTHENTICATED || code === Code.PERMISSION_DENIED;
}

/** The port's error for a read that failed. Never holds what was sent: gRPC's messages name hosts and causes only. */
export function asStoreError(error: unknown, hosts: string): Error {
  if (refusesCredentials(error)) {
    return new StoreMisconfigured(hosts, 'it refuses the credentials, or they may not read $all');
  }
  if (codeOf(error) === Code.UNIMPLEMENTED) {
    return new StoreMisconfigured(hosts, 'what answers there is not an EventStoreDB');
  }
  return new StoreUnavailable(`${hosts}: ${causeOf(error)}`);
}

/** The part of a message that tells the cause. */
export function causeOf(error: unknown): string {
  const message = messageOf(error).replace(/^\d+ [A-Z_]+: /, '');
  const [, last] = /Last error: (?:Error: )?(.*?)\.? Resolution note:/.exec(message) ?? [];
  return (last ?? message).replace(/[.\s]+$/, '') || 'it failed without saying why';
}
