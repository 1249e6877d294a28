import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as crm from '#crm';
import { VARIABLES } from '#platform';

interface Generators {
  eventsCatalogue(
    exports: typeof crm,
    exampleOf: (definition: crm.EventDefinition) => unknown,
  ): string;
  withConfigurationTable(page: string, variables: typeof VARIABLES): string;
}

const text = (...path: string[]) => readFileSync(join(process.cwd(), ...path), 'utf8');
const exampleOf = ({ type, version }: crm.EventDefinition): unknown =>
  JSON.parse(text('libs', 'crm', 'fixtures', `${type}.v${version}.json`)).data;

async function generator<Name extends keyof Generators>(file: string, name: Name) {
  const path = join(process.cwd(), 'docs', 'generator', file);
  const module: Generators = await import(pathToFileURL(path).href);
  return module[name];
}

/** Where one of these fails, `npm run docs` mends it. */
describe('what the docs have from the code', () => {
  it('is up to date in docs/events.md', async () => {
    const eventsCatalogue = await generator('events-catalogue.mjs', 'eventsCatalogue');
    expect(text('docs', 'events.md')).toBe(eventsCatalogue(crm, exampleOf));
  });

  it('is up to date in the table of variables in README.md', async () => {
    const withTable = await generator('configuration-table.mjs', 'withConfigurationTable');
    expect(text('README.md')).toBe(withTable(text('README.md'), VARIABLES));
  });
});
