/** What a lead can become. */
export type TargetType = 'contact' | 'account' | 'opportunity';
