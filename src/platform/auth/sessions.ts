import { Inject, Injectable } from '@nestjs/common';
import type { CookieSerializeOptions } from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config/config.js';
import type { Tx } from '../database/tx.js';
import { CONFIG } from '../tokens.js';
import { newSecret, sealOf } from './secrets.js';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
/** A session that nobody used for this long is over. */
export const IDLE_MS = 12 * HOUR_MS;
/** A session is over after this long, however busy. */
export const ABSOLUTE_MS = 14 * 24 * HOUR_MS;
/** `last_seen_at` is written at most this often: reading a page costs no write. */
const SEEN_EVERY_MS = MINUTE_MS;

/** Whose session it is, and what a form of it must bring along. */
export interface Session {
  id: string;
  csrfToken: string;
  personId: string;
  name: string;
  email: string;
  locale: string;
  isAdministrator: boolean;
}

/**
 * The sessions of browsers: rows in PostgreSQL, found by the seal of a random token that only the cookie holds.
 * Every method needs a transaction through the `identity` door.
 */
@Injectable()
export class Sessions {
  /** `__Host-` where people come by HTTPS: no other host and no plain connection can set it. */
  readonly cookieName: string;

  constructor(@Inject(CONFIG) private readonly config: Config) {
    this.cookieName = config.secureCookies ? '__Host-tributary' : 'tributary';
  }

  /** Starts a session and returns the token for its cookie: it is kept nowhere else. */
  async start(tx: Tx, personId: string, userAgent: string | null): Promise<string> {
    const token = newSecret();
    await tx.run(
      `INSERT INTO sessions (token_hash, person_id, csrf_token, created_at, last_seen_at, expires_at, user_agent)
       VALUES ($1, $2, $3, $4, $4, $5, $6)`,
      [
        this.sealed(token),
        personId,
        newSecret(),
        tx.now,
        new Date(tx.now.getTime() + ABSOLUTE_MS),
        userAgent?.slice(0, 300) ?? null,
      ],
    );
    return token;
  }

  /** The living session of a cookie, marked as seen; nothing when it is unknown, idle for too long, or over. */
  async find(tx: Tx, token: string): Promise<Session | undefined> {
    const session = await tx.row<Session & { lastSeenAt: Date }>(
      `SELECT s.id, s.csrf_token AS "csrfToken", s.last_seen_at AS "lastSeenAt", p.id AS "personId", p.name, p.email,
              p.locale, p.is_administrator AS "isAdministrator"
       FROM sessions s JOIN persons p ON p.id = s.person_id
       WHERE s.token_hash = $1 AND s.expires_at > $2 AND s.last_seen_at > $3`,
      [this.sealed(token), tx.now, new Date(tx.now.getTime() - IDLE_MS)],
    );
    if (!session) return undefined;
    const { lastSeenAt, ...living } = session;
    if (tx.now.getTime() - lastSeenAt.getTime() >= SEEN_EVERY_MS) {
      await tx.run(`UPDATE sessions SET last_seen_at = $2 WHERE id = $1`, [session.id, tx.now]);
    }
    return living;
  }

  /** Ends one session; nothing if it is over already. */
  async end(tx: Tx, sessionId: string): Promise<void> {
    await tx.run(`DELETE FROM sessions WHERE id = $1`, [sessionId]);
  }

  /** Ends a person's sessions but the one given. Returns how many there were. */
  async endOthers(tx: Tx, personId: string, keptId: string | null): Promise<number> {
    return tx.run(`DELETE FROM sessions WHERE person_id = $1 AND id IS DISTINCT FROM $2::uuid`, [
      personId,
      keptId,
    ]);
  }

  /** A person's living sessions, the latest seen first. */
  async listOf(
    tx: Tx,
    personId: string,
  ): Promise<{ id: string; userAgent: string | null; createdAt: Date; lastSeenAt: Date }[]> {
    return tx.rows(
      `SELECT id, user_agent AS "userAgent", created_at AS "createdAt", last_seen_at AS "lastSeenAt"
       FROM sessions WHERE person_id = $1 AND expires_at > $2 AND last_seen_at > $3
       ORDER BY last_seen_at DESC, id DESC LIMIT 100`,
      [personId, tx.now, new Date(tx.now.getTime() - IDLE_MS)],
    );
  }

  /** Forgets a person's sessions that are over. */
  async clearAway(tx: Tx, personId: string): Promise<void> {
    await tx.run(`DELETE FROM sessions WHERE person_id = $1 AND (expires_at <= $2 OR last_seen_at <= $3)`, [
      personId,
      tx.now,
      new Date(tx.now.getTime() - IDLE_MS),
    ]);
  }

  /** The token that a browser brought, if any. */
  tokenOf(request: FastifyRequest): string | undefined {
    return request.cookies[this.cookieName];
  }

  /** Hands a session to the browser. */
  writeCookie(reply: FastifyReply, token: string): void {
    void reply.setCookie(this.cookieName, token, { ...this.cookie(), maxAge: ABSOLUTE_MS / SECOND_MS });
  }

  /** Takes it back. */
  clearCookie(reply: FastifyReply): void {
    void reply.clearCookie(this.cookieName, this.cookie());
  }

  private cookie(): CookieSerializeOptions {
    return { path: '/', httpOnly: true, sameSite: 'lax', secure: this.config.secureCookies };
  }

  private sealed(token: string): string {
    return sealOf(token, this.config.sessionSecret);
  }
}
