#!/usr/bin/env node
import { requireNode } from './node-version.mjs';

requireNode();
const { prepareBuild } = await import('./prepare.mjs');
await prepareBuild();
