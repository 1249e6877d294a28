#!/usr/bin/env node
// Writes the pages of docs/ that are made from the code. The code must be built.
import { readFileSync, writeFileSync } from 'node:fs';
import * as crm from '#crm';
import { eventsCatalogue } from './events-catalogue.mjs';

const root = new URL('../../', import.meta.url);
const exampleOf = ({ type, version }) =>
  JSON.parse(readFileSync(new URL(`libs/crm/fixtures/${type}.v${version}.json`, root), 'utf8'))
    .data;

writeFileSync(new URL('docs/events.md', root), eventsCatalogue(crm, exampleOf));
