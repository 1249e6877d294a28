import { createWorld } from '../../../test/world.js';
import { undoBasis } from './undo-basis.js';

const LEAD = { givenName: 'Khương', email: 'khuong@example.vn', organisation: 'Minh Phát' };

function converted() {
  const world = createWorld();
  const lead = world.capture('lead', LEAD);
  const conversion = world.convert(lead);
  const contact = world.lead(lead).conversions[0]?.contactId ?? '';
  return { world, lead, contact, basis: () => undoBasis(world.outlook(lead, conversion)) };
}

describe('The basis of undoing a conversion', () => {
  it('is the same each time, and after what changes nothing of it', () => {
    const { world, lead, basis } = converted();
    const before = basis();
    world.run(lead, { kind: 'add-note', text: 'Gọi lại.', attachments: [] });
    expect(basis()).toBe(before);
  });

  it('is another once somebody changed or began to use a record, and again once they changed it further', () => {
    const { world, contact, basis } = converted();
    const seen = new Set([basis()]);
    for (const jobTitle of ['Kế toán', 'Giám đốc']) {
      world.run(contact, { kind: 'edit', fields: { jobTitle }, custom: {} });
      seen.add(basis());
    }
    world.run(contact, { kind: 'add-note', text: 'Gọi lại.', attachments: [] });
    seen.add(basis());
    expect(seen.size).toBe(4);
  });
});
