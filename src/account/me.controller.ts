import { Body, Controller, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { PersonActor } from '../platform/database/actor.js';
import { Database, inSnapshot, inTransaction } from '../platform/database/database.js';
import { AnyPerson } from '../platform/http/access.js';
import { pageOf } from '../platform/http/list.js';
import { Who } from '../platform/http/request.js';
import { AccountService } from './account.service.js';
import { ApiTokenAnswer, ApiTokensQuery, MakeApiToken, NewApiTokenAnswer } from './api-token.dto.js';
import { ApiTokensService } from './api-tokens.service.js';
import { MeAnswer } from './me.dto.js';

@ApiTags('Me')
@ApiBearerAuth()
@Controller()
export class MeController {
  constructor(
    private readonly db: Database,
    private readonly account: AccountService,
    private readonly tokens: ApiTokensService,
  ) {}

  @Get('api/v1/me')
  @AnyPerson()
  @ApiOperation({ summary: 'Read who you are, and which roles you hold where' })
  @ApiOkResponse({ type: MeAnswer })
  me(@Who() who: PersonActor) {
    return inSnapshot(this.db, who, (tx) => this.account.me(tx, who.personId));
  }

  @Get('api/v1/me/tokens')
  @AnyPerson()
  @ApiOperation({ summary: 'List your API tokens, past ones too' })
  @ApiOkResponse({ type: pageOf(ApiTokenAnswer) })
  list(@Who() who: PersonActor, @Query() query: ApiTokensQuery) {
    return inSnapshot(this.db, who, (tx) => this.tokens.list(tx, query));
  }

  @Post('api/v1/me/tokens')
  @AnyPerson()
  @ApiOperation({ summary: 'Make an API token; the answer alone holds its text' })
  @ApiCreatedResponse({ type: NewApiTokenAnswer })
  make(@Who() who: PersonActor, @Req() request: FastifyRequest, @Body() body: MakeApiToken) {
    const { credential } = request.signedIn!;
    return inTransaction(this.db, who, (tx) => this.tokens.make(tx, credential, body));
  }

  @Post('api/v1/me/tokens/:tokenId/revoke')
  @AnyPerson()
  @HttpCode(200)
  @ApiOperation({ summary: 'End an API token at once' })
  @ApiOkResponse({ type: ApiTokenAnswer })
  revoke(@Who() who: PersonActor, @Param('tokenId') tokenId: string) {
    return inTransaction(this.db, who, (tx) => this.tokens.revoke(tx, tokenId));
  }
}
