import { onMongoDb } from '../support/on-mongodb.js';
import { referencesContract } from './references.contract.js';

onMongoDb(referencesContract);
