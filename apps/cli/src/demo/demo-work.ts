import type { DemoLead } from './demo-leads.js';
import { randomFrom } from './random.js';
import { LOST_REASONS, NOTES } from './vietnamese.js';

/** One thing that is done about a lead. `path` comes after `/v1/leads/<id>`, or is absolute. */
export interface DemoStep {
  readonly name: string;
  readonly path: string;
  readonly body: (leadId: string) => object;
  /** What it takes part in counting. */
  readonly counts: 'stages' | 'notes' | 'activities' | 'lost' | 'conversions';
}

const DAY_MS = 86_400_000;

/** What becomes of a lead: the same for the same seed and lead. About a third are converted, some are lost. */
export function workOn(lead: DemoLead, index: number, seed: number): readonly DemoStep[] {
  const random = randomFrom(seed * 7_919 + index * 104_729 + 1);
  const start = Date.parse(lead.occurredAt);
  const on = (days: number) => ({ occurredAt: new Date(start + days * DAY_MS).toISOString() });
  const fate = random.weighted([
    ['converted', 34],
    ['lost', 14],
    ['cared for', 32],
    ['new', 20],
  ] as const);
  if (fate === 'new') return [];
  const contacted = stage('contacted', { ...on(1), note: random.pick(NOTES) });
  const steps: DemoStep[] = [contacted];
  if (random.chance(0.5)) steps.push(note(random.pick(NOTES), on(2)));
  if (random.chance(0.4))
    steps.push(activity(random.pick(['call', 'meeting']), start + 3 * DAY_MS, on(2)));
  if (fate === 'lost') return [...steps, lost(random.pick(LOST_REASONS), on(4))];
  if (fate === 'converted' || random.chance(0.5)) steps.push(stage('qualified', on(5)));
  if (fate === 'converted')
    steps.push(conversion(lead, random.chance(0.8), 1 + random.below(80), on(6)));
  return steps;
}

function stage(stageId: string, rest: object): DemoStep {
  const body = () => ({ stageId, ...rest });
  return { name: `stage-${stageId}`, path: 'stage', body, counts: 'stages' };
}

function note(text: string, rest: object): DemoStep {
  return { name: 'note', path: 'notes', body: () => ({ text, ...rest }), counts: 'notes' };
}

function activity(kind: string, due: number, rest: object): DemoStep {
  const body = (id: string) => ({
    kind,
    subject: kind === 'call' ? 'Gọi tư vấn' : 'Khảo sát tại chỗ',
    dueAt: new Date(due).toISOString(),
    links: [{ type: 'lead', id }],
    ...rest,
  });
  return { name: 'activity', path: '/v1/activities', body, counts: 'activities' };
}

function lost(reason: string, rest: object): DemoStep {
  return { name: 'loss', path: 'loss', body: () => ({ reason, ...rest }), counts: 'lost' };
}

function conversion(
  { need, familyName, givenName }: DemoLead,
  opportunity: boolean,
  millions: number,
  rest: object,
): DemoStep {
  const values = {
    name: `${need} – ${familyName} ${givenName}`,
    expectedRevenue: { amount: millions * 1_000_000, currency: 'VND' },
  };
  const body = () => ({
    ...(opportunity && { opportunity: { action: 'create', values } }),
    ...rest,
  });
  return { name: 'conversion', path: 'conversion', body, counts: 'conversions' };
}
