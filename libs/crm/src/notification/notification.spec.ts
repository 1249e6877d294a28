import { given, ID, OTHER_ID } from '../../test/given.js';
import { type NotificationIssued, notificationDecider } from './notification.js';

const ISSUED: NotificationIssued = {
  type: 'NotificationIssued',
  data: { recipientId: ID, kind: 'conversion-owner', record: { type: 'lead', id: OTHER_ID } },
};
const issue = { kind: 'issue', notice: ISSUED.data } as const;

describe('a notification', () => {
  it('is issued once', () => {
    given(notificationDecider).when(issue).decides(ISSUED);
    given(notificationDecider, [ISSUED]).when(issue).decides();
  });

  it('is not replaced by another', () => {
    given(notificationDecider, [ISSUED])
      .when({ ...issue, notice: { ...ISSUED.data, kind: 'assignment' } })
      .refused('notification_exists');
  });

  it('is read once', () => {
    const read = { type: 'NotificationRead', data: {} } as const;
    given(notificationDecider, [ISSUED]).when({ kind: 'mark-read' }).decides(read);
    given(notificationDecider, [ISSUED, read]).when({ kind: 'mark-read' }).decides();
  });

  it('is unread again once its reader wants to come back to it', () => {
    const read = { type: 'NotificationRead', data: {} } as const;
    const unread = { type: 'NotificationMarkedUnread', data: {} } as const;
    given(notificationDecider, [ISSUED, read]).when({ kind: 'mark-unread' }).decides(unread);
    given(notificationDecider, [ISSUED]).when({ kind: 'mark-unread' }).decides();
    given(notificationDecider, [ISSUED, read, unread]).when({ kind: 'mark-read' }).decides(read);
  });

  it('that was never issued cannot be read', () => {
    given(notificationDecider).when({ kind: 'mark-unread' }).refused('notification_not_found');
    given(notificationDecider).when({ kind: 'mark-read' }).refused('notification_not_found');
  });
});
