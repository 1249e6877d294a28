import { readFileSync } from 'node:fs';
import {
  type CustomFieldDefinition,
  conditionKinds,
  type Filter,
  NO_SETTINGS,
  resolveFilter,
} from '#crm';

const guide = readFileSync(new URL('../../docs/guide-api.md', import.meta.url), 'utf8');
const [, section = ''] = guide.split('### Conditions\n');
const table = section.split('\n').filter((line) => line.startsWith('| '));
const examples = table
  .flatMap((line) => line.match(/`\{.*?\}`/g) ?? [])
  .map((quoted) => quoted.slice(1, -1))
  .filter((text) => !text.includes('[...]'));

const budget: CustomFieldDefinition = {
  ...{ recordType: 'opportunity', key: 'budget', type: 'number', required: false, options: [] },
  ...{ label: { en: 'Budget', vi: 'Ngân sách' }, matchKey: false, retired: false },
};
const settings = { ...NO_SETTINGS, customFields: [budget] };
const lead = conditionKinds('lead', settings);
const opportunity = conditionKinds('opportunity', settings);
const resolving = {
  now: '2026-03-01T09:30:00.000Z',
  timeZone: 'Asia/Ho_Chi_Minh',
  kindOf: (field: string) => opportunity(field) ?? lead(field),
};

describe('the conditions that the guide shows', () => {
  it('are many', () => expect(examples.length).toBeGreaterThan(20));

  it.each(examples)('%s can be asked', (text) => {
    expect(() => resolveFilter(JSON.parse(text) as Filter, resolving)).not.toThrow();
  });
});
