import { referencesContract } from './references.contract.js';

referencesContract(async () => undefined);
