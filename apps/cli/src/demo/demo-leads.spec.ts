import { emailKey, NO_SETTINGS, organisationKey, phoneKey, readTags, readValues } from '#crm';
import { type DemoLead, generateLeads } from './demo-leads.js';
import { workOn } from './demo-work.js';
import { withoutDiacritics } from './spelling.js';
import { MOBILE_PREFIXES } from './vietnamese.js';

const LEADS = generateLeads(1, 2_000);

describe('the demo’s leads', () => {
  it('are the same for the same seed, and others for another', () => {
    expect(generateLeads(1, 2_000)).toEqual(LEADS);
    expect(generateLeads(2, 50)).not.toEqual(generateLeads(1, 50));
  });

  it('are all accepted by the domain', () => {
    for (const { lead } of LEADS) {
      const { tags, occurredAt, ...fields } = lead;
      expect(readValues('lead', fields as never, {}, NO_SETTINGS).errors).toEqual([]);
      expect(readTags(tags).errors).toEqual([]);
      expect(occurredAt < '2025-07-02').toBe(true);
    }
    expect(new Set(LEADS.map(({ lead }) => lead.externalId)).size).toBe(2_000);
  });

  it('are named as people in Vietnam are', () => {
    const share = (family: string) =>
      LEADS.filter(({ lead }) => lead.familyName.split(' ')[0] === family).length / LEADS.length;
    expect(share('Nguyễn')).toBeGreaterThan(0.32);
    expect(share('Nguyễn')).toBeLessThan(0.43);
    expect(share('Trần')).toBeGreaterThan(0.08);
    expect(share('Lê')).toBeGreaterThan(0.06);
    const women = LEADS.filter(({ lead }) => / Thị/.test(lead.familyName));
    expect(women.length).toBeGreaterThan(300);
    expect(women.every(({ lead, repeats }) => repeats || lead.title === 'Chị')).toBe(true);
    for (const { lead } of LEADS) expect(lead.familyName).toBe(lead.familyName.normalize('NFC'));
  });

  it('have numbers that mobile operators in Vietnam give out, in many spellings', () => {
    const prefixes = new Set(MOBILE_PREFIXES.map(([prefix]) => prefix));
    const phones = LEADS.flatMap(({ lead }) => lead.phones ?? []);
    for (const phone of phones) {
      const key = phoneKey(phone, 'VN');
      expect(key).toMatch(/^\+84\d{9}$/);
      expect(prefixes).toContain(`0${key?.slice(3, 5)}`);
    }
    const forms = new Set(phones.map((phone) => phone.replace(/\d/g, '9')));
    expect(forms.size).toBeGreaterThanOrEqual(6);
  });

  it('repeat earlier ones to some 8 %, each in a way that can be told', () => {
    const repeated = LEADS.flatMap(({ lead, repeats }) =>
      repeats ? [{ lead, by: repeats.by, earlier: LEADS[repeats.index]?.lead as DemoLead }] : [],
    );
    expect(repeated.length / LEADS.length).toBeGreaterThan(0.05);
    expect(repeated.length / LEADS.length).toBeLessThan(0.1);
    expect(new Set(repeated.map(({ by }) => by)).size).toBe(4);
    for (const { lead, by, earlier } of repeated) {
      const [one, other] = {
        email: [emailKey(lead.email ?? ''), emailKey(earlier.email ?? '')],
        phone: [phoneKey(lead.phones?.[0] ?? '', 'VN'), phoneKey(earlier.phones?.[0] ?? '', 'VN')],
        name: [
          `${lead.familyName} ${lead.givenName}`,
          withoutDiacritics(`${earlier.familyName} ${earlier.givenName}`),
        ],
        organisation: [
          organisationKey(lead.organisation ?? ''),
          organisationKey(earlier.organisation ?? ''),
        ],
      }[by];
      expect(one).toBe(other);
      expect(one).toBeTruthy();
    }
  });

  it('are cared for: about a third converted, some lost, some new', () => {
    const work = LEADS.map(({ lead }, index) => workOn(lead, index, 1));
    const share = (name: string) =>
      work.filter((steps) => steps.some((step) => step.name === name)).length / work.length;
    expect(share('conversion')).toBeGreaterThan(0.28);
    expect(share('conversion')).toBeLessThan(0.4);
    expect(share('loss')).toBeGreaterThan(0.09);
    expect(work.filter((steps) => steps.length === 0).length).toBeGreaterThan(200);
    for (const steps of work)
      expect(new Set(steps.map(({ name }) => name)).size).toBe(steps.length);
  });
});
