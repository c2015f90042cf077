import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { coalitionCalendar } from '../coalitions/coalition.js';
import type { PersonActor } from '../platform/database/actor.js';
import { Database, inSnapshot, inTransaction } from '../platform/database/database.js';
import type { Tx } from '../platform/database/tx.js';
import { Allow, members, overseers } from '../platform/http/access.js';
import { moneyAnswer } from '../platform/http/answers.js';
import { type Page, pageOf } from '../platform/http/list.js';
import { once } from '../platform/http/once.js';
import { type Access, type Claim, Claimed, IfMatch, Where, Who } from '../platform/http/request.js';
import { lockPool } from '../pools/pool-position.js';
import {
  AwardGrant,
  DraftGrant,
  GiveReason,
  GrantAnswer,
  GrantQuery,
  GrantWithScheduleAnswer,
  ScheduleInput,
  SchedulePreviewAnswer,
  toGrantAnswer,
  toInstalmentAnswer,
  toSchedulePreview,
} from './grant.dto.js';
import { planGrant } from './grant-schedule.js';
import { goalsOfGrant, type GrantScope, listGrants, paidBy, readGrant } from './grants.read.js';
import { scheduleOf } from './schedule-templates/schedule-by-template.js';
import { GrantsService } from './grants.service.js';
import { instalmentsOfGrant } from './instalments.js';

const GrantPage = pageOf(GrantAnswer);

@ApiTags('Grants')
@ApiBearerAuth()
@Controller('api/v1')
export class GrantsController {
  constructor(
    private readonly db: Database,
    private readonly grants: GrantsService,
  ) {}

  @Post('pools/:poolId/grants')
  @Allow('pool', 'backbone')
  @ApiOperation({ summary: 'Draft a grant' })
  @ApiCreatedResponse({ type: GrantAnswer })
  async draft(
    @Who() who: PersonActor,
    @Param('poolId') poolId: string,
    @Body() body: DraftGrant,
  ): Promise<GrantAnswer> {
    return toGrantAnswer(await inTransaction(this.db, who, (tx) => this.grants.draft(tx, poolId, body)));
  }

  @Post('pools/:poolId/grants/preview')
  @HttpCode(200)
  @Allow('pool', 'backbone', 'finance', 'approver')
  @ApiOperation({ summary: 'What a schedule would come to; nothing is written' })
  @ApiOkResponse({ type: SchedulePreviewAnswer })
  preview(
    @Who() who: PersonActor,
    @Param('poolId') poolId: string,
    @Body() body: ScheduleInput,
  ): Promise<SchedulePreviewAnswer> {
    return inTransaction(this.db, who, async (tx) => {
      const pool = await lockPool(tx, poolId);
      const { currency, coalitionId } = pool;
      return toSchedulePreview(
        planGrant(await scheduleOf(tx, pool, body), currency, await coalitionCalendar(tx, coalitionId)),
        currency,
        body.overheadRate,
      );
    });
  }

  @Get('pools/:poolId/grants')
  @Allow('pool', ...overseers)
  @ApiOperation({ summary: 'The grants of a pool' })
  @ApiOkResponse({ type: GrantPage })
  ofPool(
    @Who() who: PersonActor,
    @Param('poolId') poolId: string,
    @Query() query: GrantQuery,
  ): Promise<Page<GrantAnswer>> {
    return this.list(who, { poolId, organisationIds: null }, query);
  }

  @Get('coalitions/:coalitionId/grants')
  @Allow('coalition', ...members)
  @ApiOperation({ summary: 'The grants of a coalition; a partner sees its own' })
  @ApiOkResponse({ type: GrantPage })
  ofCoalition(
    @Who() who: PersonActor,
    @Where() access: Access,
    @Param('coalitionId') coalitionId: string,
    @Query() query: GrantQuery,
  ): Promise<Page<GrantAnswer>> {
    return this.list(who, { coalitionId, organisationIds: ownOnly(access) }, query);
  }

