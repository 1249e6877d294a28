/**
 * Why somebody is told: an opportunity arrived, something was assigned to them, a deadline passed, or a conversion or a merge changed
 * what they own (PRODUCT.md P2, P6).
 */
export const NOTIFICATION_KINDS = [
  'new-opportunity',
  'assignment',
  'overdue',
  'conversion-owner',
  'conversion-previous-owner',
  'conversion-undone',
  'merge-owner',
  'merge-undone',
] as const;
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number];
