import assert from 'node:assert/strict';

/** Captures a lead and reads it back from its list. @returns its id */
export async function captureAndRead(api, mark) {
  const lead = {
    familyName: 'Nguyễn Gia',
    givenName: 'Khương',
    email: `${mark}@example.vn`,
    organisation: `Công ty TNHH ${mark}`,
  };
  const { id, position } = await api.post('/v1/leads', lead);
  await readBack(api, id, mark, position);
  return id;
}

/** Finds a lead by its id, waiting for the position if one is given. */
export async function readBack(api, id, mark, position) {
  const after = position === undefined ? '' : `?after=${position}`;
  const lead = await api.get(`/v1/leads/${id}${after}`);
  assert.equal(lead.givenName ?? lead.fields?.givenName, 'Khương');
  assert.equal(lead.email ?? lead.fields?.email, `${mark}@example.vn`);
  return lead;
}

/** Converts a lead to contact, account and opportunity, and reads all three. */
export async function convertAndRead(api, id) {
  const wanted = { opportunity: { action: 'create' } };
  const outcome = await api.post(`/v1/leads/${id}/conversion`, wanted);
  const after = `?after=${outcome.position}`;
  const made = recordsOf(outcome);
  assert.deepEqual(made.map(({ type }) => type).sort(), ['account', 'contact', 'opportunity']);
  for (const { type, id: recordId } of made) {
    const plural = type === 'opportunity' ? 'opportunities' : `${type}s`;
    const record = await api.get(`/v1/${plural}/${recordId}${after}`);
    assert.equal(record.id, recordId);
  }
}

function recordsOf(outcome) {
  return outcome.records ?? [];
}
