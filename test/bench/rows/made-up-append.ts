import { randomBytes, randomUUID } from 'node:crypto';
import type { Append } from '#event-store';

/** What a captured lead looks like in the store: mostly a sealed text. */
export function makeAppend(): Append {
  const ids = { commandId: randomUUID(), correlationId: randomUUID(), causationId: randomUUID() };
  const at = new Date().toISOString();
  return {
    stream: `lead-${randomUUID()}`,
    expected: 'no_stream',
    events: [
      {
        id: randomUUID(),
        type: 'LeadCaptured',
        data: {
          fields: { organisation: 'Công ty TNHH Minh Phát', source: 'website' },
          tags: [],
          pipelineId: 'leads',
          stageId: 'new',
          sealed: randomBytes(250).toString('base64'),
        },
        metadata: {
          actor: { kind: 'user', id: randomUUID() },
          ...ids,
          recordedAt: at,
          occurredAt: at,
          settingsRevision: 1,
          schemaVersion: 1,
          keyId: randomUUID(),
        },
      },
    ],
  };
}
