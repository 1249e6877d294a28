import type { ActivityKind, Origin, UndoneConversion } from '#crm';
import { becauseOfRule, EN_RULE_WORDS, rulesPassed } from './by-rule.js';
import { DEADLINES_EN } from './deadlines.js';
import { listed, quoted } from './joined.js';
import type { Phrases, Wording } from './phrases.js';
import { REMINDERS_EN } from './reminders.js';

const KINDS: Readonly<Record<ActivityKind, string>> = {
  call: 'a call',
  meeting: 'a meeting',
  email: 'an e-mail',
  task: 'a task',
};

function by(
  origin: Origin | undefined,
  wording: Wording,
  undo?: UndoneConversion | undefined,
): string {
  if (undo) return ` by undoing the conversion of ${wording.record(undo.type, undo.id)}`;
  return origin ? ` by converting ${wording.record(origin.type, origin.id)}` : '';
}

function because(reason: string | undefined): string {
  return reason ? ` Reason: ${reason}.` : '';
}

/** What undoing something left as it is. */
function keeping(what: readonly string[]): string {
  return what.length > 0 ? ` Kept because of newer changes: ${listed(what)}.` : '';
}

function place(
  { ownerId, teamId }: { readonly ownerId?: string; readonly teamId?: string },
  { member }: Wording,
): string {
  const team = teamId && `the team ${member(teamId)}`;
  return listed([ownerId && member(ownerId), team], ' and ') || 'nobody';
}

