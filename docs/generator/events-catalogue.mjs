/** The streams of the product with the list of events that each may hold, by its name among the exports of `#crm`. */
const STREAMS = [
  ['Lead', 'lead-<id>', 'LEAD_EVENTS'],
  ['Opportunity', 'opportunity-<id>', 'OPPORTUNITY_EVENTS'],
  ['Contact', 'contact-<id>', 'CONTACT_EVENTS'],
  ['Account', 'account-<id>', 'ACCOUNT_EVENTS'],
  ['Activity', 'activity-<id>', 'ACTIVITY_EVENTS'],
  ['Import', 'import-<id>', 'IMPORT_EVENTS'],
  ['Settings', 'settings', 'SETTINGS_EVENTS'],
  ['User', 'user-<id>', 'USER_EVENTS'],
  ['Team', 'team-<id>', 'TEAM_EVENTS'],
  ['Rotation of an assignment rule', 'rotation-<rule id>', 'ROTATION_EVENTS'],
  ['Reminders of a deadline', 'reminder-<deadlineId>', 'REMINDER_EVENTS'],
  ['Application of an overdue policy', 'policy-<settingsRevision>', 'POLICY_EVENTS'],
  ['Notification', 'notification-<id>', 'NOTIFICATION_EVENTS'],
  ['Delivery', 'delivery-<id>', 'DELIVERY_EVENTS'],
  ['Webhook', 'webhook-<id>', 'WEBHOOK_EVENTS'],
  ['How far a webhook is', 'dispatch-<webhook id>', 'DISPATCH_EVENTS'],
  ['How far a process is', 'process-<name>', 'PROCESS_EVENTS'],
  ['Saved filter', 'saved-filter-<id>', 'SAVED_FILTER_EVENTS'],
  ['Key of a merge', 'merge-request-<command id>', 'MERGE_REQUEST_EVENTS'],
  ['Skipped pair', 'skip-<id>', 'SKIP_EVENTS'],
  ['Match key', 'key-<type>-<kind>-<hash>', 'MATCH_KEY_EVENTS'],
];

const INTRODUCTION = `# Events

Made from the code by \`npm run docs\`; do not edit.

Every event type that the store may hold, by the stream it is in, with its data as an example. Around the data each event
has \`id\`, \`type\`, \`stream\`, \`revision\` (its place in the stream, from 0), \`position\` (its place in the whole log) and
\`metadata\`: \`schemaVersion\`, \`actor\`, \`commandId\`, \`correlationId\`, \`causationId\`, \`recordedAt\` (when the product
learned it), \`occurredAt\` (when it happened) and \`settingsRevision\` (which settings it was decided on).

*Sealed* parts are personal: the store holds them encrypted under the key of their record, and they are gone for ever when
that key is deleted. Older versions of a type are brought into the current shape when they are read.
`;

/**
 * The events catalogue as Markdown.
 * @param crm the exports of `#crm`
 * @param exampleOf the data of an event type's current version
 * @throws Error an event type is in none of the streams
 */
export function eventsCatalogue(crm, exampleOf) {
  const listed = new Set();
  const sections = STREAMS.map(([title, stream, name]) => {
    const definitions = crm[name];
    for (const { type } of definitions) listed.add(type);
    const entries = definitions.map((definition) => entry(definition, exampleOf(definition)));
    return `## ${title}\n\nStream \`${stream}\`.\n\n${entries.join('\n')}`;
  });
  const missed = crm.ALL_EVENTS.filter(({ type }) => !listed.has(type)).map(({ type }) => type);
  if (missed.length > 0) {
    throw new Error(`STREAMS of the events catalogue lacks the list with ${missed.join(', ')}.`);
  }
  return `${INTRODUCTION}\n${contents()}\n${sections.join('\n')}`;
}

function contents() {
  const links = STREAMS.map(([title]) => `[${title}](#${title.toLowerCase().replace(' ', '-')})`);
  return `${links.join(' · ')}\n`;
}

function entry(definition, example) {
  const facts = [...versions(definition), ...sealed(definition)];
  const more = facts.length > 0 ? `\n${facts.join(' ')}\n` : '';
  const data = JSON.stringify(example, null, 2);
  return `### ${definition.type}\n\n${definition.summary}\n${more}\n\`\`\`json\n${data}\n\`\`\`\n`;
}

function versions({ version }) {
  return version === 1 ? [] : [`Version ${version}; reads all from 1.`];
}

function sealed({ personal: { paths, changedFields } }) {
  const parts = [...paths, ...changedFields.map((field) => `changes of ${field}`)];
  return parts.length === 0 ? [] : [`Sealed: ${parts.map((part) => `\`${part}\``).join(', ')}.`];
}
