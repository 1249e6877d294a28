import { childInput, report } from '../support/processes.js';
import { seed } from './seed.js';

const { folder, leads } = childInput<{ folder: string; leads: number }>();
report(await seed(folder, leads));
