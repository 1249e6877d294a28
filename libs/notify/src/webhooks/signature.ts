import { createHmac, hkdfSync } from 'node:crypto';
import type { Instant, Uuid } from '#crm';

/**
 * The secret that what is sent to a webhook is signed with. It is made from the installation's own whenever it is needed, and stored
 * nowhere: neither the log, which integrators read, nor a backup has it.
 * @param root the installation's secret, see `KeyRing.hashSecret`
 */
export function webhookSecret(root: Buffer, webhookId: Uuid, version: number): string {
  const bytes = hkdfSync('sha256', root, '', `webhook:${webhookId}:${version}`, 32);
  return `whsec_${Buffer.from(bytes).toString('base64url')}`;
}

/**
 * The value of `leadledger-signature`: `t=<unix seconds>,v1=<hex HMAC-SHA256 of "t.body">`, keyed with the secret as it was shown, with another
 * `v1` for each secret that signs. The time is signed with it, so that a receiver can refuse what is old.
 */
export function signatureOf(secrets: readonly string[], at: Instant, body: string): string {
  const seconds = Math.floor(Date.parse(at) / 1_000);
  const signed = `${seconds}.${body}`;
  const hmacs = secrets.map((secret) => createHmac('sha256', secret).update(signed).digest('hex'));
  return [`t=${seconds}`, ...hmacs.map((hmac) => `v1=${hmac}`)].join(',');
}
