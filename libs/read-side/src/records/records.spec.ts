import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Recorded } from '#crm';
import { openReadSide, type TestReadSide } from '../support/open-read-side.js';
import { TEST_ACTOR } from '../support/open-stores.js';
import { captured, converted, id, undoCompleted, undone } from '../support/sample-events.js';
import { type RecordDocument, shown } from './record-document.js';
import { closeRecord, evolveRecordFold, openRecord } from './record-fold.js';

const METADATA = { actor: TEST_ACTOR, occurredAt: '2026-03-01T09:00:00.000Z' };

let side: TestReadSide;
beforeEach(async () => {
  side = await openReadSide();
});
afterEach(() => side.close());

const LEAD = `lead-${id(1)}`;
const NAMED = { familyName: 'Nguyễn Gia', givenName: 'Khương', email: 'Khuong@Example.vn' };

async function lead(n = 1) {
  return side.queries.getRecord({ type: 'lead', id: id(n), access: 'all' });
}

describe('the document of a record', () => {
  it('is flat, with its default fields by name and nothing that is not there', async () => {
    const position = await side.happen(LEAD, captured('lead', NAMED, { ownerId: id(9) }));
    const document = await lead();
    expect(document && shown(document)).toEqual({
      ...NAMED,
      id: id(1),
      type: 'lead',
      status: 'open',
      custom: {},
      tags: [],
      ownerId: id(9),
      pipelineId: 'p',
      stageId: 'new',
      stageSince: document?.createdAt,
      origins: [],
      attachments: [],
      noteCount: 0,
      conversions: [],
      converted: false,
      createdAt: document?.createdAt,
      updatedAt: document?.createdAt,
      createdBy: TEST_ACTOR.id,
      updatedBy: TEST_ACTOR.id,
      revision: 0,
      position,
    });
  });

  it('follows edits', async () => {
    await side.happen(LEAD, captured('lead', NAMED));
    const changes = [
      { field: 'email', from: NAMED.email, to: 'k@example.vn' },
      { field: 'givenName', from: 'Khương' },
      { field: 'custom.budget', to: 5 },
    ];
    await side.happen(LEAD, { type: 'LeadEdited', data: { changes } });
    const document = await lead();
    expect(document).toMatchObject({ email: 'k@example.vn', custom: { budget: 5 }, revision: 1 });
    expect(document).not.toHaveProperty('givenName');
  });

  it('counts notes instead of keeping them', async () => {
    const note = (n: number) => ({
      type: 'LeadNoteAdded',
      data: { noteId: id(n), text: 'Gọi lại.', attachments: [] },
    });
    await side.happen(LEAD, captured('lead', NAMED), note(11), note(12));
    await side.happen(LEAD, { type: 'LeadNoteRemoved', data: { noteId: id(11) } });
    expect((await lead())?.noteCount).toBe(1);
    const record = await lead();
    const notes = record && (await side.queries.listNotes({ record }));
    expect(notes?.documents.map((one) => [one.id, one.text])).toEqual([[id(12), 'Gọi lại.']]);
  });

  it('remembers the outcome behind a deletion', async () => {
    const opportunity = `opportunity-${id(2)}`;
    const find = () => side.queries.getRecord({ type: 'opportunity', id: id(2), access: 'all' });
    await side.happen(opportunity, captured('opportunity', { name: 'Camera' }));
    await side.happen(opportunity, { type: 'OpportunityWon', data: {} });
    await side.happen(opportunity, { type: 'OpportunityDeleted', data: {} });
    expect((await find())?.status).toBe('deleted');
    await side.happen(opportunity, { type: 'OpportunityRestored', data: {} });
    expect((await find())?.status).toBe('won');
  });

  it('folds on from what it holds: the probability set by hand is there behind the outcome', () => {
    const events = [
      captured('opportunity', { name: 'Camera', probability: 35 }, { stageProbability: 10 }),
      { type: 'OpportunityLost', data: { reason: 'Giá cao', detail: 'hơn 10%' } },
      { type: 'OpportunityReopened', data: {} },
      { type: 'OpportunityEdited', data: { changes: [{ field: 'probability', from: 35 }] } },
    ];
    const shownAfter = events.map((_, last) => {
      let document: RecordDocument | undefined;
      for (const [revision, event] of events.slice(0, last + 1).entries()) {
        const fold = openRecord('opportunity', id(2), document);
        const happened = { ...event, metadata: METADATA } as unknown as Recorded;
        document = closeRecord(evolveRecordFold(fold, happened), { revision, position: revision });
      }
      const { probability, probabilityBy, lostDetail } = document ?? {};
      return [probability, probabilityBy, lostDetail];
    });
    expect(shownAfter).toEqual([
      [35, 'hand', undefined],
      [0, 'outcome', 'hơn 10%'],
      [35, 'hand', undefined],
      [10, 'stage', undefined],
    ]);
  });

  it('lists conversions of a lead and says when they are complete', async () => {
    await side.happen(LEAD, captured('lead', NAMED), converted(id(5), id(6), id(7)));
    expect((await side.queries.getConversion(id(5)))?.completed).toBe(false);
    await side.happen(LEAD, { type: 'LeadConversionCompleted', data: { conversionId: id(5) } });
    expect(await lead()).toMatchObject({
      converted: true,
      conversions: [{ id: id(5), contactId: id(6), opportunityId: id(7), completed: true }],
    });
    expect(await side.queries.getConversion(id(5))).toMatchObject({
      leadId: id(1),
      case: 5,
      contact: { action: 'create', id: id(6) },
      opportunity: { action: 'create', id: id(7) },
      targetIds: [id(6), id(7)],
      completed: true,
    });
  });

  it('says that a conversion was undone, what came of it, and when that is complete', async () => {
    const completed = { type: 'LeadConversionCompleted', data: { conversionId: id(5) } };
    await side.happen(LEAD, captured('lead', NAMED), converted(id(5), id(6), id(7)), completed);
    await side.happen(LEAD, undone(id(5), id(6), id(7)));
    expect(await lead()).toMatchObject({ converted: false });
    expect(await side.queries.getConversion(id(5))).toMatchObject({
      completed: false,
      undone: { contact: { action: 'withdraw' }, completed: false },
    });
    await side.happen(LEAD, undoCompleted(id(5)));
    const told = {
      contact: { action: 'keep', reasons: ['changed_meanwhile'] },
      opportunity: { action: 'keep', reasons: ['changed_since'] },
      completed: true,
    };
    expect(await lead()).toMatchObject({ conversions: [{ id: id(5), undone: told }] });
    const conversion = await side.queries.getConversion(id(5));
    expect(conversion).toMatchObject({ completed: true, undone: told });
    expect(conversion?.undone?.completedAt).toBeDefined();
  });

  it('survives the erasure of its personal part', async () => {
    const file = { id: id(8), name: 'a.pdf', mediaType: 'application/pdf', size: 1, sha256: '00' };
    await side.append(
      LEAD,
      captured('lead', NAMED, { custom: { budget: 5 } }),
      { type: 'LeadAttachmentsAdded', data: { attachments: [file] } },
      { type: 'LeadTagged', data: { added: ['vip'], removed: [] } },
    );
    const { keyId } = await side.log.readStream({ stream: LEAD });
    await side.log.erase(keyId ? [keyId] : []);
    const { asOf } = { asOf: { position: 3 } };
    await side.engine.waitFor(3, 2_000);
    const past = await side.queries.getRecordAsOf({ type: 'lead', id: id(1), access: 'all', asOf });
    expect(past).toMatchObject({ tags: ['vip'], custom: {}, attachments: [] });
    expect(past).not.toHaveProperty('email');
  });
});

