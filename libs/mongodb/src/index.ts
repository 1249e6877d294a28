export { type ConnectMongoOptions, connectMongo } from './connect.js';
export type { MongoConnection } from './connection.js';
export { duplicateIdsIn, isDuplicateId, isDuplicateKey } from './duplicate-key.js';
export { MongoUnavailable } from './errors.js';
