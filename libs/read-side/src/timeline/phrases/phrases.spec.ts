import { describe, expect, it } from '@jest/globals';
import {
  ACCOUNT_EVENTS,
  ACTIVITY_EVENTS,
  CONTACT_EVENTS,
  LEAD_EVENTS,
  type Locale,
  OPPORTUNITY_EVENTS,
  REMINDER_EVENTS,
} from '#crm';
import { SAMPLE_DATA } from '../../support/sample-data.js';
import { EN } from './en.js';
import { type Phrases, phraseOf, recordNameIn, type Wording } from './phrases.js';
import { VI } from './vi.js';

const LANGUAGES: readonly (readonly [Locale, Phrases])[] = [
  ['en', EN],
  ['vi', VI],
];
const TYPES = [
  ...LEAD_EVENTS,
  ...OPPORTUNITY_EVENTS,
  ...CONTACT_EVENTS,
  ...ACCOUNT_EVENTS,
  ...ACTIVITY_EVENTS,
  ...REMINDER_EVENTS,
].map(({ type }) => type);

function wording(locale: Locale, noun: string): Wording {
  return {
    locale,
    actor: 'Lan',
    noun,
    nounOf: (type) => `<${type}>`,
    member: (member) => `<${member}>`,
    record: (type) => `<${type}>`,
    stage: ({ stageId }) => `“${stageId}”`,
    entry: (_catalogue, value) => value,
    label: (field) => `[${field}]`,
    instant: (instant) => instant,
    duration: (ms) => `${ms} ms`,
  };
}

function say(locale: Locale, phrases: Phrases, type: string, erased?: true): string {
  const noun = phrases.nouns[(recordNameIn(type)?.toLowerCase() ?? 'lead') as 'lead'];
  const verb = type.replace(/^(Lead|Opportunity|Contact|Account|Activity(?=Deadline))/, '');
  const data = SAMPLE_DATA[type] ?? SAMPLE_DATA[verb];
  if (!data) throw new Error(`There is no sample of ${type}.`);
  return phraseOf(phrases, { type, data, ...(erased && { erased }) }, wording(locale, noun));
}

