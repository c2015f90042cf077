import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import type { Config } from '../config/config.js';
import { doorActor, personActor } from '../database/actor.js';
import { Database, inTransaction } from '../database/database.js';
import { DomainError } from '../errors/domain-error.js';
import { ACCESS_RULE, type AccessRule } from '../http/access.js';
import type { Credential, SignedIn } from '../http/request.js';
import { CONFIG } from '../tokens.js';
import { findApiToken, looksLikeApiToken } from './api-tokens.js';
import { isHarmless, refuseOtherSites, requireFormToken } from './cross-site.js';
import { Sessions } from './sessions.js';

const identity = doorActor('identity', 'authentication');

/** Says who asks, by API token or session; the access guard, which runs next, says what they may. */
@Injectable()
export class AuthenticationGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly db: Database,
    private readonly sessions: Sessions,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const { authorization } = request.headers;
    // A program that shows a token means that token: a cookie beside it does not count.
    request.signedIn =
      authorization === undefined
        ? await this.bySession(request)
        : await this.byToken(request, authorization);
    const rule = this.reflector.get<AccessRule | undefined>(ACCESS_RULE, context.getHandler());
    if (rule?.kind !== 'public') this.refuseForgeries(request);
    return true;
  }

  private async byToken(request: FastifyRequest, authorization: string): Promise<SignedIn | undefined> {
    const text = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
    if (!text || !looksLikeApiToken(text)) return undefined;
    const token = await inTransaction(this.db, identity, (tx) => findApiToken(tx, text));
    if (!token) {
      throw new DomainError(
        'signInNeeded',
        'This API token is unknown, expired or revoked. Make a new one on your account page.',
      );
    }
    return signedIn(token, { kind: 'token', tokenId: token.id, scopes: token.scopes }, request.id);
  }

  private async bySession(request: FastifyRequest): Promise<SignedIn | undefined> {
    const cookie = this.sessions.tokenOf(request);
    if (!cookie) return undefined;
    const session = await inTransaction(this.db, identity, (tx) => this.sessions.find(tx, cookie));
    if (!session) return undefined;
    const { id: sessionId, csrfToken } = session;
    return signedIn(session, { kind: 'session', sessionId, csrfToken }, request.id);
  }

  /** A browser sends its cookie whoever asks it to: what changes something must come from our own page. */
  private refuseForgeries(request: FastifyRequest): void {
    const credential = request.signedIn?.credential;
    if (credential?.kind !== 'session' || isHarmless(request.method)) return;
    refuseOtherSites(request, this.config.publicUrl);
    requireFormToken(request, credential.csrfToken);
  }
}

interface Person {
  personId: string;
  name: string;
  email: string;
  locale: string;
  isAdministrator: boolean;
}

function signedIn(person: Person, credential: Credential, requestId: string): SignedIn {
  const { personId, name, email, locale, isAdministrator } = person;
  return { actor: personActor(personId, name, requestId), email, locale, isAdministrator, credential };
}
