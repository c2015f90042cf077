import { Controller, Get, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { coalitionCalendar } from '../../coalitions/coalition.js';
import { Database, inSnapshot } from '../../platform/database/database.js';
import { Allow } from '../../platform/http/access.js';
import { coalitionPath } from '../../web/navigation.js';
import { actorOf, Pages, type Refusal } from '../../web/pages.js';
import { ProposePoolAccount } from './pool-account.dto.js';
import { PoolAccountPage, type PoolAccountView } from './pool-account-page.js';
import { listPoolAccounts } from './pool-accounts.read.js';
import { PoolAccountsService } from './pool-accounts.service.js';

const mostShown = 50;

@Controller()
export class PoolAccountsPages {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
    private readonly poolAccounts: PoolAccountsService,
  ) {}

  @Get('pools/:poolId/bank-account')
  @Allow('pool', 'finance', 'approver')
  async show(@Res() reply: FastifyReply, @Param('poolId') poolId: string): Promise<void> {
    await this.draw(reply, poolId);
  }

  @Post('pools/:poolId/bank-account')
  @Allow('pool', 'finance')
  async propose(@Res() reply: FastifyReply, @Param('poolId') poolId: string): Promise<void> {
    await this.pages.submit(reply, {
      input: ProposePoolAccount,
      work: (tx, input) => this.poolAccounts.propose(tx, poolId, input),
      done: () => ({ to: `/pools/${poolId}/bank-account`, say: 'Proposed. Somebody else approves it now.' }),
      again: (refusal) => this.draw(reply, poolId, refusal),
    });
  }

  private async draw(reply: FastifyReply, poolId: string, refusal?: Refusal): Promise<void> {
    const view = await inSnapshot(this.db, actorOf(reply), async (tx): Promise<PoolAccountView> => {
      const pool = (await tx.row<PoolAccountView['pool']>(
        `SELECT id, name, coalition_id AS "coalitionId" FROM pools WHERE id = $1`,
        [poolId],
      ))!;
      return {
        pool,
        accounts: await listPoolAccounts(tx, poolId, { limit: mostShown }),
        ...(await coalitionCalendar(tx, pool.coalitionId)),
      };
    });
    const { pool } = view;
    const crumbs = [
      { label: 'Pool', href: coalitionPath(pool.coalitionId, 'pool') },
      { label: pool.name, href: `/pools/${poolId}` },
      { label: 'Bank account' },
    ];
    await this.pages.show(
      reply,
      { title: `The account of ${pool.name}`, section: 'pool', crumbs },
      (page) => <PoolAccountPage page={page} view={view} refusal={refusal} />,
    );
  }
}
