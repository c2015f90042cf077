import { Injectable } from '@nestjs/common';
import { validate as isUuid } from 'uuid';
import { audit } from '../platform/audit/audit.js';
import { newApiToken } from '../platform/auth/api-tokens.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError, fieldError, notFound } from '../platform/errors/domain-error.js';
import { listPage, type Page } from '../platform/http/list.js';
import type { Credential } from '../platform/http/request.js';
import type { ApiTokenAnswer, ApiTokensQuery, MakeApiToken, NewApiTokenAnswer } from './api-token.dto.js';

const DAY_MS = 24 * 60 * 60_000;
const MOST_LIVING = 50;

const tokens = `
  SELECT id, name, prefix, scopes, created_at AS "createdAt", expires_at AS "expiresAt", last_used_at AS "lastUsedAt",
    revoked_at AS "revokedAt",
    CASE WHEN revoked_at IS NOT NULL THEN 'revoked' WHEN expires_at <= $1 THEN 'expired' ELSE 'living' END AS state
  FROM api_tokens`;

/** A person's own API tokens. Row-level security shows nobody else's. */
@Injectable()
export class ApiTokensService {
  /**
   * Makes a token. Its text is in this answer and nowhere else. A token that makes one can neither give it more
   * scopes than its own nor a longer life.
   * @throws ruleBroken
   */
  async make(tx: Tx, maker: Credential, command: MakeApiToken): Promise<NewApiTokenAnswer> {
    const expiresAt = new Date(tx.now.getTime() + command.expiresInDays * DAY_MS);
    const living = await tx.row<{ count: number }>(
      `SELECT count(*)::int AS count FROM api_tokens WHERE person_id = $1 AND revoked_at IS NULL AND expires_at > $2`,
      [tx.actor.personId ?? null, tx.now],
    );
    if ((living?.count ?? 0) >= MOST_LIVING) {
      throw new DomainError(
        'ruleBroken',
        `You have ${MOST_LIVING} living tokens. Revoke one that you no longer use.`,
      );
    }
    if (maker.kind === 'token') await refuseMoreThanMaker(tx, maker, command, expiresAt);
    const { text, prefix, hash } = newApiToken();
    const made = await tx.row<{ id: string }>(
      `INSERT INTO api_tokens (person_id, name, prefix, token_hash, scopes, created_at, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id`,
      [
        tx.actor.personId ?? null,
        command.name,
        prefix,
        hash,
        [...new Set(command.scopes)],
        tx.now,
        expiresAt,
      ],
    );
    const answer = await this.read(tx, made!.id);
    await audit(tx, {
      coalitionId: null,
      action: 'apiToken.made',
      subject: { kind: 'apiToken', id: answer.id },
      after: { name: answer.name, prefix, scopes: answer.scopes, expiresAt },
    });
    return { ...answer, token: text };
  }

  async list(tx: Tx, query: ApiTokensQuery): Promise<Page<ApiTokenAnswer>> {
    return listPage<ApiTokenAnswer>(
      tx,
      {
        sql: `SELECT * FROM (${tokens}) AS t WHERE $2::text IS NULL OR state = $2`,
        parameters: [tx.now, query.state ?? null],
        sorts: {
          createdAt: { column: '"createdAt"', type: 'timestamptz' },
          expiresAt: { column: '"expiresAt"', type: 'timestamptz' },
          name: { column: 'name', type: 'text' },
        },
        defaultSort: '-createdAt',
      },
      query,
    );
  }

  /**
   * Ends a token at once.
   * @throws stateForbids when it is revoked already
   */
  async revoke(tx: Tx, tokenId: string): Promise<ApiTokenAnswer> {
    const before = await this.read(tx, tokenId);
    const ended = await tx.run(`UPDATE api_tokens SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL`, [
      tokenId,
      tx.now,
    ]);
    if (ended !== 1) throw new DomainError('stateForbids', 'This token is revoked already.');
    await audit(tx, {
      coalitionId: null,
      action: 'apiToken.revoked',
      subject: { kind: 'apiToken', id: tokenId },
      before: { name: before.name, prefix: before.prefix },
    });
    return this.read(tx, tokenId);
  }

  private async read(tx: Tx, tokenId: string): Promise<ApiTokenAnswer> {
    if (!isUuid(tokenId)) throw notFound('token');
    const token = await tx.row<ApiTokenAnswer>(`${tokens} WHERE id = $2`, [tx.now, tokenId]);
    if (!token) throw notFound('token');
    return token;
  }
}

async function refuseMoreThanMaker(
  tx: Tx,
  maker: Extract<Credential, { kind: 'token' }>,
  command: MakeApiToken,
  expiresAt: Date,
): Promise<void> {
  if (command.scopes.some((scope) => !maker.scopes.includes(scope))) {
    throw fieldError('ruleBroken', '/scopes', 'A token cannot make one that may do more than itself.');
  }
  const own = await tx.row<{ expiresAt: Date }>(
    `SELECT expires_at AS "expiresAt" FROM api_tokens WHERE id = $1`,
    [maker.tokenId],
  );
  if (!own || expiresAt > own.expiresAt) {
    throw fieldError(
      'ruleBroken',
      '/expiresInDays',
      'A token cannot make one that lives longer than itself.',
    );
  }
}