describe.each(LANGUAGES)('the phrases in %s', (locale, phrases) => {
  it.each([...new Set(TYPES)])('tell %s in a sentence', (type) => {
    const sentence = say(locale, phrases, type);
    expect(sentence).toMatch(/^\p{Lu}.*\.$/u);
    expect(sentence).not.toMatch(/undefined|null|NaN|\[object| {2}|\(\)|[,:]\./);
    expect(sentence).not.toBe(phrases.unknown(type, wording(locale, '')));
  });

  it('say so when the personal part was erased', () => {
    expect(say(locale, phrases, 'LeadNoteAdded', true)).toContain(phrases.erased);
  });

  it('tell an event that this version does not know as such', () => {
    const event = { type: 'LeadTeleported', data: {} };
    expect(phraseOf(phrases, event, wording(locale, 'lead'))).toContain('LeadTeleported');
  });
});

describe('some phrases', () => {
  it('in English', () => {
    expect(say('en', EN, 'LeadStageChanged')).toBe(
      'Lan moved the lead from “new” to “contacted” after 5000 ms. Reason: Đã gọi.',
    );
    expect(say('en', EN, 'ContactEdited')).toBe(
      'Lan changed [email], [custom.budget] of the contact by converting <lead>. Kept because of newer changes: [title].',
    );
    expect(say('en', EN, 'OpportunityAssigned')).toBe(
      'Lan assigned the opportunity to <u2> and the team <t1>; before: nobody.',
    );
  });

  it('in Vietnamese', () => {
    expect(say('vi', VI, 'LeadStageChanged')).toBe(
      'Lan đã chuyển tiềm năng từ “new” sang “contacted” sau 5000 ms. Lý do: Đã gọi.',
    );
    expect(say('vi', VI, 'LeadConverted')).toBe(
      'Lan đã chuyển đổi tiềm năng: liên hệ <contact> (tạo mới), khách hàng <account> (liên kết), cơ hội <opportunity> (tạo mới).',
    );
  });

  const undo = { type: 'lead', id: 'l1', conversionId: 'c1', undoId: 'z2' };
  it.each([
    ['Deleted', {}, 'Lan withdrew the contact', 'Lan đã thu hồi liên hệ'],
    [
      'Edited',
      { changes: [{ field: 'email', from: 'a@b.vn' }] },
      'Lan changed [email] of the contact',
      'Lan đã sửa [email] của liên hệ',
    ],
    [
      'Tagged',
      { added: [], removed: ['vip'] },
      'Lan removed the tags “vip”',
      'Lan đã bỏ thẻ “vip”',
    ],
    [
      'Assigned',
      { from: {}, to: { ownerId: 'u2' } },
      'Lan assigned the contact to <u2>',
      'Lan đã giao liên hệ cho <u2>',
    ],
  ])('say that undoing a conversion did it: %s', (verb, data, en, vi) => {
    const event = { type: `Contact${verb}`, data: { ...data, undo } };
    expect(phraseOf(EN, event, wording('en', 'contact'))).toContain(
      `${en} by undoing the conversion of <lead>`,
    );
    expect(phraseOf(VI, event, wording('vi', 'liên hệ'))).toContain(
      `${vi} khi hoàn tác việc chuyển đổi <lead>`,
    );
  });
});

describe('a reminder', () => {
  const reminder = (part: object) => {
    const data = { ...SAMPLE_DATA.ReminderIssued, ...part };
    const event = { type: 'ReminderIssued', data };
    return LANGUAGES.map(([locale, phrases]) => phraseOf(phrases, event, wording(locale, '')));
  };
  const dueAt = '27/03/2026 09:00 UTC';
  const opportunity = { record: { type: 'opportunity', id: 'o1' }, dueAt };

  it.each([
    [
      'of a person',
      { ...opportunity, number: 1, recipientIds: ['u1'] },
      'Reminder to <u1>: the <opportunity> has been overdue since 27/03/2026 09:00 UTC.',
      'Nhắc <u1>: <opportunity> đã quá hạn từ 27/03/2026 09:00 UTC.',
    ],
    [
      'that is not the first',
      { record: { type: 'activity', id: 'a1' }, dueAt, number: 3, recipientIds: ['u1', 'u2'] },
      'Reminder no. 3 to <u1> and <u2>: the activity has been overdue since 27/03/2026 09:00 UTC.',
      'Nhắc lần 3 <u1> và <u2>: hoạt động đã quá hạn từ 27/03/2026 09:00 UTC.',
    ],
    [
      'of a large team',
      { ...opportunity, number: 1, recipientIds: ['a', 'b', 'c', 'd', 'e', 'f', 'g'] },
      'Reminder to <a>, <b>, <c>, <d>, <e> and 2 more: the <opportunity> has been overdue since 27/03/2026 09:00 UTC.',
      'Nhắc <a>, <b>, <c>, <d>, <e> và 2 người khác: <opportunity> đã quá hạn từ 27/03/2026 09:00 UTC.',
    ],
    [
      'of nobody',
      { ...opportunity, number: 1, recipientIds: [] },
      'Nobody was there to be reminded: the <opportunity> has been overdue since 27/03/2026 09:00 UTC.',
      'Không có ai để nhắc: <opportunity> đã quá hạn từ 27/03/2026 09:00 UTC.',
    ],
  ])('says who was reminded of what: one %s', (_what, data, en, vi) => {
    expect(reminder(data)).toEqual([en, vi]);
  });
});

describe('a deadline', () => {
  const [from, to] = ['02/03/2026 09:00 UTC', '02/03/2026 13:00 UTC'];
  it.each([
    [
      'that is the first',
      { cause: 'assignment', to },
      `The deadline is ${to}.`,
      `Hạn xử lý là ${to}.`,
    ],
    [
      'of somebody else',
      { cause: 'assignment', from, to },
      `The deadline is ${to} for the new assignee; before: ${from}.`,
      `Hạn xử lý là ${to} cho người phụ trách mới; trước đó: ${from}.`,
    ],
    [
      'of what was reopened',
      { cause: 'resumption', to },
      `The deadline is ${to} now that it is worked on again.`,
      `Hạn xử lý là ${to} vì được xử lý lại.`,
    ],
    [
      'that a policy brought',
      { cause: 'policy', to },
      `The deadline is ${to} because the overdue policy changed.`,
      `Hạn xử lý là ${to} vì quy định quá hạn thay đổi.`,
    ],
    [
      'that is over',
      { cause: 'end', from },
      `There is no deadline any more; before: ${from}.`,
      `Không còn hạn xử lý; trước đó: ${from}.`,
    ],
  ])('says why it is then: one %s', (_what, data, en, vi) => {
    const event = { type: 'OpportunityDeadlineSet', data };
    expect(
      LANGUAGES.map(([locale, phrases]) => phraseOf(phrases, event, wording(locale, ''))),
    ).toEqual([en, vi]);
  });
});
