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
import { Allow, AnyPerson, overseers } from '../../platform/http/access.js';
import { type Page, pageOf } from '../../platform/http/list.js';
import { once } from '../../platform/http/once.js';
import { type Claim, Claimed, Who } from '../../platform/http/request.js';
import {
  ApprovalAnswer,
  ApprovalQuery,
  ApproveContent,
  RejectContent,
  toApprovalAnswer,
  UnlockPeriod,
  WithdrawRequest,
} from './approval.dto.js';
import { ApprovalDesk } from './approval-desk.service.js';
import { listApprovals } from './approvals.read.js';
import { ApprovalsService } from './approvals.service.js';
import { PeriodUnlocksService } from './period-unlocks.service.js';

const ApprovalPage = pageOf(ApprovalAnswer);

@ApiTags('Approvals')
@ApiBearerAuth()
@Controller('api/v1')
export class ApprovalsController {
  constructor(
    private readonly db: Database,
    private readonly approvals: ApprovalsService,
    private readonly desk: ApprovalDesk,
    private readonly unlocks: PeriodUnlocksService,
  ) {}

  @Get('approvals')
  @AnyPerson()
  @ApiOperation({ summary: 'What was asked for in all my coalitions, oldest first; a partner sees none' })
  @ApiOkResponse({ type: ApprovalPage })
  async mine(@Who() who: PersonActor, @Query() query: ApprovalQuery): Promise<Page<ApprovalAnswer>> {
    const page = await inSnapshot(this.db, who, (tx) =>
      listApprovals(tx, { overseenBy: who.personId }, query),
    );
    return { ...page, items: page.items.map(toApprovalAnswer) };
  }

  @Get('coalitions/:coalitionId/approvals')
  @Allow('coalition', ...overseers)
  @ApiOperation({ summary: 'What was asked for in a coalition' })
  @ApiOkResponse({ type: ApprovalPage })
  async ofCoalition(
    @Who() who: PersonActor,
    @Param('coalitionId') coalitionId: string,
    @Query() query: ApprovalQuery,
  ): Promise<Page<ApprovalAnswer>> {
    const page = await inSnapshot(this.db, who, (tx) => listApprovals(tx, { coalitionId }, query));
    return { ...page, items: page.items.map(toApprovalAnswer) };
  }

  @Get('approvals/:approvalId')
  @Allow('approval', ...overseers)
  @ApiOperation({ summary: 'What was asked for, exactly' })
  @ApiOkResponse({ type: ApprovalAnswer })
  async get(@Who() who: PersonActor, @Param('approvalId') approvalId: string): Promise<ApprovalAnswer> {
    return toApprovalAnswer(await inSnapshot(this.db, who, (tx) => this.approvals.get(tx, approvalId)));
  }

  @Post('approvals/:approvalId/approve')
  @HttpCode(200)
  @Allow('approval', ...overseers)
  @ApiOperation({ summary: 'Approve what somebody else asked for' })
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiOkResponse({ type: ApprovalAnswer })
  approve(
    @Who() who: PersonActor,
    @Claimed() claim: Claim,
    @Param('approvalId') approvalId: string,
    @Body() body: ApproveContent,
  ): Promise<ApprovalAnswer> {
    return once(this.db, who, claim, async (tx) =>
      toApprovalAnswer(await this.desk.approve(tx, approvalId, body.contentHash)),
    );
  }

  @Post('approvals/:approvalId/reject')
  @HttpCode(200)
  @Allow('approval', ...overseers)
  @ApiOperation({ summary: 'Reject what somebody else asked for, with a reason' })
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiOkResponse({ type: ApprovalAnswer })
  reject(
    @Who() who: PersonActor,
    @Claimed() claim: Claim,
    @Param('approvalId') approvalId: string,
    @Body() body: RejectContent,
  ): Promise<ApprovalAnswer> {
    return once(this.db, who, claim, async (tx) =>
      toApprovalAnswer(await this.desk.reject(tx, approvalId, body.contentHash, body.reason)),
    );
  }

  @Post('approvals/:approvalId/withdraw')
  @HttpCode(200)
  @Allow('approval', 'finance', 'backbone')
  @ApiOperation({ summary: 'Take back what I asked for' })
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiOkResponse({ type: ApprovalAnswer })
  withdraw(
    @Who() who: PersonActor,
    @Claimed() claim: Claim,
    @Param('approvalId') approvalId: string,
    @Body() body: WithdrawRequest,
  ): Promise<ApprovalAnswer> {
    return once(this.db, who, claim, async (tx) =>
      toApprovalAnswer(await this.desk.withdraw(tx, approvalId, body.reason)),
    );
  }

  @Post('pools/:poolId/unlock')
  @Allow('pool', 'finance')
  @ApiOperation({ summary: 'Ask to move the lock of a pool back; another person approves' })
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiCreatedResponse({ type: ApprovalAnswer })
  unlock(
    @Who() who: PersonActor,
    @Claimed() claim: Claim,
    @Param('poolId') poolId: string,
    @Body() body: UnlockPeriod,
  ): Promise<ApprovalAnswer> {
    return once(this.db, who, claim, async (tx) =>
      toApprovalAnswer(await this.unlocks.ask(tx, poolId, body.through ?? null, body.reason)),
    );
  }
}