  @Get('grants/:grantId')
  @Allow('grant', ...members)
  @ApiOperation({ summary: 'A grant, its schedule, and whose money has paid it' })
  @ApiOkResponse({ type: GrantWithScheduleAnswer })
  get(@Who() who: PersonActor, @Param('grantId') grantId: string): Promise<GrantWithScheduleAnswer> {
    return inSnapshot(this.db, who, async (tx) => {
      const grant = await readGrant(tx, grantId);
      const shares = await paidBy(tx, grantId);
      return {
        ...toGrantAnswer(grant),
        goals: await goalsOfGrant(tx, grantId),
        instalments: (await instalmentsOfGrant(tx, grantId)).map(toInstalmentAnswer),
        paidBy: shares.map((share) => ({ ...share, amount: moneyAnswer(share.amount, grant.currency) })),
      };
    });
  }

  @Patch('grants/:grantId')
  @Allow('grant', 'backbone')
  @ApiOperation({ summary: 'Change a draft' })
  @ApiOkResponse({ type: GrantAnswer })
  async change(
    @Who() who: PersonActor,
    @Param('grantId') grantId: string,
    @IfMatch() version: number,
    @Body() body: DraftGrant,
  ): Promise<GrantAnswer> {
    return toGrantAnswer(
      await inTransaction(this.db, who, (tx) => this.grants.change(tx, grantId, version, body)),
    );
  }

  @Post('grants/:grantId/propose')
  @HttpCode(200)
  @Allow('grant', 'backbone')
  @ApiOperation({ summary: 'Put a draft to those who award' })
  @ApiOkResponse({ type: GrantAnswer })
  async propose(@Who() who: PersonActor, @Param('grantId') grantId: string): Promise<GrantAnswer> {
    return toGrantAnswer(await inTransaction(this.db, who, (tx) => this.grants.propose(tx, grantId)));
  }

  @Post('grants/:grantId/award')
  @HttpCode(200)
  @Allow('grant', 'approver')
  @ApiOperation({ summary: 'Award a proposed grant: commits money, makes the instalments' })
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiOkResponse({ type: GrantAnswer })
  award(
    @Who() who: PersonActor,
    @Claimed() claim: Claim,
    @Param('grantId') grantId: string,
    @Body() body: AwardGrant,
  ): Promise<GrantAnswer> {
    return once(this.db, who, claim, async (tx) =>
      toGrantAnswer(await this.grants.award(tx, grantId, body.decisionReference, body.decisionId)),
    );
  }

  @Post('grants/:grantId/decline')
  @HttpCode(200)
  @Allow('grant', 'approver')
  @ApiOperation({ summary: 'Decline a proposed grant' })
  @ApiOkResponse({ type: GrantAnswer })
  async decline(
    @Who() who: PersonActor,
    @Param('grantId') grantId: string,
    @Body() body: GiveReason,
  ): Promise<GrantAnswer> {
    return toGrantAnswer(
      await inTransaction(this.db, who, (tx) => this.grants.decline(tx, grantId, body.reason)),
    );
  }

  @Post('grants/:grantId/cancel')
  @HttpCode(200)
  @Allow('grant', 'backbone')
  @ApiOperation({ summary: 'Cancel a grant that is not awarded yet' })
  @ApiOkResponse({ type: GrantAnswer })
  async cancel(
    @Who() who: PersonActor,
    @Param('grantId') grantId: string,
    @Body() body: GiveReason,
  ): Promise<GrantAnswer> {
    return toGrantAnswer(
      await inTransaction(this.db, who, (tx) => this.grants.cancel(tx, grantId, body.reason)),
    );
  }

  private async list(who: PersonActor, scope: GrantScope, query: GrantQuery): Promise<Page<GrantAnswer>> {
    const page = await inSnapshot(this.db, who, (tx: Tx) => listGrants(tx, scope, query));
    return { ...page, items: page.items.map(toGrantAnswer) };
  }
}

/** Someone who sits here for a delivery partner only sees its own grants. */
export const ownOnly = ({ roles, organisationIds }: Access): string[] | null =>
  roles.every((role) => role === 'partner') ? organisationIds : null;
