import { EXAMPLE_ID, EXAMPLE_INSTANT } from '../http/examples.js';

/** An entry of a timeline, for the description. */
export function exampleEntry(type: string, text: string) {
  return {
    ...{ id: EXAMPLE_ID, position: 1207, revision: 3, type },
    ...{ at: EXAMPLE_INSTANT, recordedAt: EXAMPLE_INSTANT },
    actor: { id: EXAMPLE_ID, name: 'Lê Thu' },
    text,
    ...{ changes: [], attachments: [], links: [] },
  };
}
