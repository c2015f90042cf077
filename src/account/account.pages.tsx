import { Controller, Get, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Sessions } from '../platform/auth/sessions.js';
import { Database, inSnapshot } from '../platform/database/database.js';
import { AnyPerson } from '../platform/http/access.js';
import { plural } from '../web/format.js';
import { actorOf, Pages, type Refusal, signedInOf } from '../web/pages.js';
import { ChangePassword, ChangeProfile } from './account.dto.js';
import { AccountPage, type RefusedForm } from './account-page.js';
import { AccountService } from './account.service.js';
import { MakeApiToken, type NewApiTokenAnswer } from './api-token.dto.js';
import { ApiTokenPage } from './api-token-page.js';
import { ApiTokensService } from './api-tokens.service.js';
import { browserOf } from './browser.js';

/** One's own account: name, password, where one is signed in, and tokens for programs. */
@Controller()
export class AccountPages {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
    private readonly account: AccountService,
    private readonly tokens: ApiTokensService,
    private readonly sessions: Sessions,
  ) {}

  @Get('account')
  @AnyPerson()
  show(@Res() reply: FastifyReply): Promise<void> {
    return this.draw(reply);
  }

  @Post('account')
  @AnyPerson()
  async changeProfile(@Res() reply: FastifyReply): Promise<void> {
    const { personId } = actorOf(reply);
    await this.pages.submit(reply, {
      input: ChangeProfile,
      work: (tx, input) => this.account.changeProfile(tx, personId, input),
      done: () => ({ to: '/account', say: 'Your profile is saved.' }),
      again: (refusal) => this.draw(reply, { form: 'profile', ...refusal }),
    });
  }

  @Post('account/password')
  @AnyPerson()
  async changePassword(@Res() reply: FastifyReply): Promise<void> {
    const { actor, email } = signedInOf(reply);
    const { request } = reply;
    await this.pages.submit(reply, {
      input: ChangePassword,
      first: (input) => this.account.proveCurrent(email, input, request.ip),
      work: (tx, { newPassword }) =>
        this.account.changePassword(tx, actor.personId, newPassword, browserOf(request)),
      done: (token) => {
        this.sessions.writeCookie(reply, token);
        return { to: '/account', say: 'Your password is changed, and you are signed out everywhere else.' };
      },
      again: (refusal) => this.draw(reply, { form: 'password', ...withoutPasswords(refusal) }),
    });
  }

  @Post('account/sessions/end-others')
  @AnyPerson()
  async endOtherSessions(@Res() reply: FastifyReply): Promise<void> {
    const { actor, credential } = signedInOf(reply);
    const kept = credential.kind === 'session' ? credential.sessionId : '';
    await this.pages.press(reply, {
      work: (tx) => this.account.endOtherSessions(tx, actor.personId, kept),
      done: (ended) => ({ to: '/account', say: `Signed out in ${plural(ended, 'other browser')}.` }),
      back: '/account',
    });
  }

  @Post('account/tokens')
  @AnyPerson()
  async makeToken(@Res() reply: FastifyReply): Promise<void> {
    const { credential } = signedInOf(reply);
    await this.pages.submit(reply, {
      input: MakeApiToken,
      work: (tx, input) => this.tokens.make(tx, credential, input),
      done: (made) => ({ draw: () => this.drawToken(reply, made) }),
      again: (refusal) => this.draw(reply, { form: 'token', ...refusal }),
    });
  }

  @Post('account/tokens/:tokenId/revoke')
  @AnyPerson()
  async revokeToken(@Res() reply: FastifyReply, @Param('tokenId') tokenId: string): Promise<void> {
    await this.pages.press(reply, {
      work: (tx) => this.tokens.revoke(tx, tokenId),
      done: ({ name }) => ({ to: '/account#tokens', say: `The token “${name}” is revoked.` }),
      back: '/account#tokens',
    });
  }

  private async draw(reply: FastifyReply, refused?: RefusedForm): Promise<void> {
    const { actor, credential } = signedInOf(reply);
    const view = await inSnapshot(this.db, actor, async (tx) => ({
      sessions: await this.account.sessionsOf(tx, actor.personId),
      tokens: (await this.tokens.list(tx, { limit: 200 })).items,
    }));
    const currentSessionId = credential.kind === 'session' ? credential.sessionId : null;
    const heading = { title: 'My account', crumbs: [{ label: 'My account' }] };
    await this.pages.show(reply, heading, (page) => (
      <AccountPage page={page} {...view} currentSessionId={currentSessionId} refused={refused} />
    ));
  }

  /** The one time that the token's text is seen. */
  private async drawToken(reply: FastifyReply, made: NewApiTokenAnswer): Promise<void> {
    const crumbs = [{ label: 'My account', href: '/account' }, { label: made.name }];
    await this.pages.show(reply, { title: 'Your new API token', crumbs }, (page) => (
      <ApiTokenPage
        page={page}
        token={made}
        publicUrl={`${reply.request.protocol}://${reply.request.host}`}
      />
    ));
  }
}

/** A password is never written back into a page. */
function withoutPasswords({ errors, detail }: Refusal): Refusal {
  return { errors, detail, values: {} };
}
