import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ALL_EVENTS, type LeadEvent, type Settings, type Uuid } from '#crm';
import {
  createEventLog,
  createRegistry,
  type EventLog,
  openEmbeddedEventStore,
  openEmbeddedKeyRing,
} from '#event-store';
import { createLiveSettings, createSettingsCommands, Executor } from '#write-side';
import { createLifeOfLeads } from './life-of-leads.js';
import { createLogWriter, type LogWriter, type Metadata } from './log-writer.js';
import { createRandom } from './random.js';

/** What a seeded data folder holds. */
export interface Seeded {
  readonly folder: string;
  readonly leads: number;
  readonly events: number;
  /** Leads spread over the whole log, with their numbers. */
  readonly sample: readonly { readonly number: number; readonly id: Uuid }[];
  readonly userIds: readonly Uuid[];
  /** A lead with 10,000 events, and one with 10. */
  readonly long: Uuid;
  readonly short: Uuid;
}

const SUMMARY = 'seeded.json';
const USERS = 300;
const SAMPLES = 1_000;
/** Appends in flight at once. */
const GROUP = 500;
const LONG = 10_000;
const SHORT = 10;

/** What a folder was filled with. */
export function readSeeded(folder: string): Seeded {
  return JSON.parse(readFileSync(join(folder, SUMMARY), 'utf8')) as Seeded;
}

/** Fills `folder` with the log of so many leads, unless that was done before. */
export async function seed(folder: string, leads: number): Promise<Seeded> {
  if (existsSync(join(folder, SUMMARY))) return readSeeded(folder);
  mkdirSync(folder, { recursive: true });
  const store = await openEmbeddedEventStore({ folder });
  const keys = await openEmbeddedKeyRing({ folder });
  const log = createEventLog({ store, registry: createRegistry(ALL_EVENTS), keys });
  const random = createRandom(leads);
  const settings = await firstSettings(log);
  const writer = createLogWriter(log, random.uuid);
  const userIds = inviteUsers(writer, random.uuid);
  await writer.flush();
  const sample: { number: number; id: Uuid }[] = [];
  const every = Math.max(1, Math.floor(leads / SAMPLES));
  const onLead = (number: number, id: Uuid) => {
    if (number % every === 0) sample.push({ number, id });
  };
  const life = createLifeOfLeads({ leads, random, writer, settings, userIds, onLead });
  for (let number = 0; number < leads; number += 1) {
    life.step();
    if (number % GROUP === GROUP - 1) await writer.flush();
  }
  life.finish();
  await writer.flush();
  const [long = '', short = ''] = await addLongHistories(writer, sample, userIds);
  await store.close();
  await keys.close();
  const seeded: Seeded = { folder, leads, events: writer.events, sample, userIds, long, short };
  writeFileSync(join(folder, SUMMARY), JSON.stringify(seeded));
  return seeded;
}

/** The first settings name no person. */
const NOBODY = { isActiveUser: () => false, isTeam: () => false };

async function firstSettings(log: EventLog): Promise<Settings> {
  const live = createLiveSettings(log);
  const executor = new Executor({ log, settings: live, now: () => new Date().toISOString() });
  await live.refresh();
  await createSettingsCommands({ executor, live, people: NOBODY }).initialise();
  return live.current();
}

function inviteUsers(writer: LogWriter, newId: () => Uuid): readonly Uuid[] {
  return Array.from({ length: USERS }, (_, number) => {
    const id = newId();
    const email = `nhan.vien.${number}@example.vn`;
    const data = { name: `Nhân viên ${number}`, email, locale: 'vi', roles: ['salesperson'] };
    writer.append(`user-${id}`, [{ type: 'UserInvited', data }], metadataOf(id));
    writer.forget(`user-${id}`);
    return id;
  });
}

/** Two more leads whose histories differ in length alone. */
async function addLongHistories(
  writer: LogWriter,
  sample: readonly { readonly id: Uuid }[],
  userIds: readonly Uuid[],
): Promise<readonly Uuid[]> {
  const actor = userIds[0] ?? sample[0]?.id ?? '';
  const histories = [LONG, SHORT].map((length) => ({ id: randomUUID(), length }));
  for (const { id, length } of histories) {
    const fields = { familyName: 'Trần Thị', givenName: 'Hà' };
    const captured: LeadEvent = {
      type: 'LeadCaptured',
      data: { fields, custom: {}, tags: [], pipelineId: 'leads', stageId: 'new' },
    };
    const edits = Array.from({ length: length - 1 }, (_, number): LeadEvent => {
      const changes = [{ field: 'jobTitle', from: `Bậc ${number}`, to: `Bậc ${number + 1}` }];
      return { type: 'LeadEdited', data: { changes } };
    });
    const history = [captured, ...edits];
    for (let from = 0; from < length; from += GROUP) {
      writer.append(`lead-${id}`, history.slice(from, from + GROUP), metadataOf(actor));
    }
    await writer.flush();
  }
  return histories.map(({ id }) => id);
}

function metadataOf(userId: Uuid): Metadata {
  const commandId = randomUUID();
  const at = '2024-01-01T01:00:00.000Z';
  return {
    actor: { kind: 'user', id: userId },
    commandId,
    correlationId: commandId,
    causationId: commandId,
    recordedAt: at,
    occurredAt: at,
    settingsRevision: 0,
  };
}
