import {
  accountDecider,
  type ConversionPlan,
  contactDecider,
  creationEvents,
  type DecisionContext,
  type DomainEvent,
  emailKey,
  type Happened,
  type LeadCommand,
  type LeadEvent,
  type LeadState,
  leadDecider,
  matchKeyStream,
  NOBODY,
  NOTHING_FOUND,
  opportunityDecider,
  organisationKey,
  planConversion,
  type RecordType,
  type Settings,
  type Uuid,
} from '#crm';
import type { LogWriter, Metadata } from './log-writer.js';
import { madeUpFields, madeUpTags } from './made-up-lead.js';
import type { Random } from './random.js';

/** What happens to a lead after its capture, and to how many of a hundred. */
const STORIES = [
  { kind: 'stage', percent: 40 },
  { kind: 'edit', percent: 15 },
  { kind: 'note', percent: 10 },
  { kind: 'convert', percent: 5 },
] as const;
type Story = (typeof STORIES)[number]['kind'];

/** A lead is worked on again after this many later captures at most: mostly when it is in no cache any more. */
const LATEST = 5_000;
const START = Date.parse('2024-01-02T01:00:00.000Z');
/** Between two captures. */
const STEP_MS = 60_000;

export interface LifeOfLeads {
  /** Captures the lead with the next number, and does what is due on earlier ones. */
  step(): void;
  /** Does everything that is still due. */
  finish(): void;
}

export interface LifeParts {
  readonly leads: number;
  readonly random: Random;
  readonly writer: LogWriter;
  readonly settings: Settings;
  readonly userIds: readonly Uuid[];
  /** Called with each captured lead. */
  readonly onLead: (number: number, id: Uuid) => void;
}

interface Living {
  state: LeadState;
  due: number;
}

/** Leads that are captured, cared for and converted, by the domain's own rules. */
export function createLifeOfLeads(parts: LifeParts): LifeOfLeads {
  const { leads, random, writer, settings, userIds, onLead } = parts;
  const longest = Math.max(1, Math.min(LATEST, Math.floor(leads / 4)));
  const due = new Map<number, { readonly lead: number; readonly story: Story }[]>();
  const living = new Map<number, Living>();
  let next = 0;

  function context(at: number): DecisionContext {
    const now = new Date(START + at * STEP_MS).toISOString();
    const actor = { kind: 'user', id: random.pick(userIds) } as const;
    return { now, occurredAt: now, actor, commandId: random.uuid(), settings };
  }

  function append(stream: string, events: readonly DomainEvent[], at: DecisionContext): Metadata {
    const { now, actor, commandId } = at;
    const metadata: Metadata = {
      actor,
      commandId,
      correlationId: commandId,
      causationId: commandId,
      recordedAt: now,
      occurredAt: now,
      settingsRevision: settings.revision,
    };
    writer.append(stream, events, metadata);
    return metadata;
  }

  function happen(lead: Living, decided: readonly LeadEvent[], at: DecisionContext): void {
    const metadata = append(`lead-${lead.state.id}`, decided, at);
    lead.state = decided.reduce(
      (state, event) => leadDecider.evolve(state, { ...event, metadata } as Happened<LeadEvent>),
      lead.state,
    );
  }

  function command(lead: Living, asked: LeadCommand, at: DecisionContext): void {
    happen(lead, leadDecider.decide(lead.state, asked, at), at);
  }

  function claim(plan: ConversionPlan, lead: LeadState, at: DecisionContext): void {
    const { email = '', organisation = '' } = lead.fields;
    const keys = {
      contact: emailKey(String(email)),
      account: organisationKey(String(organisation)),
    };
    for (const type of ['account', 'contact'] as const) {
      const planned = plan[type];
      const key = keys[type];
      if (planned?.action !== 'create' || key === undefined) continue;
      const hash = Buffer.from(key).toString('hex').slice(0, 64);
      const kind = type === 'contact' ? 'email' : 'organisation';
      const stream = `${matchKeyStream(type, kind, hash)}-${planned.id.slice(0, 8)}`;
      const { conversionId } = plan;
      const data = { recordType: type, recordId: planned.id, leadId: lead.id, conversionId };
      append(stream, [{ type: 'MatchKeyClaimed', data }], at);
      writer.forget(stream);
    }
  }

  function create(
    type: Exclude<RecordType, 'lead'>,
    plan: ConversionPlan,
    at: DecisionContext,
  ): void {
    const planned = plan[type];
    if (planned?.action !== 'create') return;
    const deciders = {
      contact: contactDecider,
      account: accountDecider,
      opportunity: opportunityDecider,
    };
    const stream = `${type}-${planned.id}`;
    append(stream, creationEvents(deciders[type].initial(planned.id), planned), at);
    writer.forget(stream);
  }

  function convert(lead: Living, at: DecisionContext): void {
    const request = random.chance(0.5) ? { opportunity: { action: 'create' as const } } : {};
    const context = { ...at, roster: NOBODY };
    const standing = { state: lead.state, revision: 0 };
    const { plan } = planConversion(standing, request, NOTHING_FOUND, context);
    if (!plan) return;
    claim(plan, lead.state, at);
    happen(lead, [{ type: 'LeadConverted', data: plan }], at);
    for (const type of ['account', 'contact', 'opportunity'] as const) create(type, plan, at);
    const { conversionId } = plan;
    happen(lead, [{ type: 'LeadConversionCompleted', data: { conversionId } }], at);
  }

  const stories: Readonly<Record<Story, (lead: Living, at: DecisionContext) => void>> = {
    stage(lead, at) {
      const stageId = random.pick(['contacted', 'qualified']);
      command(lead, { kind: 'change-stage', stageId }, at);
    },
    edit(lead, at) {
      const phones = [`09${10_000_000 + random.below(89_999_999)}`];
      command(lead, { kind: 'edit', fields: { jobTitle: 'Giám đốc', phones }, custom: {} }, at);
    },
    note(lead, at) {
      const text = `Đã gọi, hẹn lại ngày ${random.below(28) + 1}. Khách hỏi giá lắp đặt trọn gói.`;
      command(lead, { kind: 'add-note', text, attachments: [] }, at);
    },
    convert,
  };

  function work(number: number): void {
    for (const { lead, story } of due.get(number) ?? []) {
      const worked = living.get(lead);
      if (!worked) continue;
      stories[story](worked, context(number));
      worked.due -= 1;
      if (worked.due > 0) continue;
      living.delete(lead);
      writer.forget(`lead-${worked.state.id}`);
    }
    due.delete(number);
  }

  function capture(number: number): void {
    const id = random.uuid();
    const at = context(number);
    const fresh: Living = { state: leadDecider.initial(id), due: 0 };
    const ownerId = random.pick(userIds);
    const fields = madeUpFields(random, number);
    command(fresh, { kind: 'capture', fields, custom: {}, tags: madeUpTags(random), ownerId }, at);
    for (const { kind, percent } of STORIES) {
      if (!random.chance(percent / 100)) continue;
      const when = number + 1 + random.below(longest);
      const then = due.get(when);
      if (then) then.push({ lead: number, story: kind });
      else due.set(when, [{ lead: number, story: kind }]);
      fresh.due += 1;
    }
    if (fresh.due > 0) living.set(number, fresh);
    else writer.forget(`lead-${id}`);
    onLead(number, id);
  }

  return {
    step() {
      work(next);
      capture(next);
      next += 1;
    },
    finish() {
      for (const number of [...due.keys()].sort((left, right) => left - right)) work(number);
    },
  };
}
