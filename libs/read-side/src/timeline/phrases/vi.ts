import type { ActivityKind, Origin, UndoneConversion } from '#crm';
import { becauseOfRule, rulesPassed, VI_RULE_WORDS } from './by-rule.js';
import { DEADLINES_VI } from './deadlines.js';
import { capitalised, listed, quoted } from './joined.js';
import type { Phrases, Wording } from './phrases.js';
import { REMINDERS_VI } from './reminders.js';

const KINDS: Readonly<Record<ActivityKind, string>> = {
  call: 'cuộc gọi',
  meeting: 'cuộc họp',
  email: 'email',
  task: 'công việc',
};

function by(
  origin: Origin | undefined,
  wording: Wording,
  undo?: UndoneConversion | undefined,
): string {
  if (undo) return ` khi hoàn tác việc chuyển đổi ${wording.record(undo.type, undo.id)}`;
  return origin ? ` khi chuyển đổi ${wording.record(origin.type, origin.id)}` : '';
}

function because(reason: string | undefined): string {
  return reason ? ` Lý do: ${reason}.` : '';
}

/** What undoing something left as it is. */
function keeping(what: readonly string[]): string {
  return what.length > 0 ? ` Giữ lại vì có thay đổi mới hơn: ${listed(what)}.` : '';
}

function place(
  { ownerId, teamId }: { readonly ownerId?: string; readonly teamId?: string },
  { member }: Wording,
): string {
  const team = teamId && `nhóm ${member(teamId)}`;
  return listed([ownerId && member(ownerId), team], ' và ') || 'chưa có ai';
}

