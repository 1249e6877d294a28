import {
  type ChangeWebhook,
  type DispatchEvent,
  deriveId,
  dispatchStream,
  type Position,
  Refusal,
  refuseInvalid,
  type Uuid,
  type WebhookCommand,
  type WebhookState,
  webhookDecider,
} from '#crm';
import type { EventLog } from '#event-store';
import type { CommandResult, Envelope, Executed, Executor } from '#write-side';
import { lastEventIn } from '../following/latest-event.js';
import { placeAt } from '../following/log-places.js';
import { type AllowInternal, accessOf } from './internal-access.js';
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
  /** @param keepHours how long the secret before signs too */
  replaceSecret(id: Uuid, keepHours: number | undefined, asked: Asked): Promise<SecretResult>;
  /** Sends the events after a position again, those sent before included. */
  replay(id: Uuid, after: Position, asked: Asked): Promise<CommandResult>;
  /** Has the event that it is held up by tried at once, and anew; nothing happens when it is not held up. */
  retry(id: Uuid, asked: Asked): Promise<CommandResult>;
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
  readonly allowInternal: AllowInternal;
}

const NOT_YET = {
  path: 'after',
  code: 'beyond_end',
  message: 'The log does not go as far as this position.',
};

/** What people and programs do about webhooks. What somebody may not manage is not there for them. */
export function createWebhookCommands(options: WebhookCommandsOptions): WebhookCommands {
  const { log, executor, secretOf } = options;
  const access = accessOf(options.allowInternal);

  const carryOut = (id: Uuid, command: WebhookCommand, { envelope, reach }: Asked) =>
    executor.execute(webhookTarget(id), envelope, (state, context) => {
      if (!reach.all && state.registeredBy !== reach.userId) throw notThere();
      return webhookDecider.decide(state, command, context);
    });
  const placeOfEvent = async (position: Position | undefined) => {
    if (position !== undefined && position > (await log.head())) refuseInvalid([NOT_YET]);
    return placeAt(log, position);
  };
  const withSecret = (id: Uuid, executed: Executed<WebhookState>): SecretResult => ({
    ...resultOf(id, executed),
    secret: secretOf(id, executed.state.secretVersion),
  });

  return {
    async register({ url, types = [], after }, envelope) {
      const id = deriveId(envelope.commandId, 'webhook');
      const command = { kind: 'register', url, types, after: await placeOfEvent(after) } as const;
      const target = webhookTarget(id, { unborn: envelope.fresh });
      const executed = await executor.execute(target, envelope, (state, context) => {
        const events = webhookDecider.decide(state, command, context);
        refuseInternalUrl(url, access);
        return events;
      });
      return withSecret(id, executed);
    },
    async change(id, change, asked) {
      if (change.url !== undefined) refuseInternalUrl(change.url, access);
      return resultOf(id, await carryOut(id, { kind: 'change', ...change }, asked));
    },
    replaceSecret: async (id, keepHours, asked) =>
      withSecret(id, await carryOut(id, { kind: 'replace-secret', keepHours }, asked)),
    async replay(id, position, asked) {
      const after = await placeOfEvent(position);
      return resultOf(id, await carryOut(id, { kind: 'replay', after }, asked));
    },
    async retry(id, asked) {
      const last = await lastEventIn<DispatchEvent>(log, dispatchStream(id));
      const held = last?.type === 'WebhookAttemptFailed' ? last.data : undefined;
      return resultOf(id, await carryOut(id, { kind: 'retry', held }, asked));
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
