import { Controller, Get, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Database, inSnapshot } from '../platform/database/database.js';
import { Allow, AnyPerson, overseers } from '../platform/http/access.js';
import { type Access, Where } from '../platform/http/request.js';
import { coalitionPath } from '../web/navigation.js';
import { readQuery } from '../web/read-query.js';
import { actorOf, type Next, Pages, type Refusal, signedInOf } from '../web/pages.js';
import {
  ApprovalQuery,
  ApproveContent,
  RejectContent,
  UnlockPeriod,
  WithdrawRequest,
} from '../pools/approvals/approval.dto.js';
import { ApprovalDesk } from '../pools/approvals/approval-desk.service.js';
import { AllApprovalsPage } from './all-approvals-page.js';
import { ApprovalPage, titleOf } from './approval-page.js';
import { readApprovalView } from './approval-view.js';
import { ApprovalsPage } from './approvals-page.js';
import { listApprovals, readInbox } from '../pools/approvals/approvals.read.js';
import { type Approval, ApprovalsService } from '../pools/approvals/approvals.service.js';
import { runPools } from './payment-run.js';
import { PeriodUnlocksService } from '../pools/approvals/period-unlocks.service.js';
import { UnlockPage } from './unlock-page.js';

const inbox = { label: 'Approvals', href: '/approvals' };

@Controller()
export class ApprovalsPages {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
    private readonly approvals: ApprovalsService,
    private readonly desk: ApprovalDesk,
    private readonly unlocks: PeriodUnlocksService,
  ) {}

  @Get('approvals')
  @AnyPerson()
  async inbox(@Res() reply: FastifyReply): Promise<void> {
    const actor = actorOf(reply);
    const found = await inSnapshot(this.db, actor, (tx) => readInbox(tx, actor.personId));
    await this.pages.show(reply, { title: 'Approvals', crumbs: [{ label: 'Approvals' }] }, (page) => (
      <ApprovalsPage page={page} inbox={found} />
    ));
  }

  @Get('approvals/all')
  @AnyPerson()
  async all(@Res() reply: FastifyReply): Promise<void> {
    const actor = actorOf(reply);
    const query = await readQuery(reply, ApprovalQuery);
    const view = await inSnapshot(this.db, actor, async (tx) => ({
      query,
      approvals: await listApprovals(tx, { overseenBy: actor.personId }, query),
    }));
    const crumbs = [{ label: 'Approvals', href: '/approvals' }, { label: 'All requests' }];
    await this.pages.show(reply, { title: 'All requests', crumbs }, (page) => (
      <AllApprovalsPage page={page} view={view} />
    ));
  }

  @Get('approvals/:approvalId')
  @Allow('approval', ...overseers)
  async show(@Res() reply: FastifyReply, @Param('approvalId') approvalId: string): Promise<void> {
    await this.draw(reply, approvalId);
  }

  @Post('approvals/:approvalId/approve')
  @Allow('approval', ...overseers)
  async approve(@Res() reply: FastifyReply, @Param('approvalId') approvalId: string): Promise<void> {
    await this.pages.submit(reply, {
      input: ApproveContent,
      money: true,
      work: async (tx, { contentHash }) => outcome(await this.desk.approve(tx, approvalId, contentHash)),
      done: ({ summary, missing }) => ({
        to: '/approvals',
        say: missing > 0 ? `${summary}: approved. ${missing} more must approve.` : `${summary}: approved.`,
      }),
      again: (refusal) => this.draw(reply, approvalId, { ...refusal, of: 'approve' }),
    });
  }

  @Post('approvals/:approvalId/reject')
  @Allow('approval', ...overseers)
  async reject(@Res() reply: FastifyReply, @Param('approvalId') approvalId: string): Promise<void> {
    await this.pages.submit(reply, {
      input: RejectContent,
      money: true,
      work: async (tx, { contentHash, reason }) =>
        outcome(await this.desk.reject(tx, approvalId, contentHash, reason)),
      done: ({ summary }): Next => ({ to: '/approvals', say: `${summary}: rejected.` }),
      again: (refusal) => this.draw(reply, approvalId, { ...refusal, of: 'reject' }),
    });
  }

  @Post('approvals/:approvalId/withdraw')
  @Allow('approval', 'finance', 'backbone')
  async withdraw(@Res() reply: FastifyReply, @Param('approvalId') approvalId: string): Promise<void> {
    await this.pages.submit(reply, {
      input: WithdrawRequest,
      money: true,
      work: async (tx, { reason }) => outcome(await this.desk.withdraw(tx, approvalId, reason)),
      done: ({ summary }): Next => ({ to: '/approvals', say: `${summary}: taken back.` }),
      again: (refusal) => this.draw(reply, approvalId, { ...refusal, of: 'withdraw' }),
    });
  }

  @Get('pools/:poolId/unlock')
  @Allow('pool', 'finance')
  async unlockForm(
    @Res() reply: FastifyReply,
    @Where() { coalitionId }: Access,
    @Param('poolId') poolId: string,
  ): Promise<void> {
    await this.drawUnlock(reply, coalitionId, poolId);
  }

  @Post('pools/:poolId/unlock')
  @Allow('pool', 'finance')
  async unlock(
    @Res() reply: FastifyReply,
    @Where() { coalitionId }: Access,
    @Param('poolId') poolId: string,
  ): Promise<void> {
    await this.pages.submit(reply, {
      input: UnlockPeriod,
      money: true,
      work: async (tx, { through = null, reason }) => {
        const { id } = await this.unlocks.ask(tx, poolId, through, reason);
        return { id };
      },
      done: ({ id }) => ({ to: `/approvals/${id}`, say: 'Asked for. Somebody else approves it now.' }),
      again: (refusal) => this.drawUnlock(reply, coalitionId, poolId, refusal),
    });
  }

  private async draw(
    reply: FastifyReply,
    approvalId: string,
    refusal?: Refusal & { of: 'approve' | 'reject' | 'withdraw' },
  ): Promise<void> {
    const { actor, locale } = signedInOf(reply);
    const view = await inSnapshot(this.db, actor, async (tx) =>
      readApprovalView(tx, await this.approvals.get(tx, approvalId), actor.personId),
    );
    const title = titleOf(view, locale);
    await this.pages.show(
      reply,
      {
        title,
        section: 'payments',
        crumbs: [inbox, { label: title }],
        about: { kind: 'approval', id: approvalId },
      },
      (page) => <ApprovalPage page={page} view={view} refusal={refusal} />,
    );
  }

  private async drawUnlock(
    reply: FastifyReply,
    coalitionId: string,
    poolId: string,
    refusal?: Refusal,
  ): Promise<void> {
    const pools = await inSnapshot(this.db, actorOf(reply), (tx) => runPools(tx, coalitionId));
    const pool = pools.find(({ id }) => id === poolId)!;
    const crumbs = [
      { label: 'Pool', href: coalitionPath(coalitionId, 'pool') },
      { label: pool.name, href: `/pools/${poolId}` },
      { label: 'Unlock' },
    ];
    await this.pages.show(reply, { title: `Unlock ${pool.name}`, section: 'pool', crumbs }, (page) => (
      <UnlockPage page={page} pool={pool} refusal={refusal} />
    ));
  }
}

/** What came of a decision, in plain values: a form that is sent twice is answered with the same words. */
const outcome = ({ summary, required, given, state }: Approval) => ({
  summary,
  missing: state === 'open' ? required - given : 0,
});
