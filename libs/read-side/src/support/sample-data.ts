const ORIGIN = { type: 'lead', id: 'l1', conversionId: 'c1' };
const CREATION = { action: 'create', captured: { fields: {}, custom: {}, tags: [] } };

/** Data of every event type that a timeline shows: of record events by verb, of others by type. */
export const SAMPLE_DATA: Readonly<Record<string, object>> = {
  Captured: { fields: { email: 'a@b.vn' }, custom: {}, tags: [], origin: ORIGIN },
  Edited: {
    changes: [
      { field: 'email', from: 'a@b.vn', to: 'c@d.vn' },
      { field: 'custom.budget', to: 5 },
    ],
    origin: ORIGIN,
    skipped: ['title'],
  },
  Tagged: { added: ['vip', 'hà nội'], removed: ['cũ'] },
  Assigned: { from: {}, to: { ownerId: 'u2', teamId: 't1' } },
  NoteAdded: { noteId: 'n1', text: 'Gọi lại.', attachments: [] },
  NoteEdited: { noteId: 'n1', from: 'Gọi lại.', to: 'Đã gọi.' },
  NoteRemoved: { noteId: 'n1' },
  AttachmentsAdded: {
    attachments: [
      { id: 'a1', name: 'báo giá.pdf', mediaType: 'application/pdf', size: 1, sha256: '' },
    ],
  },
  AttachmentRemoved: { attachmentId: 'a1' },
  Deleted: { reason: 'Trùng' },
  Restored: {},
  StageChanged: {
    from: { pipelineId: 'p', stageId: 'new' },
    to: { pipelineId: 'p', stageId: 'contacted' },
    stoodMs: 5_000,
    reason: 'Đã gọi',
  },
  Lost: { reason: 'Giá cao' },
  Won: {},
  Reopened: { reason: 'Khách gọi lại' },
  LeadConverted: {
    conversionId: 'c1',
    case: 1,
    contact: { ...CREATION, id: 'x' },
    account: { action: 'link', id: 'y' },
    opportunity: { ...CREATION, id: 'z' },
    definitions: [],
    notices: [],
  },
  LeadConversionCompleted: { conversionId: 'c1' },
  LeadConversionAbandoned: { conversionId: 'c1' },
  ActivityPlanned: {
    kind: 'call',
    subject: 'Gọi lại',
    dueAt: '2026-03-02T09:00:00.000Z',
    links: [{ type: 'lead', id: 'l1' }],
  },
  ActivityEdited: { changes: [{ field: 'subject', from: 'a', to: 'b' }] },
  ActivityRescheduled: { from: '2026-03-02T09:00:00.000Z', to: '2026-03-03T09:00:00.000Z' },
  ActivityAssigned: { from: 'u1', to: 'u2' },
  ActivityCompleted: { outcome: 'Hẹn gặp' },
  ActivityCancelled: { reason: 'Bận' },
  ActivityReopened: {},
  ActivityLinked: { link: { type: 'contact', id: 'x' } },
  ActivityUnlinked: { link: { type: 'contact', id: 'x' } },
  ActivityDeleted: {},
  ActivityRestored: {},
};
