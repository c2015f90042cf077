import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { PersonActor } from '../platform/database/actor.js';
import { Database, inSnapshot, inTransaction } from '../platform/database/database.js';
import { AnyPerson } from '../platform/http/access.js';
import { pageOf } from '../platform/http/list.js';
import { Who } from '../platform/http/request.js';
import { InboxService } from './inbox/inbox.service.js';
import { NoticeAnswer, NoticesQuery, NoticesReadAnswer, NoticeTextAnswer } from './inbox/notice.dto.js';
import { ChangeMailPreferences, MailPreferencesAnswer } from './preferences/preferences.dto.js';
import { MailPreferencesService } from './preferences/preferences.service.js';

@ApiTags('Me')
@ApiBearerAuth()
@Controller('api/v1/me')
export class NoticesController {
  constructor(
    private readonly db: Database,
    private readonly inbox: InboxService,
    private readonly preferences: MailPreferencesService,
  ) {}

  @Get('notices')
  @AnyPerson()
  @ApiOperation({ summary: 'List what you were written, the newest first' })
  @ApiOkResponse({ type: pageOf(NoticeAnswer) })
  list(@Who() who: PersonActor, @Query() query: NoticesQuery) {
    return inSnapshot(this.db, who, (tx) => this.inbox.list(tx, who.personId, query));
  }

  @Post('notices/read-all')
  @AnyPerson()
  @HttpCode(200)
  @ApiOperation({ summary: 'Mark all of it as read' })
  @ApiOkResponse({ type: NoticesReadAnswer })
  async readAll(@Who() who: PersonActor): Promise<NoticesReadAnswer> {
    return { read: await inTransaction(this.db, who, (tx) => this.inbox.markAllRead(tx, who.personId)) };
  }

  @Post('notices/:noticeId/read')
  @AnyPerson()
  @HttpCode(200)
  @ApiOperation({ summary: 'Read one, and mark it as read' })
  @ApiOkResponse({ type: NoticeTextAnswer })
  read(@Who() who: PersonActor, @Param('noticeId') noticeId: string) {
    return inTransaction(this.db, who, (tx) => this.inbox.markRead(tx, who.personId, noticeId));
  }

  @Get('mail-preferences')
  @AnyPerson()
  @ApiOperation({ summary: 'Read how you want to hear of things' })
  @ApiOkResponse({ type: MailPreferencesAnswer })
  readPreferences(@Who() who: PersonActor) {
    return inSnapshot(this.db, who, (tx) => this.preferences.read(tx, who.personId));
  }

  @Patch('mail-preferences')
  @AnyPerson()
  @ApiOperation({
    summary: 'Say how you want to hear of things: at once, in a digest, or in the inbox',
    description:
      'Essential letters, such as a returned report or a new bank account, go out at once all the same.',
  })
  @ApiOkResponse({ type: MailPreferencesAnswer })
  change(@Who() who: PersonActor, @Body() body: ChangeMailPreferences) {
    return inTransaction(this.db, who, (tx) => this.preferences.change(tx, who.personId, body));
  }
}
