import type { Tx } from '../database/tx.js';
import type { Scope } from '../http/request.js';
import { hashOf, newSecret } from './secrets.js';

const PREFIX = 'trb_';
/** So much of a token is shown afterwards, to tell one from another. */
const SHOWN = PREFIX.length + 6;
/** `last_used_at` is written at most this often. */
const USED_EVERY_MS = 60_000;

/** A token as its maker sees it once: nobody can read it again. */
export interface NewApiToken {
  text: string;
  prefix: string;
  hash: string;
}

export function newApiToken(): NewApiToken {
  const text = `${PREFIX}${newSecret()}`;
  return { text, prefix: text.slice(0, SHOWN), hash: hashOf(text) };
}

/** Whether a text has the form of a token: what has not belongs to somebody else, such as a metrics collector. */
export const looksLikeApiToken = (text: string): boolean => text.startsWith(PREFIX);

/** Who a token speaks for, and what it may do. */
export interface ApiToken {
  id: string;
  scopes: Scope[];
  personId: string;
  name: string;
  email: string;
  locale: string;
  isAdministrator: boolean;
}

/** The living token of a text, marked as used; nothing when it is unknown, revoked or over. */
export async function findApiToken(tx: Tx, text: string): Promise<ApiToken | undefined> {
  const token = await tx.row<ApiToken & { lastUsedAt: Date | null }>(
    `SELECT t.id, t.scopes, t.last_used_at AS "lastUsedAt", p.id AS "personId", p.name, p.email, p.locale,
            p.is_administrator AS "isAdministrator"
     FROM api_tokens t JOIN persons p ON p.id = t.person_id
     WHERE t.token_hash = $1 AND t.revoked_at IS NULL AND t.expires_at > $2`,
    [hashOf(text), tx.now],
  );
  if (!token) return undefined;
  const { lastUsedAt, ...living } = token;
  if (!lastUsedAt || tx.now.getTime() - lastUsedAt.getTime() >= USED_EVERY_MS) {
    await tx.run(`UPDATE api_tokens SET last_used_at = $2 WHERE id = $1`, [token.id, tx.now]);
  }
  return living;
}
