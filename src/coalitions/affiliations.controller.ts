import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { PersonActor } from '../platform/database/actor.js';
import { Database, inSnapshot, inTransaction } from '../platform/database/database.js';
import { Allow, members } from '../platform/http/access.js';
import { type Page, pageOf } from '../platform/http/list.js';
import { type Access, Where, Who } from '../platform/http/request.js';
import { AffiliationAnswer, AffiliationsQuery, ChangeEmployer } from './affiliation.dto.js';
import { AffiliationsService } from './affiliations.service.js';

const AffiliationPage = pageOf(AffiliationAnswer);

@ApiTags('Affiliations')
@ApiBearerAuth()
@Controller('api/v1')
export class AffiliationsController {
  constructor(
    private readonly db: Database,
    private readonly affiliations: AffiliationsService,
  ) {}

  @Post('coalitions/:coalitionId/affiliations')
  @Allow('coalition', ...members)
  @ApiOperation({
    summary: 'Record where somebody works from a day on; their seats stay unless it is said otherwise',
  })
  @ApiCreatedResponse({ type: AffiliationPage, description: 'The employers of the person, newest first' })
  change(
    @Who() who: PersonActor,
    @Where() { roles }: Access,
    @Param('coalitionId') coalitionId: string,
    @Body() body: ChangeEmployer,
  ): Promise<Page<AffiliationAnswer>> {
    return inTransaction(this.db, who, async (tx) => {
      const { personId } = await this.affiliations.change(tx, coalitionId, body, roles.includes('backbone'));
      return this.affiliations.list(tx, coalitionId, { personId });
    });
  }

  @Get('coalitions/:coalitionId/affiliations')
  @Allow('coalition', ...members)
  @ApiOperation({ summary: 'Who works for whom, and did, newest first' })
  @ApiOkResponse({ type: AffiliationPage })
  list(
    @Who() who: PersonActor,
    @Param('coalitionId') coalitionId: string,
    @Query() query: AffiliationsQuery,
  ): Promise<Page<AffiliationAnswer>> {
    return inSnapshot(this.db, who, (tx) => this.affiliations.list(tx, coalitionId, query));
  }
}
