import assert from 'node:assert/strict';
import { request } from 'node:http';

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
  assert.equal(lead.givenName, 'Khương');
  assert.equal(lead.email, `${mark}@example.vn`);
}

/** Converts a lead to contact, account and opportunity, and reads all three. */
export async function convertAndRead(api, id) {
  const { position, conversion } = await api.post(`/v1/leads/${id}/conversion`, {
    opportunity: { action: 'create', values: { name: 'Camera cho cửa hàng' } },
  });
  const made = {
    contacts: conversion.contactId,
    accounts: conversion.accountId,
    opportunities: conversion.opportunityId,
  };
  for (const [records, recordId] of Object.entries(made)) {
    const record = await api.get(`/v1/${records}/${recordId}?after=${position}`);
    assert.equal(record.id, recordId);
    assert.equal(record.origins[0].id, id);
  }
}

/**
 * Captures a lead in a request of which the second half is sent only when `between` is done.
 * @returns the status of the answer
 */
export function captureSlowly(api, between) {
  const body = JSON.stringify({ familyName: 'Trần Thị', givenName: 'Chậm' });
  const half = Math.floor(body.length / 2);
  return new Promise((resolve, reject) => {
    const sending = request(`${api.url}/v1/leads`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${api.token}`,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
      },
    });
    sending.once('error', reject);
    sending.once('response', (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    sending.write(body.slice(0, half));
    between().then(() => sending.end(body.slice(half)), reject);
  });
}
