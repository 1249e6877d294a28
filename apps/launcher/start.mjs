#!/usr/bin/env node
import { requireNode } from './node-version.mjs';

requireNode();
const { prepareToRun } = await import('./prepare.mjs');
const { enter } = await import('./enter.mjs');
await prepareToRun();
await enter('api');
