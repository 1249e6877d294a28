import { randomUUID } from 'node:crypto';
import { captured, envelope, openWorkshop, type Workshop } from '../../test/workshop.js';

const FIRM = 'Công ty TNHH Minh Phát';

describe('Converting', () => {
  let workshop: Workshop;
  beforeEach(async () => {
    workshop = await openWorkshop({ patienceMs: 200 });
  });
  afterEach(() => workshop.close());

  const lead = (fields: Record<string, string>) => captured(workshop, 'lead', fields);

  it('does what the preview said, under the basis that the preview gave', async () => {
    const id = await lead({ givenName: 'Khương', email: 'khuong@example.vn', organisation: FIRM });
    const preview = await workshop.conversions.preview(id, {}, envelope());
    expect(await workshop.all('contact')).toEqual([]);
    const { conversion } = await workshop.conversions.convert(
      id,
      { request: {}, basis: preview.basis },
      envelope(),
    );
    expect(conversion).toMatchObject({
      case: 1,
      actions: { contact: 'create', account: 'create' },
    });
    const [contact] = await workshop.all('contact');
    const [account] = await workshop.all('account');
    expect(contact).toMatchObject({ id: conversion.contactId, fields: { accountId: account?.id } });
    expect(contact?.origins).toEqual([{ type: 'lead', id, conversionId: conversion.id }]);
    expect(account?.fields.name).toBe(FIRM);
  });

  it('is refused when the lead or what matches it changed since the preview', async () => {
    const id = await lead({ givenName: 'Khương', email: 'khuong@example.vn' });
    const { basis } = await workshop.conversions.preview(id, {}, envelope());
    await captured(workshop, 'contact', { givenName: 'K', email: 'KHUONG@example.vn' });
    const stale = workshop.conversions.convert(id, { request: {}, basis }, envelope());
    await expect(stale).rejects.toMatchObject({ kind: 'conflict', code: 'stale_preview' });
    expect(await workshop.all('contact')).toHaveLength(1);
  });

  it.each([
    ['another letter case', 'Khuong@Example.VN'],
    ['a display name', 'Nguyễn Gia Khương <khuong@example.vn>'],
  ])('finds a contact by e-mail through %s', async (_name, email) => {
    const contactId = await captured(workshop, 'contact', {
      givenName: 'K',
      email: 'khuong@example.vn',
    });
    const id = await lead({ givenName: 'Khương', email });
    const { conversion } = await workshop.conversions.convert(id, { request: {} }, envelope());
    expect(conversion).toMatchObject({ case: 2, contactId, actions: { contact: 'update' } });
  });

  it('takes Vietnamese names in NFC and NFD for equal', async () => {
    const names = { familyName: 'Nguyễn Gia', givenName: 'Khương' };
    const contactId = await captured(workshop, 'contact', {
      familyName: names.familyName.normalize('NFD'),
      givenName: names.givenName.normalize('NFD'),
    });
    const id = await lead(names);
    const { conversion } = await workshop.conversions.convert(id, { request: {} }, envelope());
    expect(conversion).toMatchObject({ case: 4, contactId });
  });

  it('neither matches nor names what the caller may not edit', async () => {
    const hidden = await captured(workshop, 'contact', {
      givenName: 'K',
      email: 'khuong@example.vn',
    });
    const id = await lead({ givenName: 'Khương', email: 'khuong@example.vn' });
    const authority = {
      actor: { kind: 'user', id: randomUUID() } as const,
      may: (action: string, { type }: { type: string }) => type === 'lead' || action !== 'edit',
    };
    const preview = await workshop.conversions.preview(id, {}, envelope({ authority }));
    expect(JSON.stringify([...Object.values(preview)])).not.toContain(hidden);
    const { conversion } = await workshop.conversions.convert(
      id,
      { request: {} },
      envelope({ authority }),
    );
    expect(conversion.actions.contact).toBe('create');
    expect(await workshop.all('contact')).toHaveLength(2);
  });

  it('again is answered as at first, under the same identity, and is another conversion under a new one', async () => {
    const id = await lead({ givenName: 'Khương' });
    const own = envelope({ fresh: false, commandHash: 'a' });
    const answers = await Promise.all(
      Array.from({ length: 16 }, () => workshop.conversions.convert(id, { request: {} }, own)),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await workshop.all('contact')).toHaveLength(1);
    const create = { request: { contact: { action: 'create' } } } as const;
    await workshop.conversions.convert(id, create, envelope());
    expect(await workshop.all('contact')).toHaveLength(2);
    const [converted] = await workshop.all('lead');
    expect(converted).toMatchObject({ outcome: 'open', conversions: [{ case: 5 }, { case: 4 }] });
  });

  it('goes with the change to a stage that stands for it, and with no other', async () => {
    const id = await lead({ givenName: 'Khương' });
    const stage = (stageId: string) => ({ kind: 'change-stage', stageId }) as const;
    const early = workshop.conversions.convert(
      id,
      { request: {}, stage: stage('contacted') },
      envelope(),
    );
    await expect(early).rejects.toMatchObject({ code: 'stage_does_not_convert' });
    await workshop.conversions.convert(
      id,
      { request: {}, stage: stage('signed-deposit') },
      envelope(),
    );
    const { events } = await workshop.log.readStream({ stream: `lead-${id}` });
    expect(events.map(({ type }) => type)).toEqual([
      'LeadCaptured',
      'LeadStageChanged',
      'LeadConverted',
      'LeadConversionCompleted',
    ]);
  });

  it('adds the custom fields that the target lacks, once', async () => {
    const label = { en: 'Budget', vi: 'Ngân sách' };
    const definition = { recordType: 'lead', key: 'budget', type: 'number', label } as const;
    await workshop.settingsCommands.handle({ kind: 'define-custom-field', definition }, envelope());
    for (const givenName of ['An', 'Bình']) {
      const command = {
        kind: 'capture',
        fields: { givenName },
        custom: { budget: 7 },
        tags: [],
      } as const;
      const { id } = await workshop.records.capture('lead', command, envelope());
      await workshop.conversions.convert(id, { request: {} }, envelope());
    }
    const { events } = await workshop.log.readStream({ stream: 'settings' });
    const added = events.filter(
      ({ type, data }) => type === 'CustomFieldDefined' && 'conversionId' in data,
    );
    expect(added).toHaveLength(1);
    expect((await workshop.all('contact')).map(({ custom }) => custom)).toEqual([
      { budget: 7 },
      { budget: 7 },
    ]);
  });
});
