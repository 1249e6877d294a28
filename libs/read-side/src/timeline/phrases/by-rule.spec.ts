import type { AssignedByRule } from '#crm';
import { EN } from './en.js';
import { phraseOf, type Wording } from './phrases.js';
import { VI } from './vi.js';

const WORDING: Wording = {
  ...{ locale: 'en', actor: 'Lan', noun: 'opportunity', nounOf: (type) => type },
  ...{
    member: (id) => id,
    record: (type) => type,
    stage: () => '',
    label: (field) => field,
    entry: (_catalogue, value) => value,
  },
  ...{ instant: (instant) => instant, duration: () => '' },
};

function told(by: Partial<AssignedByRule>, to: object) {
  const rule = { id: 'ezviz', name: 'Ezviz' };
  const data = {
    from: {},
    to,
    by: { rule, method: 'round-robin', reason: 'next-in-turn', candidates: [], ...by },
  };
  const event = { type: 'OpportunityAssigned', data };
  return [phraseOf(EN, event, WORDING), phraseOf(VI, event, { ...WORDING, noun: 'cơ hội' })];
}

describe('An assignment by rule is told', () => {
  it('with the rule and whom it names', () => {
    expect(told({ method: 'person', reason: 'named' }, { ownerId: 'An' })).toEqual([
      'The rule “Ezviz” gave the opportunity to An: the rule names them.',
      'Tác vụ “Ezviz” đã giao cơ hội cho An: tác vụ chỉ định người này.',
    ]);
  });

  it('with whose turn it was, and who was passed over', () => {
    const candidates = [
      { userId: 'An', turns: 3 },
      { userId: 'Chi', turns: 3 },
      { userId: 'Bình', turns: 2, skipped: 'absent' },
      { userId: 'Dũng', turns: 2, skipped: 'full' },
    ] as const;
    expect(told({ candidates }, { ownerId: 'An', teamId: 'Nam' })).toEqual([
      'The rule “Ezviz” gave the opportunity to An and the team Nam: next in turn. Passed over: Bình (away), Dũng (has enough).',
      'Tác vụ “Ezviz” đã giao cơ hội cho An và nhóm Nam: đến lượt. Bỏ qua: Bình (đang vắng mặt), Dũng (đã đủ việc).',
    ]);
  });

  it('by the capture, where none of those that held could be followed', () => {
    const rule = { id: 'ezviz', name: 'Ezviz' };
    const data = { passedRules: [{ rule, because: 'absent' }] };
    const event = { type: 'OpportunityCaptured', data };
    expect([
      phraseOf(EN, event, WORDING),
      phraseOf(VI, event, { ...WORDING, noun: 'cơ hội' }),
    ]).toEqual([
      'Lan created the opportunity. Rules that could not be followed: “Ezviz” (its person is away).',
      'Lan đã tạo cơ hội. Tác vụ không áp dụng được: “Ezviz” (người được giao đang vắng mặt).',
    ]);
  });

  it('with rules before it that could not be followed', () => {
    const passed = [{ rule: { id: 'r', name: 'Hà Nội' }, because: 'inactive' }] as const;
    expect(told({ reason: 'nobody-available', passed }, { teamId: 'Nam' })).toEqual([
      'The rule “Ezviz” gave the opportunity to the team Nam: nobody in it was available. Rules that could not be followed: “Hà Nội” (its person is deactivated).',
      'Tác vụ “Ezviz” đã giao cơ hội cho nhóm Nam: không có ai trong nhóm sẵn sàng. Tác vụ không áp dụng được: “Hà Nội” (người được giao đã ngừng hoạt động).',
    ]);
  });
});