/** The timeline in English. */
export const EN: Phrases = {
  nouns: { lead: 'lead', opportunity: 'opportunity', contact: 'contact', account: 'account' },
  common: {
    Captured: ({ origin, passedRules = [] }, w) =>
      `${w.actor} created the ${w.noun}${by(origin, w)}.${rulesPassed(passedRules, EN_RULE_WORDS)}`,
    Edited({ changes = [], origin, undo, skipped = [] }, w) {
      const fields = listed(changes.map(({ field }) => w.label(field)));
      const what = fields ? `changed ${fields} of the ${w.noun}` : `left the ${w.noun} as it was`;
      const left = skipped.map((field) => w.label(field));
      return `${w.actor} ${what}${by(origin, w, undo)}.${keeping(left)}`;
    },
    Tagged({ added, removed, undo }, w) {
      const parts = [
        added.length > 0 && `added the tags ${quoted(added)}`,
        removed.length > 0 && `removed the tags ${quoted(removed)}`,
      ];
      return `${w.actor} ${listed(parts, ' and ')}${by(undefined, w, undo)}.`;
    },
    Assigned: ({ from, to, undo, by: rule }, w) =>
      rule
        ? `The rule “${rule.rule.name}” gave the ${w.noun} to ${place(to, w)}${becauseOfRule(rule, EN_RULE_WORDS, w)}`
        : `${w.actor} assigned the ${w.noun} to ${place(to, w)}${by(undefined, w, undo)}; before: ${place(from, w)}.`,
    NoteAdded: (_, w) => `${w.actor} wrote a note.`,
    NoteEdited: (_, w) => `${w.actor} rewrote a note.`,
    NoteRemoved: (_, w) => `${w.actor} removed a note.`,
    AttachmentsAdded: ({ attachments = [] }, w) =>
      attachments.length === 0
        ? `${w.actor} attached files.`
        : `${w.actor} attached ${quoted(attachments.map(({ name }) => name))}.`,
    AttachmentRemoved: (_, w) => `${w.actor} removed an attached file.`,
    Deleted: ({ reason, undo }, w) =>
      undo
        ? `${w.actor} withdrew the ${w.noun}${by(undefined, w, undo)}.`
        : `${w.actor} deleted the ${w.noun}.${because(reason)}`,
    Restored: (_, w) => `${w.actor} restored the ${w.noun}.`,
    MergeReserved: ({ undo }, w) =>
      `The ${w.noun} was held for ${undo ? 'undoing a merge' : 'a merge'}.`,
    MergeReservationReleased: (_, w) => `A merge of the ${w.noun} was given up.`,
    RecordsMerged({ records, tags, lost = [] }, w) {
      const merged = listed(records.map(({ type, id }) => w.record(type, id)));
      const gone = listed([
        ...new Set(lost.map(({ field, record }) => w.label(field, record.type))),
      ]);
      const more = [
        tags.length > 0 && ` Tags added: ${quoted(tags)}.`,
        gone && ` Values not taken: ${gone}.`,
      ];
      return `${w.actor} merged ${merged} into this ${w.noun}.${more.filter(Boolean).join('')}`;
    },
    MergedAway: ({ survivor }, w) =>
      `${w.actor} merged this ${w.noun} into ${w.record(survivor.type, survivor.id)}.`,
    MergeCompleted: () => 'The merge is complete.',
    MergeUndone({ records, kept }, w) {
      const apart = listed(records.map(({ type, id }) => w.record(type, id)));
      const left = kept.map((field) => w.label(field));
      return `${w.actor} undid the merge of ${apart} into this ${w.noun}.${keeping(left)}`;
    },
    MergeReverted({ through, kept }, w) {
      const { type, id } = through.record;
      const left = kept.map((field) => w.label(field));
      return `${w.actor} undid a merge into ${w.record(type, id)}, which was merged into this ${w.noun}.${keeping(left)}`;
    },
    Unmerged: ({ survivor }, w) =>
      `${w.actor} undid the merge into ${w.record(survivor.type, survivor.id)}: this ${w.noun} stands alone again.`,
    MergeUndoCompleted: () => 'Undoing the merge is complete.',
  },
  staged: {
    StageChanged: ({ from, to, stoodMs, reason }, w) =>
      `${w.actor} moved the ${w.noun} from ${w.stage(from)} to ${w.stage(to)} after ${w.duration(stoodMs)}.${because(reason)}`,
    Lost: ({ reason, detail }, w) =>
      `${w.actor} marked the ${w.noun} as lost: ${w.entry('lost-reason', reason)}.${detail ? ` ${detail}` : ''}`,
    Won: (_, w) => `${w.actor} marked the ${w.noun} as won.`,
    Reopened: ({ reason }, w) => `${w.actor} reopened the ${w.noun}.${because(reason)}`,
  },
  own: {
    LeadConverted({ contact, account, opportunity, merge }, w) {
      const targets = [
        contact && `contact ${w.record('contact', contact.id)} (${DONE[contact.action]})`,
        account && `account ${w.record('account', account.id)} (${DONE[account.action]})`,
        opportunity &&
          `opportunity ${w.record('opportunity', opportunity.id)} (${DONE[opportunity.action]})`,
        merge && `merged with ${w.record(merge.survivor.type, merge.survivor.id)}`,
      ];
      return `${w.actor} converted the lead: ${listed(targets)}.`;
    },
    LeadConversionCompleted: () => 'The conversion is complete.',
    LeadConversionAbandoned: () => 'A conversion that had not been committed was given up.',
    LeadConversionUndone({ contact, account, opportunity }, w) {
      const targets = [
        contact && `contact ${w.record('contact', contact.id)} (${UNDONE[contact.action]})`,
        account && `account ${w.record('account', account.id)} (${UNDONE[account.action]})`,
        opportunity &&
          `opportunity ${w.record('opportunity', opportunity.id)} (${UNDONE[opportunity.action]})`,
      ];
      const what = listed(targets);
      return `${w.actor} undid a conversion of the lead${what ? `: ${what}` : ''}.`;
    },
    LeadConversionUndoCompleted({ left = [] }, w) {
      const nouns = left.map((type) => w.nounOf(type));
      return `Undoing the conversion is complete.${keeping(nouns)}`;
    },
  },
  activity: {
    ActivityPlanned: ({ kind, subject, dueAt }, w) =>
      `${w.actor} planned ${KINDS[kind]}${subject ? `: ${subject}` : ''}${dueAt ? `, due ${w.instant(dueAt)}` : ''}.`,
    ActivityEdited: ({ changes }, w) =>
      `${w.actor} changed ${listed(changes.map(({ field }) => w.label(field)))} of an activity.`,
    ActivityRescheduled: ({ from, to }, w) =>
      `${w.actor} moved an activity from ${from ? w.instant(from) : 'no due time'} to ${to ? w.instant(to) : 'no due time'}.`,
    ActivityAssigned: ({ from, to }, w) =>
      `${w.actor} gave an activity to ${to ? w.member(to) : 'nobody'}; before: ${from ? w.member(from) : 'nobody'}.`,
    ActivityCompleted: ({ outcome }, w) =>
      `${w.actor} completed an activity.${outcome ? ` Outcome: ${outcome}.` : ''}`,
    ActivityCancelled: ({ reason }, w) => `${w.actor} cancelled an activity.${because(reason)}`,
    ActivityReopened: (_, w) => `${w.actor} reopened an activity.`,
    ActivityLinked: ({ link }, w) =>
      `${w.actor} linked an activity to ${w.record(link.type, link.id)}.`,
    ActivityUnlinked: ({ link }, w) =>
      `${w.actor} unlinked an activity from ${w.record(link.type, link.id)}.`,
    ActivityDeleted: (_, w) => `${w.actor} deleted an activity.`,
    ActivityRestored: (_, w) => `${w.actor} restored an activity.`,
  },
  deadlines: DEADLINES_EN,
  reminders: REMINDERS_EN,
  unknown: (type, w) => `${w.actor} did something that this version does not know (${type}).`,
  erased: 'The personal data were erased.',
};

const DONE = { create: 'created', update: 'updated', link: 'linked' } as const;
const UNDONE = { withdraw: 'withdrawn', revert: 'brought back', keep: 'kept' } as const;
