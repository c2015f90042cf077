import { Controller, Get, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Database, inSnapshot } from '../../platform/database/database.js';
import { notFound } from '../../platform/errors/domain-error.js';
import { sendFramedLetter } from '../../platform/mail/framed-letter.js';
import { withPictures } from '../../platform/mail/inline-pictures.js';
import { Administrator } from '../../platform/http/access.js';
import { actorOf, Pages, type Refusal } from '../../web/pages.js';
import { readQuery } from '../../web/read-query.js';
import { MakeAccount } from '../account.dto.js';
import { AccountQuery } from './account-list.dto.js';
import { AccountsPage } from './accounts-page.js';
import { AccountsService } from './accounts.service.js';
import { MailsQuery } from './mail-list.dto.js';
import { MailPage } from './mail-page.js';
import { MailsPage } from './mails-page.js';
import { MailsService } from './mails.service.js';

const administration = { label: 'Administration', href: '/administration/people' };

/** The installation's own pages: its accounts and its mails. */
@Controller('administration')
export class AdministrationPages {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
    private readonly accounts: AccountsService,
    private readonly mails: MailsService,
  ) {}

  @Get()
  @Administrator()
  async home(@Res() reply: FastifyReply): Promise<void> {
    await reply.redirect('/administration/people', 303);
  }

  @Get('people')
  @Administrator()
  async people(@Res() reply: FastifyReply): Promise<void> {
    await this.drawPeople(reply, await readQuery(reply, AccountQuery));
  }

  @Post('people')
  @Administrator()
  async makeAccount(@Res() reply: FastifyReply): Promise<void> {
    await this.pages.submit(reply, {
      input: MakeAccount,
      shape: { flags: ['administrator'] },
      work: async (tx, input) => {
        await this.accounts.make(tx, input);
        return input;
      },
      done: ({ name, email }) => ({
        to: '/administration/people',
        say: `${name} is invited: a mail with a link goes to ${email}.`,
      }),
      again: (refusal) => this.drawPeople(reply, {}, refusal),
    });
  }

  @Post('people/:personId/link')
  @Administrator()
  async sendLink(@Res() reply: FastifyReply, @Param('personId') personId: string): Promise<void> {
    await this.pages.press(reply, {
      work: (tx) => this.accounts.sendLink(tx, personId),
      done: (email) => ({ to: '/administration/people', say: `A mail with a link goes to ${email}.` }),
      back: '/administration/people',
    });
  }

  @Get('mails')
  @Administrator()
  async mailList(@Res() reply: FastifyReply): Promise<void> {
    const query = await readQuery(reply, MailsQuery);
    const view = await inSnapshot(this.db, actorOf(reply), async (tx) => ({
      list: await this.mails.list(tx, query),
      counts: await this.mails.counts(tx),
      templates: await this.mails.templates(tx),
    }));
    const heading = { title: 'Mails', crumbs: [administration, { label: 'Mails' }] };
    const { areReadable } = this.mails;
    await this.pages.show(reply, heading, (page) => (
      <MailsPage page={page} {...view} query={query} areReadable={areReadable} />
    ));
  }

  @Get('mails/:mailId')
  @Administrator()
  async mail(@Res() reply: FastifyReply, @Param('mailId') mailId: string): Promise<void> {
    const mail = await inSnapshot(this.db, actorOf(reply), (tx) => this.mails.read(tx, mailId));
    const title = mail.subject ?? `Mail to ${mail.to}`;
    const mails = { label: 'Mails', href: '/administration/mails' };
    await this.pages.show(reply, { title, crumbs: [administration, mails, { label: title }] }, (page) => (
      <MailPage page={page} mail={mail} canBeSent={!this.mails.areReadable} />
    ));
  }

  /** The HTML of a mail, to be framed by the page above. */
  @Get('mails/:mailId/html')
  @Administrator()
  async mailHtml(@Res() reply: FastifyReply, @Param('mailId') mailId: string): Promise<void> {
    const html = await inSnapshot(this.db, actorOf(reply), async (tx) => {
      const { content } = await this.mails.read(tx, mailId);
      return content && (await withPictures(tx, mailId, content.html));
    });
    if (!html) throw notFound('page');
    await sendFramedLetter(reply, html);
  }

  @Post('mails/:mailId/send-again')
  @Administrator()
  async sendAgain(@Res() reply: FastifyReply, @Param('mailId') mailId: string): Promise<void> {
    await this.pages.press(reply, {
      work: (tx) => this.mails.sendAgain(tx, mailId),
      done: ({ to }) => ({
        to: `/administration/mails/${mailId}`,
        say: `The mail to ${to} is queued again.`,
      }),
      back: `/administration/mails/${mailId}`,
    });
  }

  private async drawPeople(reply: FastifyReply, query: AccountQuery, refused?: Refusal): Promise<void> {
    const list = await inSnapshot(this.db, actorOf(reply), (tx) => this.accounts.list(tx, query));
    const heading = { title: 'People of this installation', crumbs: [administration, { label: 'People' }] };
    await this.pages.show(reply, heading, (page) => (
      <AccountsPage page={page} list={list} query={query} refused={refused} />
    ));
  }
}
