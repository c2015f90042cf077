import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { PersonActor } from '../../platform/database/actor.js';
import { Database, inSnapshot } from '../../platform/database/database.js';
import { Administrator } from '../../platform/http/access.js';
import { type Page, pageOf } from '../../platform/http/list.js';
import { Who } from '../../platform/http/request.js';
import { PersonAccountAnswer, AccountQuery, toPersonAccountAnswer } from './account-list.dto.js';
import { AccountsService } from './accounts.service.js';
import { MailAnswer, MailsQuery, toMailAnswer } from './mail-list.dto.js';
import { MailsService } from './mails.service.js';

/** What the installation's administrators read by programs: accounts and mails, and no money. */
@ApiTags('Administration')
@ApiBearerAuth()
@Controller('api/v1/administration')
export class AdministrationController {
  constructor(
    private readonly db: Database,
    private readonly accountsService: AccountsService,
    private readonly mailsService: MailsService,
  ) {}

  @Get('accounts')
  @Administrator()
  @ApiOperation({ summary: 'The accounts of the installation' })
  @ApiOkResponse({ type: pageOf(PersonAccountAnswer) })
  async accounts(@Who() who: PersonActor, @Query() query: AccountQuery): Promise<Page<PersonAccountAnswer>> {
    const page = await inSnapshot(this.db, who, (tx) => this.accountsService.list(tx, query));
    return { ...page, items: page.items.map(toPersonAccountAnswer) };
  }

  @Get('mails')
  @Administrator()
  @ApiOperation({ summary: 'The mails of the installation, and what became of each' })
  @ApiOkResponse({ type: pageOf(MailAnswer) })
  async mails(@Who() who: PersonActor, @Query() query: MailsQuery): Promise<Page<MailAnswer>> {
    const page = await inSnapshot(this.db, who, (tx) => this.mailsService.list(tx, query));
    return { ...page, items: page.items.map(toMailAnswer) };
  }
}
