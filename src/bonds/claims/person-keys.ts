import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/**
 * People of a bond are known by a keyed hash of the identifier that their school or clinic has for them, and by nothing
 * else. Each bond has a key of its own, so that the same person in two bonds cannot be told to be the same; it is kept
 * sealed (AES-256-GCM) under the installation's secret, so that a copied database opens nobody.
 */
const algorithm = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;

const sealingKey = (secret: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, '', 'tributary: keys of the people of bonds', 32));

/** A new key for a bond, sealed. `about` (the bond's id) is bound into it: moved to another bond it does not open. */
export function newSealedKey(secret: string, about: string): string {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv(algorithm, sealingKey(secret), iv).setAAD(Buffer.from(about));
  const sealed = Buffer.concat([cipher.update(randomBytes(32)), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64');
}

/** The key of a bond. Throws where the installation's secret is not the one it was sealed with. */
export function openKey(sealedKey: string, secret: string, about: string): Buffer {
  const bytes = Buffer.from(sealedKey, 'base64');
  const decipher = createDecipheriv(algorithm, sealingKey(secret), bytes.subarray(0, ivBytes))
    .setAAD(Buffer.from(about))
    .setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
  return Buffer.concat([decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()]);
}

/** The key that a person is known by: the same for "A 17" and "a17", so that how it is typed does not count twice. */
export const personKey = (identifier: string, key: Buffer): string =>
  createHmac('sha256', key)
    .update(identifier.normalize('NFKC').toLowerCase().replace(/\s+/g, ''))
    .digest('hex');
