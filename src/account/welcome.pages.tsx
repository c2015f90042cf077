import { Controller, Get, Param, Post, Res } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import type { FastifyReply } from 'fastify';
import { FormTokens } from '../platform/auth/form-tokens.js';
import { Sessions } from '../platform/auth/sessions.js';
import { TooManyTries } from '../platform/auth/throttle.js';
import { DomainError, type FieldError } from '../platform/errors/domain-error.js';
import { errorTable } from '../platform/errors/error-table.js';
import { Public } from '../platform/http/access.js';
import { invalidInput, refusals } from '../platform/http/validation.js';
import { writeFlash } from '../web/flash.js';
import { type FormBody, type FormObject, readForm } from '../web/forms/read-form.js';
import { sendPage } from '../web/pages.js';
import { AcceptInvitation, AskForPassword } from './account.dto.js';
import { browserOf } from './browser.js';
import { ForgottenPasswordPage, LinkIsOverPage, LinkPage, type Refused } from './welcome-page.js';
import { WelcomeService } from './welcome.service.js';

/** Pages for those who are not signed in and cannot be: with a link from a mail, or in want of one. */
@Controller()
export class WelcomePages {
  constructor(
    private readonly welcome: WelcomeService,
    private readonly sessions: Sessions,
    private readonly tokens: FormTokens,
  ) {}

  @Get('invitations/:secret')
  @Public()
  invitation(@Res() reply: FastifyReply, @Param('secret') secret: string): Promise<void> {
    return this.drawLink(reply, secret);
  }

  @Post('invitations/:secret')
  @Public()
  async accept(@Res() reply: FastifyReply, @Param('secret') secret: string): Promise<void> {
    await this.take(reply, AcceptInvitation, {
      work: async (chosen) => {
        const token = await this.welcome.accept(secret, chosen, browserOf(reply.request));
        this.sessions.writeCookie(reply, token);
        writeFlash(reply, { kind: 'done', text: 'Welcome. Your password is set, and you are signed in.' });
        await reply.redirect('/', 303);
      },
      again: (refused) => this.drawLink(reply, secret, refused),
    });
  }

  @Get('forgotten-password')
  @Public()
  forgotten(@Res() reply: FastifyReply): Promise<void> {
    return this.drawForgotten(reply);
  }

  @Post('forgotten-password')
  @Public()
  async mailLink(@Res() reply: FastifyReply): Promise<void> {
    await this.take(reply, AskForPassword, {
      work: async ({ email }) => {
        await this.welcome.forgotten(email, reply.request.ip);
        void reply.status(200);
        await this.drawForgotten(reply, { sentTo: email });
      },
      again: (refused) => this.drawForgotten(reply, { refused }),
    });
  }

  /** As `Pages.submit`, for those whom nobody knows: checks the form's token instead of the session's. */
  private async take<Input extends object>(
    reply: FastifyReply,
    type: new () => Input,
    form: { work: (input: Input) => Promise<void>; again: (refused: Refused) => Promise<void> },
  ): Promise<void> {
    const { values } = readForm((reply.request.body ?? {}) as FormBody);
    try {
      this.tokens.require(reply.request);
      const input = plainToInstance(type, values);
      const wrong = await refusals(input);
      if (wrong.length > 0) throw invalidInput(wrong);
      await form.work(input);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      void reply.status(error.code === 'invalidInput' ? 422 : errorTable[error.code].status);
      if (error instanceof TooManyTries) void reply.header('Retry-After', error.retryAfterSeconds);
      await form.again(refusedWith(values, error.fields, error.detail));
    }
  }

  private async drawLink(reply: FastifyReply, secret: string, refused?: Refused): Promise<void> {
    const link = await this.welcome.look(secret);
    if (!link) {
      void reply.status(404);
      return sendPage(reply, <LinkIsOverPage />);
    }
    const csrf = this.tokens.issue(reply);
    const action = `/invitations/${encodeURIComponent(secret)}`;
    await sendPage(reply, <LinkPage csrf={csrf} action={action} link={link} refused={refused} />);
  }

  private async drawForgotten(
    reply: FastifyReply,
    state: { refused?: Refused; sentTo?: string } = {},
  ): Promise<void> {
    await sendPage(reply, <ForgottenPasswordPage csrf={this.tokens.issue(reply)} {...state} />);
  }
}

function refusedWith(values: FormObject, errors: FieldError[], detail: string): Refused {
  const { password: _, ...shown } = values;
  return { values: shown, errors, detail: errors.length > 0 ? undefined : detail };
}
