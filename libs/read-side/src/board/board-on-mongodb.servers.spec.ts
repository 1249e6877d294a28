import { onMongoDb } from '../support/on-mongodb.js';
import { boardContract } from './board.contract.js';

onMongoDb(boardContract);
