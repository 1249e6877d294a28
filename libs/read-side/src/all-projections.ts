import { activityProjection } from './activities/activity-projection.js';
import { conversionProjection } from './conversions/conversion-projection.js';
import { deadlineProjection } from './deadlines/deadline-projection.js';
import { deliveryProjection } from './deliveries/delivery-projection.js';
import { teamProjection, userProjection } from './directory/directory-projections.js';
import { duplicateProjection } from './duplicates/duplicate-projection.js';
import { skipProjection } from './duplicates/skip-projection.js';
import type { Projection } from './engine/projection.port.js';
import { mergeProjection } from './merges/merge-projection.js';
import { noteProjection } from './notes/note-projection.js';
import { notificationProjection } from './notifications/notification-projection.js';
import { recordProjection } from './records/record-projection.js';
import { savedFilterProjection } from './saved-filters/saved-filter-projection.js';
import { webhookProjection } from './webhooks/webhook-projection.js';

/** Every read model of the product. A new one is a folder and a line here. */
export const ALL_PROJECTIONS: readonly Projection[] = [
  recordProjection('lead'),
  recordProjection('opportunity'),
  recordProjection('contact'),
  recordProjection('account'),
  duplicateProjection,
  skipProjection,
  noteProjection,
  activityProjection,
  conversionProjection,
  mergeProjection,
  deadlineProjection,
  notificationProjection,
  deliveryProjection,
  webhookProjection,
  savedFilterProjection,
  userProjection,
  teamProjection,
];
