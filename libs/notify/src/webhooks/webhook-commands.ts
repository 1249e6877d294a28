import {
  type ChangeWebhook,
  deriveId,
  type Position,
  Refusal,
  type Uuid,
  type WebhookCommand,
  type WebhookState,
  webhookDecider,
} from '#crm';
import type { EventLog } from '#event-store';
import type { CommandResult, Envelope, Executed, Executor } from '#write-side';
import { placeAt } from '../following/log-places.js';
import { refuseInternalUrl } from './refuse-internal-url.js';
import { webhookTarget } from './webhook-target.js';

/** The answer that shows the secret, this once. */
export interface SecretResult extends CommandResult {
  readonly secret: string;
}

/** Whose webhooks a caller may manage: all, or those that they registered. */
export interface Reach {
  readonly userId: Uuid;
  readonly all: boolean;
}

export interface WebhookCommands {
  /** Sends events after a position from now on; those to come when it is left out. */
  register(
    input: { readonly url: string; readonly types?: readonly string[]; readonly after?: Position },
    envelope: Envelope,
  ): Promise<SecretResult>;
  change(id: Uuid, change: Omit<ChangeWebhook, 'kind'>, asked: Asked): Promise<CommandResult>;
  replaceSecret(id: Uuid, asked: Asked): Promise<SecretResult>;
  /** Sends the events after a position again, those sent before included. */
  replay(id: Uuid, after: Position, asked: Asked): Promise<CommandResult>;
  remove(id: Uuid, asked: Asked): Promise<CommandResult>;
}

export interface Asked {
  readonly envelope: Envelope;
  readonly reach: Reach;
}

export interface WebhookCommandsOptions {
  readonly log: EventLog;
  readonly executor: Executor;
  secretOf(webhookId: Uuid, version: number): string;
  /** See `WebhookCallerOptions`. */
  readonly allowInternal: boolean;
}

/** What people and programs do about webhooks. What somebody may not manage is not there for them. */
export function createWebhookCommands(options: WebhookCommandsOptions): WebhookCommands {
  const { log, executor, secretOf, allowInternal } = options;

  const carryOut = (id: Uuid, command: WebhookCommand, { envelope, reach }: Asked) =>
    executor.execute(webhookTarget(id), envelope, (state, context) => {
      if (!reach.all && state.registeredBy !== reach.userId) throw notThere();
      return webhookDecider.decide(state, command, context);
    });
  const withSecret = (id: Uuid, executed: Executed<WebhookState>): SecretResult => ({
    ...resultOf(id, executed),
    secret: secretOf(id, executed.state.secretVersion),
  });

  return {
    async register({ url, types = [], after }, envelope) {
      const id = deriveId(envelope.commandId, 'webhook');
      const command = { kind: 'register', url, types, after: await placeAt(log, after) } as const;
      const target = webhookTarget(id, { unborn: envelope.fresh });
      const executed = await executor.execute(target, envelope, (state, context) => {
        const events = webhookDecider.decide(state, command, context);
        refuseInternalUrl(url, allowInternal);
        return events;
      });
      return withSecret(id, executed);
    },
    async change(id, change, asked) {
      if (change.url !== undefined) refuseInternalUrl(change.url, allowInternal);
      return resultOf(id, await carryOut(id, { kind: 'change', ...change }, asked));
    },
    replaceSecret: async (id, asked) =>
      withSecret(id, await carryOut(id, { kind: 'replace-secret' }, asked)),
    async replay(id, position, asked) {
      const after = await placeAt(log, position);
      return resultOf(id, await carryOut(id, { kind: 'replay', after }, asked));
    },
    remove: async (id, asked) => resultOf(id, await carryOut(id, { kind: 'remove' }, asked)),
  };
}

function resultOf(id: Uuid, { revision, position }: Executed<unknown>): CommandResult {
  return { id, revision, position };
}

function notThere(): Refusal {
  return new Refusal('not-found', 'webhook_not_found', 'There is no such webhook.');
}
