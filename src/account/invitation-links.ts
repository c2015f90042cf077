import { hashOf, newSecret } from '../platform/auth/secrets.js';
import type { Tx } from '../platform/database/tx.js';

const HOUR_MS = 60 * 60_000;
/** How long an invitation may lie. */
export const INVITATION_MS = 14 * 24 * HOUR_MS;
/** How long a link to replace a password works. */
export const NEW_PASSWORD_MS = 2 * HOUR_MS;

/** A one-time link to choose a password. `secret` is kept nowhere: the table has its hash. */
export interface Link {
  id: string;
  secret: string;
  expiresAt: Date;
}

export const linkUrl = (publicUrl: string, { secret }: Link): string => `${publicUrl}/invitations/${secret}`;

/** Makes a link. Needs the `identity` door, as does everything here. */
export async function makeLink(
  tx: Tx,
  invitation: { coalitionId: string | null; personId: string; invitedBy: string | null; livesMs: number },
): Promise<Link> {
  const secret = newSecret();
  const expiresAt = new Date(tx.now.getTime() + invitation.livesMs);
  const { coalitionId, personId, invitedBy } = invitation;
  const made = await tx.row<{ id: string }>(
    `INSERT INTO invitations (coalition_id, person_id, invited_by, token_hash, created_at, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6) RETURNING id`,
    [coalitionId, personId, invitedBy, hashOf(secret), tx.now, expiresAt],
  );
  return { id: made!.id, secret, expiresAt };
}

/** Replaces a link by a new one: what was mailed before leads nowhere. */
export async function renewLink(tx: Tx, id: string, livesMs: number): Promise<Link> {
  const secret = newSecret();
  const expiresAt = new Date(tx.now.getTime() + livesMs);
  await tx.run(`UPDATE invitations SET token_hash = $2, expires_at = $3 WHERE id = $1`, [
    id,
    hashOf(secret),
    expiresAt,
  ]);
  return { id, secret, expiresAt };
}

/** What a living link leads to. */
export interface OpenLink {
  personId: string;
  email: string;
  name: string;
  coalitionId: string | null;
  hasPassword: boolean;
}

/**
 * Finds a living link: not used, taken back or over. One that a coalition caused cannot replace a password; one
 * that the person or an administrator asked for can.
 */
export async function findLink(tx: Tx, secret: string, lock: 'lock' | 'look'): Promise<OpenLink | undefined> {
  return tx.row<OpenLink>(
    `SELECT p.id AS "personId", p.email, p.name, i.coalition_id AS "coalitionId", w.person_id IS NOT NULL AS "hasPassword"
     FROM invitations i JOIN persons p ON p.id = i.person_id LEFT JOIN passwords w ON w.person_id = p.id
     WHERE i.token_hash = $1 AND i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > $2
       AND (i.coalition_id IS NULL OR w.person_id IS NULL)
     ${lock === 'lock' ? 'FOR UPDATE OF p, i' : ''}`,
    [hashOf(secret), tx.now],
  );
}

/** Whoever signs in has taken every seat that was offered: all their links are used. */
export async function acceptAll(tx: Tx, personId: string): Promise<void> {
  await tx.run(
    `UPDATE invitations SET accepted_at = $2 WHERE person_id = $1 AND accepted_at IS NULL AND revoked_at IS NULL`,
    [personId, tx.now],
  );
}
