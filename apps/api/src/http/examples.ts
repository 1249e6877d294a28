/** Values that examples of the API description share. */
export const EXAMPLE_ID = '0d5c2f7e-51a8-4d06-9a0c-3c6f1f3f7a11';
export const EXAMPLE_COMMAND = { id: EXAMPLE_ID, revision: 3, position: 1207 };
export const EXAMPLE_INSTANT = '2026-03-01T09:30:00.000Z';

/** How most commands answer. */
export const COMMAND_ANSWER = {
  description: 'Done. The position is where it was written; the ETag is the new version.',
  schema: 'CommandResult',
  example: EXAMPLE_COMMAND,
} as const;

/** How commands that create something answer. */
export const CREATED_ANSWER = {
  status: 201,
  description: 'Created, at the address in Location.',
  schema: 'CommandResult',
  example: { ...EXAMPLE_COMMAND, revision: 0 },
} as const;
