import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { PersonActor } from '../../platform/database/actor.js';
import { Database, inSnapshot, inTransaction } from '../../platform/database/database.js';
import { Allow, members } from '../../platform/http/access.js';
import { ListQuery, type Page, pageOf } from '../../platform/http/list.js';
import { Who } from '../../platform/http/request.js';
import { GrantAnswer, toGrantAnswer } from '../grant.dto.js';
import { ResumeGrant, SuspendGrant, SuspensionAnswer, toSuspensionAnswer } from './suspension.dto.js';
import { SuspensionService } from './suspension.service.js';
import { listSuspensions } from './suspensions.read.js';

const SuspensionPage = pageOf(SuspensionAnswer);

@ApiTags('Grants')
@ApiBearerAuth()
@Controller('api/v1/grants/:grantId')
export class SuspensionController {
  constructor(
    private readonly db: Database,
    private readonly suspension: SuspensionService,
  ) {}

  @Post('suspend')
  @HttpCode(200)
  @Allow('grant', 'backbone', 'finance')
  @ApiOperation({ summary: 'Suspend a grant: its instalments wait, whatever their day' })
  @ApiOkResponse({ type: GrantAnswer })
  async suspend(
    @Who() who: PersonActor,
    @Param('grantId') grantId: string,
    @Body() body: SuspendGrant,
  ): Promise<GrantAnswer> {
    return toGrantAnswer(
      await inTransaction(this.db, who, (tx) => this.suspension.suspend(tx, grantId, body)),
    );
  }

  @Post('resume')
  @HttpCode(200)
  @Allow('grant', 'backbone', 'finance')
  @ApiOperation({ summary: 'Resume a suspended grant: what waited comes due, or waits for cash' })
  @ApiOkResponse({ type: GrantAnswer })
  async resume(
    @Who() who: PersonActor,
    @Param('grantId') grantId: string,
    @Body() body: ResumeGrant,
  ): Promise<GrantAnswer> {
    return toGrantAnswer(
      await inTransaction(this.db, who, (tx) => this.suspension.resume(tx, grantId, body.reason)),
    );
  }

  @Get('suspensions')
  @Allow('grant', ...members)
  @ApiOperation({ summary: 'The suspensions of a grant: since when, why, and how each ended' })
  @ApiOkResponse({ type: SuspensionPage })
  async list(
    @Who() who: PersonActor,
    @Param('grantId') grantId: string,
    @Query() query: ListQuery,
  ): Promise<Page<SuspensionAnswer>> {
    const page = await inSnapshot(this.db, who, (tx) => listSuspensions(tx, grantId, query));
    return { ...page, items: page.items.map(toSuspensionAnswer) };
  }
}
