import { CliError } from '../cli-error.js';
import { type ApiClient, ApiRefusal } from '../connection/api-client.js';
import { describeProgress, type ProgressLine } from '../progress-line.js';
import { atOnce } from './at-once.js';
import { type GeneratedLead, generateLeads } from './demo-leads.js';
import { type DemoTeam, setUpTeams } from './demo-team.js';
import { type DemoStep, workOn } from './demo-work.js';

export interface DemoCounts {
  leads: number;
  repeated: number;
  stages: number;
  notes: number;
  activities: number;
  lost: number;
  conversions: number;
}

export interface DemoResult {
  readonly counts: DemoCounts;
  /** Events that the log did not have before. */
  readonly newEvents: boolean;
  readonly seconds: number;
}

const AT_ONCE = 32;
/** A conversion may need a choice for the contact, then for the account. */
const CHOICES = 3;

/** Captures the demo's leads, cares for them and converts a third, all over HTTP. Every step has its own key: again, it changes nothing. */
export async function runDemo(
  api: ApiClient,
  { seed, count }: { readonly seed: number; readonly count: number },
  progress: ProgressLine,
): Promise<DemoResult> {
  const started = performance.now();
  const before = await headOf(api);
  const teams = await setUpTeams(api);
  const leads = generateLeads(seed, count);
  const counts: DemoCounts = {
    ...{ leads: 0, repeated: leads.filter(({ repeats }) => repeats).length },
    ...{ stages: 0, notes: 0, activities: 0, lost: 0, conversions: 0 },
  };
  const rate = () => counts.leads / Math.max(0.001, (performance.now() - started) / 1_000);
  await atOnce(AT_ONCE, leads, async (generated, index) => {
    const team = teams.get(generated.team);
    if (!team) throw new CliError('The demo has no such team.');
    await careFor(api, team, generated, { seed, index, before }, counts);
    const left = (count - counts.leads) / rate();
    progress.update(`Leads: ${describeProgress(counts.leads, count, rate(), left)}`);
  });
  progress.end(`Leads: ${describeProgress(counts.leads, count, rate(), undefined)}`);
  const seconds = (performance.now() - started) / 1_000;
  return { counts, newEvents: (await headOf(api)) !== before, seconds };
}

/** Where the log ends: behind every event, looked for by a type that hardly occurs. */
async function headOf(api: ApiClient): Promise<number> {
  let after = -1;
  for (let more = true; more; ) {
    const path = `/v1/events?types=ImportCancelled&limit=200&after=${after}`;
    ({ next: after, more } = await api.ask<{ next: number; more: boolean }>('GET', path));
  }
  return after;
}

async function careFor(
  api: ApiClient,
  { id: teamId, memberIds, manager }: DemoTeam,
  { lead }: GeneratedLead,
  {
    seed,
    index,
    before,
  }: { readonly seed: number; readonly index: number; readonly before: number },
  counts: DemoCounts,
): Promise<void> {
  const key = `demo-${seed}-${index}`;
  const ownerId = memberIds[index % memberIds.length];
  const body = { ...lead, ownerId, teamId };
  const { id } = await api.ask<{ id: string }>('POST', '/v1/leads', { body, key });
  for (const step of workOn(lead, index, seed)) {
    const path = step.path.startsWith('/') ? step.path : `/v1/leads/${id}/${step.path}`;
    const ask = { path, body: step.body(id), key: `${key}-${step.name}` };
    if (step.name !== 'conversion') await manager.ask('POST', ask.path, ask);
    else if (!(await isConverted(manager, id, before))) await convert(manager, ask);
    counts[step.counts satisfies DemoStep['counts']] += 1;
  }
  counts.leads += 1;
}

/**
 * Whether an earlier run converted the lead. The key does not tell: a conversion that needed a choice then may need none
 * by now, since it made the record that the lead matches. A lead of this run may not be among what is read yet.
 */
async function isConverted(api: ApiClient, id: string, before: number): Promise<boolean> {
  const path = `/v1/leads/${id}?after=${before}`;
  try {
    return (await api.ask<{ converted?: boolean }>('GET', path)).converted === true;
  } catch (error) {
    if (error instanceof ApiRefusal && error.problem.code === 'record_not_found') return false;
    throw error;
  }
}

/** Converts as suggested; where several records match, into the oldest. */
async function convert(
  api: ApiClient,
  first: { readonly path: string; readonly body: object; readonly key: string },
): Promise<void> {
  let { body, key } = first;
  for (let choice = 0; ; choice++) {
    try {
      await api.ask('POST', first.path, { body, key });
      return;
    } catch (error) {
      const chosen = choice < CHOICES ? choiceIn(error) : undefined;
      if (!chosen) throw error;
      body = { ...body, [chosen.target]: { action: 'update', id: chosen.id } };
      key = `${key}-${chosen.target}`;
    }
  }
}

function choiceIn(error: unknown): { readonly target: string; readonly id: string } | undefined {
  if (!(error instanceof ApiRefusal) || error.problem.code !== 'choice_needed') return undefined;
  const { target, candidates } = error.problem;
  const [first] = Array.isArray(candidates) ? (candidates as readonly { id?: unknown }[]) : [];
  return typeof target === 'string' && typeof first?.id === 'string'
    ? { target, id: first.id }
    : undefined;
}
