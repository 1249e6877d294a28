import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as crm from '#crm';

type Catalogue = (
  exports: typeof crm,
  exampleOf: (definition: crm.EventDefinition) => unknown,
) => string;
const GENERATOR = join(process.cwd(), 'docs', 'generator', 'events-catalogue.mjs');

const text = (...path: string[]) => readFileSync(join(process.cwd(), ...path), 'utf8');
const exampleOf = ({ type, version }: crm.EventDefinition): unknown =>
  JSON.parse(text('libs', 'crm', 'fixtures', `${type}.v${version}.json`)).data;

describe('docs/events.md', () => {
  it('says what the code says; otherwise run: npm run docs', async () => {
    const { eventsCatalogue }: { eventsCatalogue: Catalogue } = await import(
      pathToFileURL(GENERATOR).href
    );
    expect(text('docs', 'events.md')).toBe(eventsCatalogue(crm, exampleOf));
  });
});
