import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiExcludeEndpoint,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { addDays, addMonths, dayInZone } from '../../maths/day.js';
import type { Config } from '../../platform/config/config.js';
import { doorActor, type PersonActor } from '../../platform/database/actor.js';
import { Database, inSnapshot, inTransaction } from '../../platform/database/database.js';
import { notFound } from '../../platform/errors/domain-error.js';
import { AnyPerson, Public } from '../../platform/http/access.js';
import { pageOf } from '../../platform/http/list.js';
import { Who } from '../../platform/http/request.js';
import { CONFIG } from '../../platform/tokens.js';
import { readCalendarDates } from './calendar-dates.js';
import { calendarFeed } from './calendar-feed.js';
import {
  CalendarLinkAnswer,
  CalendarLinksQuery,
  MakeCalendarLink,
  NewCalendarLinkAnswer,
} from './calendar-link.dto.js';
import { CalendarLinksService } from './calendar-links.service.js';

/** What is still open of the last month, and what comes in a year and a half. */
const daysBack = 31;
const monthsAhead = 18;

const door = doorActor('identity', 'calendar');

@ApiTags('Me')
@Controller()
export class CalendarController {
  constructor(
    private readonly db: Database,
    private readonly links: CalendarLinksService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get('api/v1/me/calendar-links')
  @AnyPerson()
  @ApiBearerAuth()
  @ApiOperation({ summary: 'List the private links to your dates, past ones too' })
  @ApiOkResponse({ type: pageOf(CalendarLinkAnswer) })
  list(@Who() who: PersonActor, @Query() query: CalendarLinksQuery) {
    return inSnapshot(this.db, who, (tx) => this.links.list(tx, query));
  }

  @Post('api/v1/me/calendar-links')
  @AnyPerson()
  @ApiBearerAuth()
  @ApiOperation({ summary: 'Make a private link to your dates; the answer alone holds it' })
  @ApiCreatedResponse({ type: NewCalendarLinkAnswer })
  make(@Who() who: PersonActor, @Body() body: MakeCalendarLink) {
    return inTransaction(this.db, who, (tx) => this.links.make(tx, who.personId, body));
  }

  @Post('api/v1/me/calendar-links/:linkId/revoke')
  @AnyPerson()
  @ApiBearerAuth()
  @HttpCode(200)
  @ApiOperation({ summary: 'End a private link at once' })
  @ApiOkResponse({ type: CalendarLinkAnswer })
  revoke(@Who() who: PersonActor, @Param('linkId') linkId: string) {
    return inTransaction(this.db, who, (tx) => this.links.revoke(tx, linkId));
  }

  /** For calendars, which cannot sign in: the address is the key, and shows what its maker may see. */
  @Get('calendar/:file')
  @Public()
  @ApiExcludeEndpoint()
  async feed(@Res() reply: FastifyReply, @Param('file') file: string): Promise<void> {
    const secret = /^([\w-]{43})\.ics$/.exec(file)?.[1];
    if (!secret) throw notFound('calendar');
    const { actor, locale } = await inTransaction(this.db, door, (tx) => this.links.readerOf(tx, secret));
    const now = this.db.clock.now();
    const today = dayInZone(now, 'UTC');
    const dates = await inSnapshot(this.db, actor, (tx) =>
      readCalendarDates(tx, actor.personId, addDays(today, -daysBack), addMonths(today, monthsAhead)),
    );
    const { publicUrl } = this.config;
    void reply.header('cache-control', 'private, no-store').header('referrer-policy', 'no-referrer');
    await reply.type('text/calendar; charset=utf-8').send(calendarFeed({ dates, locale, now, publicUrl }));
  }
}
