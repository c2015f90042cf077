import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config/config.js';
import { CONFIG } from '../tokens.js';
import { refuseOtherSites, requireFormToken } from './cross-site.js';
import { newSecret, sealOf } from './secrets.js';

/**
 * Protects the forms of those who have no session yet (signing in, accepting an invitation): a cookie with a random
 * value, and in the form its seal, which no other site can make.
 */
@Injectable()
export class FormTokens {
  private readonly cookieName: string;

  constructor(@Inject(CONFIG) private readonly config: Config) {
    this.cookieName = config.secureCookies ? '__Host-tributary-form' : 'tributary-form';
  }

  /** What a form about to be drawn carries as `_csrf`. */
  issue(reply: FastifyReply): string {
    const known = reply.request.cookies[this.cookieName];
    const value = known && known.length <= 100 ? known : newSecret();
    void reply.setCookie(this.cookieName, value, {
      path: '/',
      httpOnly: true,
      sameSite: 'lax',
      secure: this.config.secureCookies,
    });
    return this.seal(value);
  }

  /** @throws forbidden when the form was not drawn by us for this browser */
  require(request: FastifyRequest): void {
    refuseOtherSites(request, this.config.publicUrl);
    requireFormToken(request, this.seal(request.cookies[this.cookieName] ?? newSecret()));
  }

  private seal(value: string): string {
    return sealOf(`form ${value}`, this.config.sessionSecret);
  }
}
