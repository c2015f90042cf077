import { Controller, Get, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Database, inSnapshot } from '../../platform/database/database.js';
import { AnyPerson } from '../../platform/http/access.js';
import { actorOf, Pages, type Refusal } from '../../web/pages.js';
import { MakeCalendarLink, type NewCalendarLinkAnswer } from './calendar-link.dto.js';
import { CalendarLinksPage } from './calendar-links-page.js';
import { CalendarLinksService } from './calendar-links.service.js';

const home = '/account/calendar';

@Controller('account/calendar')
export class CalendarPages {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
    private readonly links: CalendarLinksService,
  ) {}

  @Get()
  @AnyPerson()
  show(@Res() reply: FastifyReply): Promise<void> {
    return this.draw(reply, {});
  }

  @Post()
  @AnyPerson()
  async make(@Res() reply: FastifyReply): Promise<void> {
    const { personId } = actorOf(reply);
    await this.pages.submit(reply, {
      input: MakeCalendarLink,
      work: (tx, input) => this.links.make(tx, personId, input),
      done: (made) => ({ draw: () => this.draw(reply, { made }) }),
      again: (refusal) => this.draw(reply, { refusal }),
    });
  }

  @Post(':linkId/revoke')
  @AnyPerson()
  async revoke(@Res() reply: FastifyReply, @Param('linkId') linkId: string): Promise<void> {
    await this.pages.press(reply, {
      work: (tx) => this.links.revoke(tx, linkId),
      done: ({ name }) => ({ to: home, say: `The link for “${name}” is ended.` }),
      back: home,
    });
  }

  private async draw(
    reply: FastifyReply,
    shown: { made?: NewCalendarLinkAnswer; refusal?: Refusal },
  ): Promise<void> {
    const links = await inSnapshot(this.db, actorOf(reply), (tx) => this.links.list(tx, { limit: 100 }));
    const title = 'My dates in a calendar';
    await this.pages.show(reply, { title, crumbs: [{ label: title }] }, (page) => (
      <CalendarLinksPage page={page} links={links} {...shown} />
    ));
  }
}
