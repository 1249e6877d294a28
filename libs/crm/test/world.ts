import { deciderOf } from '../src/all-deciders.js';
import { NOBODY } from '../src/assignment/roster.js';
import { creationEvents, updateEvents } from '../src/conversion/conversion-effects.js';
import type { ConversionRequest } from '../src/conversion/conversion-request.js';
import { planConversion } from '../src/conversion/plan-conversion.js';
import type { TargetType } from '../src/conversion/target-type.js';
import { planConversionUndo } from '../src/conversion/undo/plan-conversion-undo.js';
import { reversalEvents, withdrawalEvents } from '../src/conversion/undo/undo-effects.js';
import {
  conversionEffectId,
  doneBy,
  type FoundForUndo,
  type UndoTarget,
} from '../src/conversion/undo/undo-found.js';
import type { ConversionUndoDecisions } from '../src/conversion/undo/undo-outlook.js';
import { UNDO_ORDER } from '../src/conversion/undo/undo-plan.js';
import type { DecisionContext } from '../src/kernel/decider.js';
import type { Actor, DomainEvent, Happened } from '../src/kernel/event.js';
import { deriveId, type Uuid } from '../src/kernel/ids.js';
import { type LeadState } from '../src/lead/lead.js';
import type { RecordCommand } from '../src/record/record-commands.js';
import type { RecordState } from '../src/record/record-state.js';
import type { RecordType } from '../src/record/record-type.js';
import { defaultSettingsCommands } from '../src/settings/default-settings.js';
import type { Settings } from '../src/settings/settings.js';
import type { StagedCommand, Win } from '../src/stages/staged-commands.js';
import { settingsOf } from './converting.js';
import { existing, type Stream, usesOf } from './finding.js';
import { ACTOR, contextWith, minutes } from './given.js';

const NAMESPACE = '99999999-9999-4999-8999-999999999999';

export type WorldCommand =
  | Exclude<RecordCommand, { kind: 'capture' }>
  | Exclude<StagedCommand, { kind: 'capture' }>
  | Win;

