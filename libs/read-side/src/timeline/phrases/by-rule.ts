import type { AssignedByRule, AssignmentReason, PassedRule, Unavailable } from '#crm';
import { listed } from './joined.js';
import type { Wording } from './phrases.js';

/** What is said in a language of an assignment by rule. */
export interface RuleWords {
  readonly reasons: Readonly<Record<AssignmentReason, string>>;
  readonly skipped: Readonly<Record<Unavailable, string>>;
  readonly passed: Readonly<Record<PassedRule['because'], string>>;
  /** Before those of the team who were passed over. */
  readonly passedOver: string;
  /** Before rules that held and could not be followed. */
  readonly notFollowed: string;
}

/** Why the rule decided so, and whom and what it went past. */
export function becauseOfRule(
  { reason, candidates, passed = [] }: AssignedByRule,
  words: RuleWords,
  { member }: Wording,
): string {
  const skipped = candidates.flatMap(({ userId, skipped: why }) =>
    why ? `${member(userId)} (${words.skipped[why]})` : [],
  );
  return [
    `: ${words.reasons[reason]}.`,
    skipped.length > 0 && ` ${words.passedOver}: ${listed(skipped)}.`,
    rulesPassed(passed, words),
  ]
    .filter(Boolean)
    .join('');
}

/** Rules that held and could not be followed, as a sentence of their own; empty where there are none. */
export function rulesPassed(passed: readonly PassedRule[], words: RuleWords): string {
  const past = passed.map(({ rule, because }) => `“${rule.name}” (${words.passed[because]})`);
  return past.length > 0 ? ` ${words.notFollowed}: ${listed(past)}.` : '';
}

export const EN_RULE_WORDS: RuleWords = {
  reasons: {
    named: 'the rule names them',
    'next-in-turn': 'next in turn',
    'fewest-open': 'fewest open opportunities',
    'only-one-available': 'nobody else was available',
    'nobody-available': 'nobody in it was available',
  },
  skipped: { inactive: 'deactivated', absent: 'away', full: 'has enough' },
  passed: {
    inactive: 'its person is deactivated',
    absent: 'its person is away',
    'no-team': 'its team is no more',
  },
  passedOver: 'Passed over',
  notFollowed: 'Rules that could not be followed',
};

export const VI_RULE_WORDS: RuleWords = {
  reasons: {
    named: 'tác vụ chỉ định người này',
    'next-in-turn': 'đến lượt',
    'fewest-open': 'đang có ít cơ hội mở nhất',
    'only-one-available': 'không còn ai khác sẵn sàng',
    'nobody-available': 'không có ai trong nhóm sẵn sàng',
  },
  skipped: { inactive: 'đã ngừng hoạt động', absent: 'đang vắng mặt', full: 'đã đủ việc' },
  passed: {
    inactive: 'người được giao đã ngừng hoạt động',
    absent: 'người được giao đang vắng mặt',
    'no-team': 'nhóm không còn',
  },
  passedOver: 'Bỏ qua',
  notFollowed: 'Tác vụ không áp dụng được',
};
