import { shared } from './messages.js';

const DASHED =
  /^\{?([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})\}?$/i;

export const NIL = '00000000-0000-0000-0000-000000000000';

/** Dashed, in lower case, however it was written. Undefined for what is no UUID. */
export function uuidOf(message: shared.UUID): string | undefined {
  const structured = message.getStructured();
  if (structured) {
    const halves = [structured.getMostSignificantBits(), structured.getLeastSignificantBits()];
    return dashed(halves.map((half) => BigInt.asUintN(64, BigInt(half))));
  }
  const parts = DASHED.exec(message.getString());
  return parts?.slice(1).join('-').toLowerCase();
}

export function stringUuid(id: string): shared.UUID {
  const message = new shared.UUID();
  message.setString(id);
  return message;
}

/** The form of two signed halves. */
export function structuredUuid(id: string): shared.UUID {
  const digits = id.replaceAll('-', '');
  const half = (from: number) =>
    String(BigInt.asIntN(64, BigInt(`0x${digits.slice(from, from + 16)}`)));
  const structured = new shared.UUID.Structured();
  structured.setMostSignificantBits(half(0));
  structured.setLeastSignificantBits(half(16));
  const message = new shared.UUID();
  message.setStructured(structured);
  return message;
}

function dashed(halves: readonly bigint[]): string {
  const digits = halves.map((half) => half.toString(16).padStart(16, '0')).join('');
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