describe('activities, the inbox and the directory', () => {
  it('keep an activity with what it concerns, and show it on the records', async () => {
    await side.happen(LEAD, captured('lead', NAMED));
    const links = [{ type: 'lead', id: id(1) }];
    const activity = `activity-${id(20)}`;
    const dueAt = '2026-03-02T09:00:00.000Z';
    await side.happen(activity, {
      type: 'ActivityPlanned',
      data: { kind: 'call', subject: 'Gọi lại', dueAt, assigneeId: id(9), links },
    });
    await side.happen(activity, { type: 'ActivityCompleted', data: { outcome: 'Hẹn gặp' } });
    const record = await lead();
    const page = record && (await side.queries.listActivitiesOf({ record }));
    expect(page?.documents).toMatchObject([
      { id: id(20), status: 'done', outcome: 'Hẹn gặp', linkKeys: [`lead:${id(1)}`] },
    ]);
    const mine = { assigneeId: id(9), status: 'done' };
    expect(
      (await side.queries.listActivities({ access: 'all', filter: mine })).documents,
    ).toHaveLength(1);
    await side.happen(activity, { type: 'ActivityDeleted', data: {} });
    expect((await side.queries.listActivities({ access: 'all' })).documents).toEqual([]);
    await side.happen(activity, { type: 'ActivityRestored', data: {} });
    expect((await side.queries.getActivity({ id: id(20), access: 'all' }))?.status).toBe('done');
  });

  it('count what is unread in an inbox', async () => {
    const issue = (n: number) =>
      side.happen(`notification-${id(n)}`, {
        type: 'NotificationIssued',
        data: { recipientId: id(9), kind: 'assignment', record: { type: 'lead', id: id(1) } },
      });
    await issue(30);
    await issue(31);
    await side.happen(`notification-${id(30)}`, { type: 'NotificationRead', data: {} });
    const inbox = await side.queries.readInbox({ recipientId: id(9) });
    expect(inbox.unread).toBe(1);
    expect(inbox.documents.map((notice) => [notice.id, notice.read])).toEqual([
      [id(31), false],
      [id(30), true],
    ]);
    expect(await side.queries.readInbox({ recipientId: id(8) })).toEqual({
      documents: [],
      unread: 0,
    });
  });

  it('list users and teams by name', async () => {
    const invited = { name: 'Lan', email: 'lan@example.vn', locale: 'vi', roles: ['manager'] };
    await side.happen(`user-${id(40)}`, { type: 'UserInvited', data: invited });
    await side.happen(`user-${id(40)}`, { type: 'UserDeactivated', data: {} });
    const team = `team-${id(41)}`;
    await side.happen(team, { type: 'TeamFormed', data: { name: 'Hà Nội' } });
    await side.happen(team, { type: 'TeamMemberAdded', data: { userId: id(40) } });
    expect((await side.queries.listUsers({})).documents).toEqual([
      { id: id(40), ...invited, active: false, revision: 1 },
    ]);
    expect((await side.queries.listTeams({})).documents).toEqual([
      { id: id(41), name: 'Hà Nội', memberIds: [id(40)], dissolved: false, revision: 1 },
    ]);
  });
});
