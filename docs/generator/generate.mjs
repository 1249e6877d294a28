#!/usr/bin/env node
// Writes what docs and README have from the code. The code must be built.
import { readFileSync, writeFileSync } from 'node:fs';
import * as crm from '#crm';
import { VARIABLES } from '#platform';
import { withConfigurationTable } from './configuration-table.mjs';
import { eventsCatalogue } from './events-catalogue.mjs';

const root = new URL('../../', import.meta.url);
const read = (path) => readFileSync(new URL(path, root), 'utf8');
const write = (path, text) => writeFileSync(new URL(path, root), text);
const exampleOf = ({ type, version }) =>
  JSON.parse(read(`libs/crm/fixtures/${type}.v${version}.json`)).data;

write('README.md', withConfigurationTable(read('README.md'), VARIABLES));
write('docs/events.md', eventsCatalogue(crm, exampleOf));
