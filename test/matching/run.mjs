#!/usr/bin/env node
// `npm run matching`: how well match keys find records of one person or company, on records made up with known truth.
import { prepareToDevelop } from '../../apps/launcher/prepare.mjs';

await prepareToDevelop();
await import('../support/run-typescript.mjs');
await import('./main.ts');
