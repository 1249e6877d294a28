export * from './kernel/decider.js';
export * from './kernel/event.js';
export * from './kernel/event-definition.js';
export * from './kernel/ids.js';
export * from './kernel/json.js';
export * from './kernel/refusal.js';
