import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** 32 random bytes as text that fits in a cookie, a form and an address. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** What is kept of a secret in place of the secret: its SHA-256, in hexadecimal digits. */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** As `hashOf`, but of use only to who knows the installation's key: a copied table opens nothing. */
export const sealOf = (secret: string, key: string): string =>
  createHmac('sha256', key).update(secret).digest('hex');

/** Compares two secrets in a time that tells nothing about where they differ. */
export function isSame(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => createHash('sha256').update(text).digest());
  return timingSafeEqual(a!, b!);
}
