import { describe, expect, it } from '@jest/globals';
import { NO_SETTINGS } from '#crm';
import { formatDuration } from './duration.js';
import { describeField, formatInstant, formatMoney, formatValue } from './format-value.js';
import type { Names } from './names.js';

const NAMES: Names = {
  actor: ({ id }) => id,
  member: (id) => `<${id}>`,
  record: () => undefined,
  place: (id) => id,
  entry: (catalogue, value) => `<${catalogue} ${value}>`,
};

describe('values in words', () => {
  it('money has the decimals of its currency and the marks of the language', () => {
    expect(formatMoney({ amount: 25_000_000, currency: 'VND' }, 'vi')).toBe('25.000.000 ₫');
    expect(formatMoney({ amount: 25_000_000, currency: 'VND' }, 'en')).toBe('₫25,000,000');
    expect(formatMoney({ amount: 1_550, currency: 'USD' }, 'vi')).toBe('15,50 US$');
    expect(formatMoney({ amount: -5, currency: 'nonsense' }, 'en')).toBe('-5 nonsense');
  });

  it('days, moments, numbers, truths, lists and addresses read as people write them', () => {
    expect(formatValue('2026-12-31', { kind: 'date' }, 'vi', NAMES)).toBe('31/12/2026');
    expect(formatInstant('2026-12-31T17:05:00.000Z', 'en')).toBe('31/12/2026 17:05 UTC');
    expect(formatValue('never', { kind: 'date' }, 'en', NAMES)).toBe('never');
    expect(formatValue(12_345.5, { kind: 'number' }, 'vi', NAMES)).toBe('12.345,5');
    expect(formatValue(40, { kind: 'percent' }, 'en', NAMES)).toBe('40%');
    expect(formatValue(true, { kind: 'boolean' }, 'vi', NAMES)).toBe('có');
    expect(formatValue(['a', 'b'], { kind: 'texts' }, 'en', NAMES)).toBe('a, b');
    expect(
      formatValue({ street: '12 Lê Lợi', city: 'Huế' }, { kind: 'address' }, 'vi', NAMES),
    ).toBe('12 Lê Lợi, Huế');
  });

  it('ids go by names where there are any', () => {
    expect(formatValue('u1', { kind: 'user' }, 'en', NAMES)).toBe('<u1>');
    expect(formatValue('r1', { kind: 'record' }, 'en', NAMES)).toBe('r1');
  });

  it('values of catalogues go by their labels', () => {
    const priority = describeField('opportunity', 'priority', NO_SETTINGS, 'vi');
    expect(formatValue('P1', priority, 'vi', NAMES)).toBe('<priority P1>');
    const reason = describeField('lead', 'lostReason', NO_SETTINGS, 'vi');
    expect(formatValue('price', reason, 'vi', NAMES)).toBe('<lost-reason price>');
  });

  it('fields go by their labels, and unknown ones by their names', () => {
    expect(describeField('lead', 'email', NO_SETTINGS, 'vi').label).toBe('Email cá nhân');
    expect(describeField('lead', 'ownerId', NO_SETTINGS, 'en').label).toBe('Owner');
    expect(describeField('lead', 'custom.gone', NO_SETTINGS, 'en').label).toBe('custom.gone');
  });

  it('durations have their two largest units', () => {
    const hour = 3_600_000;
    expect(formatDuration(76 * hour, 'vi')).toBe('3 ngày 4 giờ');
    expect(formatDuration(25 * hour, 'en')).toBe('1 day 1 hour');
    expect(formatDuration(24 * hour + 60_000, 'en')).toBe('1 day');
    expect(formatDuration(hour + 2 * 60_000, 'en')).toBe('1 hour 2 minutes');
    expect(formatDuration(0, 'en')).toBe('less than a minute');
    expect(formatDuration(0, 'vi')).toBe('chưa đến một phút');
  });
});
