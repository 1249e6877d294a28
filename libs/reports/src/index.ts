export * from './lead-funnel.js';
export * from './replay.js';
export * from './report.port.js';