/** Records in memory, folded and decided by the domain alone; conversions and their undoings are carried out at once. */
export function createWorld(settings: Settings = settingsOf(...defaultSettingsCommands())) {
  const streams = new Map<Uuid, Stream>();
  let commands = 0;

  const context = (part: Partial<DecisionContext> = {}): DecisionContext => {
    commands += 1;
    const commandId = deriveId(NAMESPACE, `command ${commands}`);
    const now = minutes(commands);
    return contextWith({ now, occurredAt: now, commandId, settings, ...part });
  };
  const streamOf = (type: RecordType, id: Uuid): Stream => {
    const known = streams.get(id);
    if (known) return known;
    const fresh = { type, id, state: deciderOf(type).initial(id), events: [] };
    streams.set(id, fresh);
    return fresh;
  };
  const append = (
    stream: Stream,
    events: readonly DomainEvent[],
    { commandId, occurredAt, actor }: Pick<DecisionContext, 'commandId' | 'occurredAt' | 'actor'>,
  ) => {
    for (const event of events) {
      const metadata = {
        actor,
        occurredAt,
        recordedAt: occurredAt,
        commandId,
        correlationId: commandId,
      };
      const recorded: Happened = { ...event, metadata };
      stream.events.push(recorded);
      stream.state = deciderOf(stream.type).evolve(stream.state, recorded);
    }
  };
  const foundForUndo = (leadId: Uuid, conversionId: Uuid): FoundForUndo => {
    const lead = streamOf('lead', leadId).state as LeadState;
    const conversion = lead.conversions.find(({ id }) => id === conversionId);
    const targets = UNDO_ORDER.flatMap((type): readonly (readonly [TargetType, UndoTarget])[] => {
      const id = conversion?.[`${type}Id`];
      const action = conversion?.actions[type];
      if (!id || !action || action === 'link') return [];
      const { state, events } = streamOf(type, id);
      const did = doneBy(conversionEffectId(conversionId, type), type, events);
      const uses = did?.kind === 'created' ? usesOf(state, conversionId, streams) : [];
      return [[type, { state, revision: events.length - 1, uses, ...(did && { did }) }]];
    });
    return Object.fromEntries(targets);
  };

  const world = {
    settings,
    state: (id: Uuid): RecordState => {
      const stream = streams.get(id);
      if (!stream) throw new Error(`There is no record ${id}.`);
      return stream.state;
    },
    lead: (id: Uuid) => world.state(id) as LeadState,
    ids: (type: RecordType) =>
      [...streams.values()].filter((stream) => stream.type === type).map(({ id }) => id),
    capture(type: RecordType, values: object, more: object = {}): Uuid {
      const under = context();
      const id = deriveId(under.commandId, type);
      const command = { kind: 'capture', fields: values, custom: {}, tags: [], ...more };
      const stream = streamOf(type, id);
      append(stream, deciderOf(type).decide(stream.state, command, under), under);
      return id;
    },
    run(id: Uuid, command: WorldCommand): void {
      const stream = streams.get(id);
      if (!stream) throw new Error(`There is no record ${id}.`);
      const under = context();
      append(stream, deciderOf(stream.type).decide(stream.state, command, under), under);
    },
    convert(leadId: Uuid, request: ConversionRequest = {}): Uuid {
      const stream = streamOf('lead', leadId);
      const lead = stream.state as LeadState;
      const under = context();
      const { plan, obstacles } = planConversion(
        { state: lead, revision: stream.events.length - 1 },
        request,
        existing(lead, request, streams),
        { ...under, roster: NOBODY },
      );
      if (!plan) throw obstacles[0] ?? new Error('No plan.');
      const { conversionId } = plan;
      append(stream, [{ type: 'LeadConverted', data: plan }], under);
      for (const type of ['account', 'contact', 'opportunity'] as const) {
        const planned = plan[type];
        if (!planned || planned.action === 'link') continue;
        const target = streamOf(type, planned.id);
        const origin = { type: 'lead', id: leadId, conversionId } as const;
        const events =
          planned.action === 'create'
            ? creationEvents(target.state, planned)
            : updateEvents(target.state, planned, origin);
        append(target, events, { ...under, commandId: conversionEffectId(conversionId, type) });
      }
      append(stream, [{ type: 'LeadConversionCompleted', data: { conversionId } }], under);
      return conversionId;
    },
    outlook(
      leadId: Uuid,
      conversionId: Uuid,
      decisions: ConversionUndoDecisions = {},
      actor: Actor = ACTOR,
    ) {
      const lead = streamOf('lead', leadId).state as LeadState;
      const found = foundForUndo(leadId, conversionId);
      return planConversionUndo(lead, conversionId, found, decisions, context({ actor }));
    },
    found: foundForUndo,
    undo(leadId: Uuid, conversionId: Uuid, decisions: ConversionUndoDecisions = {}) {
      const outlook = world.outlook(leadId, conversionId, decisions);
      const { plan } = outlook;
      const { undoId } = plan;
      const stream = streamOf('lead', leadId);
      const under = context();
      append(stream, [{ type: 'LeadConversionUndone', data: plan }], under);
      const mark = { type: 'lead', id: leadId, conversionId, undoId } as const;
      for (const type of UNDO_ORDER) {
        const planned = plan[type];
        if (!planned || planned.action === 'keep') continue;
        const target = streamOf(type, planned.id);
        const events =
          planned.action === 'withdraw'
            ? withdrawalEvents(target.state, mark)
            : reversalEvents(target.state, planned, mark, settings);
        append(target, events, { ...under, commandId: deriveId(undoId, `effect:${type}`) });
      }
      const left: readonly TargetType[] = [];
      append(
        stream,
        [{ type: 'LeadConversionUndoCompleted', data: { conversionId, undoId, left } }],
        under,
      );
      return outlook;
    },
  };
  return world;
}

export type World = ReturnType<typeof createWorld>;
