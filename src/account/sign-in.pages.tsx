import { Controller, Get, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { FormTokens } from '../platform/auth/form-tokens.js';
import { requireFormToken } from '../platform/auth/cross-site.js';
import { Sessions } from '../platform/auth/sessions.js';
import { TooManyTries } from '../platform/auth/throttle.js';
import { doorActor } from '../platform/database/actor.js';
import { Database, inTransaction } from '../platform/database/database.js';
import { DomainError } from '../platform/errors/domain-error.js';
import { errorTable } from '../platform/errors/error-table.js';
import { Public } from '../platform/http/access.js';
import { readFlash, writeFlash } from '../web/flash.js';
import { sendPage } from '../web/pages.js';
import { SignInPage } from '../web/pages/sign-in.js';
import { browserOf } from './browser.js';
import { localPath } from './return-to.js';
import { SignInService } from './sign-in.service.js';

interface SignInForm {
  email: string;
  password: string;
  returnTo: string;
}

/** The way in, and the way out. */
@Controller()
export class SignInPages {
  constructor(
    private readonly db: Database,
    private readonly signIn: SignInService,
    private readonly sessions: Sessions,
    private readonly tokens: FormTokens,
  ) {}

  @Get('sign-in')
  @Public()
  async form(@Res() reply: FastifyReply, @Query('returnTo') asked?: string): Promise<void> {
    const returnTo = localPath(asked);
    if (reply.request.signedIn) return void (await reply.redirect(returnTo, 303));
    await this.draw(reply, { returnTo, notice: readFlash(reply)?.text });
  }

  @Post('sign-in')
  @Public()
  async enter(@Res() reply: FastifyReply): Promise<void> {
    const form = readSignIn(reply.request.body);
    try {
      this.tokens.require(reply.request);
      const { email, password } = form;
      const proof = { email, password, address: reply.request.ip };
      const token = await this.signIn.signIn(proof, browserOf(reply.request));
      this.sessions.writeCookie(reply, token);
      await reply.redirect(form.returnTo, 303);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      void reply.status(errorTable[error.code].status);
      if (error instanceof TooManyTries) void reply.header('Retry-After', error.retryAfterSeconds);
      const { email, returnTo } = form;
      await this.draw(reply, { email, returnTo, problem: error.detail });
    }
  }

  /** Signing out when the session is over already is no mistake. */
  @Post('sign-out')
  @Public()
  async leave(@Res() reply: FastifyReply): Promise<void> {
    const credential = reply.request.signedIn?.credential;
    if (credential?.kind === 'session') {
      requireFormToken(reply.request, credential.csrfToken);
      await inTransaction(this.db, doorActor('identity', 'sign out'), (tx) =>
        this.sessions.end(tx, credential.sessionId),
      );
    }
    this.sessions.clearCookie(reply);
    writeFlash(reply, { kind: 'done', text: 'You are signed out.' });
    await reply.redirect('/sign-in', 303);
  }

  private async draw(
    reply: FastifyReply,
    props: { returnTo: string; email?: string; problem?: string; notice?: string },
  ): Promise<void> {
    const csrf = this.tokens.issue(reply);
    await sendPage(reply, <SignInPage {...props} csrf={csrf} />);
  }
}

/** What the form sent, as text, whatever was sent. The password stays as it was typed. */
function readSignIn(body: unknown): SignInForm {
  const { email, password, returnTo } = (body ?? {}) as Record<string, unknown>;
  const text = (value: unknown) => (typeof value === 'string' ? value.slice(0, 1_000) : '');
  return { email: text(email).trim().toLowerCase(), password: text(password), returnTo: localPath(returnTo) };
}
