import { Controller, Get, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Database, inSnapshot, inTransaction } from '../platform/database/database.js';
import { AnyPerson } from '../platform/http/access.js';
import { sendFramedLetter } from '../platform/mail/framed-letter.js';
import { withPictures } from '../platform/mail/inline-pictures.js';
import { plural } from '../web/format.js';
import { actorOf, Pages, type Refusal } from '../web/pages.js';
import { readQuery } from '../web/read-query.js';
import { InboxPage } from './inbox/inbox-page.js';
import { InboxService } from './inbox/inbox.service.js';
import { NoticesQuery } from './inbox/notice.dto.js';
import { NoticePage } from './inbox/notice-page.js';
import { ChangeMailPreferences } from './preferences/preferences.dto.js';
import { PreferencesPage } from './preferences/preferences-page.js';
import { MailPreferencesService } from './preferences/preferences.service.js';

const inbox = { label: 'Inbox', href: '/inbox' };

/** One's own inbox, and how one hears of what is in it. */
@Controller()
export class NoticesPages {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
    private readonly inbox: InboxService,
    private readonly preferences: MailPreferencesService,
  ) {}

  @Get('inbox')
  @AnyPerson()
  async list(@Res() reply: FastifyReply): Promise<void> {
    const query = await readQuery(reply, NoticesQuery);
    const actor = actorOf(reply);
    const list = await inSnapshot(this.db, actor, (tx) => this.inbox.list(tx, actor.personId, query));
    await this.pages.show(reply, { title: 'Inbox', crumbs: [{ label: 'Inbox' }] }, (page) => (
      <InboxPage page={page} list={list} query={query} />
    ));
  }

  @Post('inbox/read-all')
  @AnyPerson()
  async readAll(@Res() reply: FastifyReply): Promise<void> {
    const { personId } = actorOf(reply);
    await this.pages.press(reply, {
      work: (tx) => this.inbox.markAllRead(tx, personId),
      done: (read) => ({ to: '/inbox', say: `${plural(read, 'notice')} marked as read.` }),
      back: '/inbox',
    });
  }

  /** To open it is to have read it. */
  @Get('inbox/:noticeId')
  @AnyPerson()
  async show(@Res() reply: FastifyReply, @Param('noticeId') noticeId: string): Promise<void> {
    const actor = actorOf(reply);
    const notice = await inTransaction(this.db, actor, (tx) =>
      this.inbox.markRead(tx, actor.personId, noticeId),
    );
    const heading = { title: notice.subject, crumbs: [inbox, { label: notice.subject }] };
    await this.pages.show(reply, heading, (page) => <NoticePage page={page} notice={notice} />);
  }

  /** Its HTML, to be framed by the page above. */
  @Get('inbox/:noticeId/letter')
  @AnyPerson()
  async letter(@Res() reply: FastifyReply, @Param('noticeId') noticeId: string): Promise<void> {
    const actor = actorOf(reply);
    const html = await inSnapshot(this.db, actor, async (tx) => {
      const notice = await this.inbox.read(tx, actor.personId, noticeId);
      return withPictures(tx, noticeId, notice.html);
    });
    await sendFramedLetter(reply, html);
  }

  @Get('account/mail')
  @AnyPerson()
  showPreferences(@Res() reply: FastifyReply): Promise<void> {
    return this.drawPreferences(reply);
  }

  @Post('account/mail')
  @AnyPerson()
  async changePreferences(@Res() reply: FastifyReply): Promise<void> {
    const { personId } = actorOf(reply);
    await this.pages.submit(reply, {
      input: ChangeMailPreferences,
      work: (tx, wish) => this.preferences.change(tx, personId, wish),
      done: () => ({ to: '/account/mail', say: 'Saved. It holds from the next letter on.' }),
      again: (refusal) => this.drawPreferences(reply, refusal),
    });
  }

  private async drawPreferences(reply: FastifyReply, refusal?: Refusal): Promise<void> {
    const actor = actorOf(reply);
    const preferences = await inSnapshot(this.db, actor, (tx) => this.preferences.read(tx, actor.personId));
    const title = 'How I hear of things';
    await this.pages.show(reply, { title, crumbs: [inbox, { label: title }] }, (page) => (
      <PreferencesPage page={page} preferences={preferences} refusal={refusal} />
    ));
  }
}
