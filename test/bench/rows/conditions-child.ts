import { randomUUID } from 'node:crypto';
import {
  absentRecord,
  compileConditions,
  conditionDocument,
  conditionKinds,
  type Filter,
  NO_SETTINGS,
  resolveFilter,
  type StagedState,
} from '#crm';
import { childInput, report } from '../support/processes.js';
import { median, timed } from '../support/sampling.js';

export interface Asking {
  /** Conditions in a second. */
  readonly rate: number;
  readonly relativeRate: number;
  readonly samples: number;
}

const RULES = 40;
const CONDITIONS = 6;
const { opportunities, repeats } = childInput<{ opportunities: number; repeats: number }>();
const kindOf = conditionKinds('opportunity', NO_SETTINGS);
const rate = await measured(Array.from({ length: RULES }, (_, i) => rule(i)));
const relativeRate = await measured(
  Array.from({ length: RULES }, (_, i) => (i % 4 === 0 ? relativeRule(i) : rule(i))),
);
report({ rate, relativeRate, samples: repeats } satisfies Asking);

/** Of every opportunity that arrives the document is made anew, and every rule is asked at its own moment. */
async function measured(rules: readonly Filter[]): Promise<number> {
  const arriving = Array.from({ length: opportunities }, (_, i) => arrived(i));
  const rates: number[] = [];
  for (let repeat = 0; repeat <= repeats; repeat += 1) {
    let held = 0;
    const ms = await timed(() => {
      for (const state of arriving) {
        const document = conditionDocument(state);
        const resolving = { now: state.createdAt, timeZone: 'Asia/Ho_Chi_Minh', kindOf };
        for (const filter of rules) {
          if (compileConditions(resolveFilter(filter, resolving))(document)) held += 1;
        }
      }
    });
    // A rule that does not hold leaves conditions unasked: all must be counted rightly.
    if (held !== opportunities * RULES) throw new Error(`Only ${held} rules held.`);
    // The first warms up.
    if (repeat > 0) rates.push((1_000 * held * CONDITIONS) / ms);
  }
  return median(rates);
}

/** Six conditions, all of which hold, so that all are asked. */
function rule(i: number): Filter {
  return {
    pipelineId: 'sales',
    name: { $regex: 'EZVIZ c6t', $options: 'i' },
    $or: [{ source: `no-${i}` }, { tags: { $in: ['VIP', `tag-${i}`] } }],
    'expectedRevenue.amount': { $gte: 1_000_000 + i },
    need: { $not: { $regex: `^${i}` } },
  };
}

/** The same with a condition on when it was made instead of one on what is needed. */
function relativeRule(i: number): Filter {
  const { need: _need, ...others } = rule(i);
  return { ...others, createdAt: { $gte: { $daysAgo: 7 } } };
}

function arrived(i: number): StagedState {
  const at = new Date(Date.UTC(2026, 2, 1) + i * 60_000).toISOString();
  return {
    ...absentRecord('opportunity', randomUUID()),
    lifecycle: 'live',
    outcome: 'open',
    fields: {
      name: `Lắp đặt camera Ezviz C6T 2MP, nhà ${i}`,
      need: 'Camera an ninh',
      source: 'website',
      expectedRevenue: { amount: 25_000_000, currency: 'VND' },
    },
    tags: ['Hà Nội', 'VIP'],
    pipelineId: 'sales',
    stageId: 'prospecting',
    stageSince: at,
    ...{ createdAt: at, updatedAt: at, createdBy: 'u', updatedBy: 'u', ownerId: 'u' },
  };
}
