/** What came of sending something. `error` is a code, never a text: it may go into events and logs. `waitMs`: so long is to be waited. */
export type Outcome =
  | { readonly sent: true }
  | {
      readonly sent: false;
      readonly error: string;
      readonly permanent?: boolean;
      readonly waitMs?: number;
    };

export const SENT: Outcome = { sent: true };
