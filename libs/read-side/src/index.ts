export { createProjectionEngine } from './engine/engine.js';
export * from './engine/engine.port.js';
export * from './engine/projection.port.js';
export type { EngineStatus, ModelStatus } from './engine/status.js';