/** The timeline in Vietnamese. */
export const VI: Phrases = {
  nouns: { lead: 'tiềm năng', opportunity: 'cơ hội', contact: 'liên hệ', account: 'khách hàng' },
  common: {
    Captured: ({ origin, passedRules = [] }, w) =>
      `${w.actor} đã tạo ${w.noun}${by(origin, w)}.${rulesPassed(passedRules, VI_RULE_WORDS)}`,
    Edited({ changes = [], origin, undo, skipped = [] }, w) {
      const fields = listed(changes.map(({ field }) => w.label(field)));
      const what = fields ? `đã sửa ${fields} của ${w.noun}` : `đã giữ nguyên ${w.noun}`;
      const left = skipped.map((field) => w.label(field));
      return `${w.actor} ${what}${by(origin, w, undo)}.${keeping(left)}`;
    },
    Tagged({ added, removed, undo }, w) {
      const parts = [
        added.length > 0 && `đã thêm thẻ ${quoted(added)}`,
        removed.length > 0 && `đã bỏ thẻ ${quoted(removed)}`,
      ];
      return `${w.actor} ${listed(parts, ' và ')}${by(undefined, w, undo)}.`;
    },
    Assigned: ({ from, to, undo, by: rule }, w) =>
      rule
        ? `Tác vụ “${rule.rule.name}” đã giao ${w.noun} cho ${place(to, w)}${becauseOfRule(rule, VI_RULE_WORDS, w)}`
        : `${w.actor} đã giao ${w.noun} cho ${place(to, w)}${by(undefined, w, undo)}; trước đó: ${place(from, w)}.`,
    NoteAdded: (_, w) => `${w.actor} đã viết ghi chú.`,
    NoteEdited: (_, w) => `${w.actor} đã sửa ghi chú.`,
    NoteRemoved: (_, w) => `${w.actor} đã xóa ghi chú.`,
    AttachmentsAdded: ({ attachments = [] }, w) =>
      attachments.length === 0
        ? `${w.actor} đã đính kèm tệp.`
        : `${w.actor} đã đính kèm ${quoted(attachments.map(({ name }) => name))}.`,
    AttachmentRemoved: (_, w) => `${w.actor} đã gỡ một tệp đính kèm.`,
    Deleted: ({ reason, undo }, w) =>
      undo
        ? `${w.actor} đã thu hồi ${w.noun}${by(undefined, w, undo)}.`
        : `${w.actor} đã xóa ${w.noun}.${because(reason)}`,
    Restored: (_, w) => `${w.actor} đã khôi phục ${w.noun}.`,
    MergeReserved: ({ undo }, w) =>
      `${capitalised(w.noun)} được giữ để ${undo ? 'hoàn tác việc gộp' : 'gộp'}.`,
    MergeReservationReleased: (_, w) => `Đã bỏ một lần gộp ${w.noun}.`,
    RecordsMerged({ records, tags, lost = [] }, w) {
      const merged = listed(records.map(({ type, id }) => w.record(type, id)));
      const gone = listed([
        ...new Set(lost.map(({ field, record }) => w.label(field, record.type))),
      ]);
      const more = [
        tags.length > 0 && ` Thẻ được thêm: ${quoted(tags)}.`,
        gone && ` Giá trị không được lấy: ${gone}.`,
      ];
      return `${w.actor} đã gộp ${merged} vào ${w.noun} này.${more.filter(Boolean).join('')}`;
    },
    MergedAway: ({ survivor }, w) =>
      `${w.actor} đã gộp ${w.noun} này vào ${w.record(survivor.type, survivor.id)}.`,
    MergeCompleted: () => 'Việc gộp đã hoàn tất.',
    MergeUndone({ records, kept }, w) {
      const apart = listed(records.map(({ type, id }) => w.record(type, id)));
      const left = kept.map((field) => w.label(field));
      return `${w.actor} đã hoàn tác việc gộp ${apart} vào ${w.noun} này.${keeping(left)}`;
    },
    MergeReverted({ through, kept }, w) {
      const { type, id } = through.record;
      const left = kept.map((field) => w.label(field));
      return `${w.actor} đã hoàn tác việc gộp vào ${w.record(type, id)}, vốn đã được gộp vào ${w.noun} này.${keeping(left)}`;
    },
    Unmerged: ({ survivor }, w) =>
      `${w.actor} đã hoàn tác việc gộp vào ${w.record(survivor.type, survivor.id)}: ${w.noun} này lại đứng riêng.`,
    MergeUndoCompleted: () => 'Việc hoàn tác gộp đã hoàn tất.',
  },
  staged: {
    StageChanged: ({ from, to, stoodMs, reason }, w) =>
      `${w.actor} đã chuyển ${w.noun} từ ${w.stage(from)} sang ${w.stage(to)} sau ${w.duration(stoodMs)}.${because(reason)}`,
    Lost: ({ reason, detail }, w) =>
      `${w.actor} đã đánh dấu ${w.noun} thất bại: ${w.entry('lost-reason', reason)}.${detail ? ` ${detail}` : ''}`,
    Won: (_, w) => `${w.actor} đã đánh dấu ${w.noun} thành công.`,
    Reopened: ({ reason }, w) => `${w.actor} đã mở lại ${w.noun}.${because(reason)}`,
  },
  own: {
    LeadConverted({ contact, account, opportunity, merge }, w) {
      const targets = [
        contact && `liên hệ ${w.record('contact', contact.id)} (${DONE[contact.action]})`,
        account && `khách hàng ${w.record('account', account.id)} (${DONE[account.action]})`,
        opportunity &&
          `cơ hội ${w.record('opportunity', opportunity.id)} (${DONE[opportunity.action]})`,
        merge && `gộp với ${w.record(merge.survivor.type, merge.survivor.id)}`,
      ];
      return `${w.actor} đã chuyển đổi tiềm năng: ${listed(targets)}.`;
    },
    LeadConversionCompleted: () => 'Việc chuyển đổi đã hoàn tất.',
    LeadConversionAbandoned: () => 'Một lần chuyển đổi chưa được xác nhận đã bị hủy.',
    LeadConversionUndone({ contact, account, opportunity }, w) {
      const targets = [
        contact && `liên hệ ${w.record('contact', contact.id)} (${UNDONE[contact.action]})`,
        account && `khách hàng ${w.record('account', account.id)} (${UNDONE[account.action]})`,
        opportunity &&
          `cơ hội ${w.record('opportunity', opportunity.id)} (${UNDONE[opportunity.action]})`,
      ];
      const what = listed(targets);
      return `${w.actor} đã hoàn tác một lần chuyển đổi tiềm năng${what ? `: ${what}` : ''}.`;
    },
    LeadConversionUndoCompleted({ left = [] }, w) {
      const nouns = left.map((type) => w.nounOf(type));
      return `Việc hoàn tác chuyển đổi đã hoàn tất.${keeping(nouns)}`;
    },
  },
  activity: {
    ActivityPlanned: ({ kind, subject, dueAt }, w) =>
      `${w.actor} đã lên lịch ${KINDS[kind]}${subject ? `: ${subject}` : ''}${dueAt ? `, hạn ${w.instant(dueAt)}` : ''}.`,
    ActivityEdited: ({ changes }, w) =>
      `${w.actor} đã sửa ${listed(changes.map(({ field }) => w.label(field)))} của một hoạt động.`,
    ActivityRescheduled: ({ from, to }, w) =>
      `${w.actor} đã dời một hoạt động từ ${from ? w.instant(from) : 'không có hạn'} sang ${to ? w.instant(to) : 'không có hạn'}.`,
    ActivityAssigned: ({ from, to }, w) =>
      `${w.actor} đã giao một hoạt động cho ${to ? w.member(to) : 'chưa có ai'}; trước đó: ${from ? w.member(from) : 'chưa có ai'}.`,
    ActivityCompleted: ({ outcome }, w) =>
      `${w.actor} đã hoàn thành một hoạt động.${outcome ? ` Kết quả: ${outcome}.` : ''}`,
    ActivityCancelled: ({ reason }, w) => `${w.actor} đã hủy một hoạt động.${because(reason)}`,
    ActivityReopened: (_, w) => `${w.actor} đã mở lại một hoạt động.`,
    ActivityLinked: ({ link }, w) =>
      `${w.actor} đã gắn một hoạt động với ${w.record(link.type, link.id)}.`,
    ActivityUnlinked: ({ link }, w) =>
      `${w.actor} đã gỡ một hoạt động khỏi ${w.record(link.type, link.id)}.`,
    ActivityDeleted: (_, w) => `${w.actor} đã xóa một hoạt động.`,
    ActivityRestored: (_, w) => `${w.actor} đã khôi phục một hoạt động.`,
  },
  deadlines: DEADLINES_VI,
  reminders: REMINDERS_VI,
  unknown: (type, w) => `${w.actor} đã làm điều mà phiên bản này chưa biết (${type}).`,
  erased: 'Dữ liệu cá nhân đã bị xóa.',
};

const DONE = { create: 'tạo mới', update: 'cập nhật', link: 'liên kết' } as const;
const UNDONE = { withdraw: 'thu hồi', revert: 'trả lại như cũ', keep: 'giữ lại' } as const;
