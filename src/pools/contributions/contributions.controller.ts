import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { PersonActor } from '../../platform/database/actor.js';
import { Database, inSnapshot } from '../../platform/database/database.js';
import { Allow, overseers } from '../../platform/http/access.js';
import { type Page, pageOf } from '../../platform/http/list.js';
import { once } from '../../platform/http/once.js';
import { type Claim, Claimed, Who } from '../../platform/http/request.js';
import {
  ApplyContribution,
  ContributionAnswer,
  ContributionQuery,
  ContributionWithApplicationsAnswer,
  ReceiveContribution,
  ReverseContribution,
  toContributionAnswer,
  toContributionWithApplications,
} from './contribution.dto.js';
import { ContributionApplyingService } from './contribution-applying.service.js';
import { applicationsOf, listContributions, readContribution } from './contributions.read.js';
import { ContributionsService } from './contributions.service.js';

const ContributionPage = pageOf(ContributionAnswer);

@ApiTags('Contributions')
@ApiBearerAuth()
@Controller('api/v1')
export class ContributionsController {
  constructor(
    private readonly db: Database,
    private readonly contributions: ContributionsService,
    private readonly applying: ContributionApplyingService,
  ) {}

  @Post('pools/:poolId/contributions')
  @Allow('pool', 'finance', 'backbone')
  @ApiOperation({ summary: 'Record money that arrived from a funder' })
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiCreatedResponse({ type: ContributionAnswer })
  receive(
    @Who() who: PersonActor,
    @Claimed() claim: Claim,
    @Param('poolId') poolId: string,
    @Body() body: ReceiveContribution,
  ): Promise<ContributionAnswer> {
    return once(this.db, who, claim, async (tx) =>
      toContributionAnswer(await this.contributions.receive(tx, poolId, body)),
    );
  }

  @Get('pools/:poolId/contributions')
  @Allow('pool', ...overseers)
  @ApiOperation({ summary: 'The contributions to a pool' })
  @ApiOkResponse({ type: ContributionPage })
  async list(
    @Who() who: PersonActor,
    @Param('poolId') poolId: string,
    @Query() query: ContributionQuery,
  ): Promise<Page<ContributionAnswer>> {
    const page = await inSnapshot(this.db, who, (tx) => listContributions(tx, poolId, query));
    return { ...page, items: page.items.map(toContributionAnswer) };
  }

  @Get('contributions/:contributionId')
  @Allow('contribution', ...overseers)
  @ApiOperation({ summary: 'A contribution and what it settled' })
  @ApiOkResponse({ type: ContributionWithApplicationsAnswer })
  get(
    @Who() who: PersonActor,
    @Param('contributionId') contributionId: string,
  ): Promise<ContributionWithApplicationsAnswer> {
    return inSnapshot(this.db, who, async (tx) =>
      toContributionWithApplications(
        await readContribution(tx, contributionId),
        await applicationsOf(tx, contributionId),
      ),
    );
  }

  @Post('contributions/:contributionId/apply')
  @HttpCode(200)
  @Allow('contribution', 'finance', 'backbone')
  @ApiOperation({ summary: 'Say anew which pledge instalments a contribution settles' })
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiOkResponse({ type: ContributionWithApplicationsAnswer })
  apply(
    @Who() who: PersonActor,
    @Claimed() claim: Claim,
    @Param('contributionId') contributionId: string,
    @Body() body: ApplyContribution,
  ): Promise<ContributionWithApplicationsAnswer> {
    return once(this.db, who, claim, async (tx) =>
      toContributionWithApplications(
        await this.applying.apply(tx, contributionId, body),
        await applicationsOf(tx, contributionId),
      ),
    );
  }

  @Post('contributions/:contributionId/reverse')
  @HttpCode(200)
  @Allow('contribution', 'finance')
  @ApiOperation({ summary: 'Reverse a contribution that was recorded by mistake' })
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiOkResponse({ type: ContributionAnswer })
  reverse(
    @Who() who: PersonActor,
    @Claimed() claim: Claim,
    @Param('contributionId') contributionId: string,
    @Body() body: ReverseContribution,
  ): Promise<ContributionAnswer> {
    return once(this.db, who, claim, async (tx) =>
      toContributionAnswer(await this.contributions.reverse(tx, contributionId, body)),
    );
  }
}
