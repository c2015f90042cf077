import { Controller, Get, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { readKeyChoice } from '../decisions/decision-key-field.js';
import { organisationChoices } from '../coalitions/organisation-choices.js';
import { isCurrency } from '../maths/money.js';
import { Database, inSnapshot } from '../platform/database/database.js';
import type { Tx } from '../platform/database/tx.js';
import { Allow, overseers } from '../platform/http/access.js';
import { Integer } from '../platform/http/fields.js';
import { dayText } from '../web/format.js';
import { coalitionPath } from '../web/navigation.js';
import { actorOf, type Heading, Pages, type Refusal, signedInOf } from '../web/pages.js';
import { LockFormPage } from './journal/lock-form.js';
import { ChangePool, LockPeriod, OpenPool } from './pool.dto.js';
import { PoolFormPage } from './pool-form.js';
import { poolHeading } from './pool-heading.js';
import { PoolPage } from './pool-page.js';
import { poolPosition } from './pool-position.js';
import { readPoolOfPage, readPoolView } from './pool-view.js';
import { type PoolInList, PoolsPage } from './pools-page.js';
import { poolColumns, type PoolRow, PoolsService } from './pools.service.js';

/** The form sends everything, and the version it was drawn from. */
class PoolForm extends ChangePool {
  @Integer(1, 1_000_000_000)
  version!: number;
}

const poolsHeading = (title: string, coalitionId: string): Heading => ({
  title,
  section: 'pool',
  crumbs: [{ label: 'Pool', href: coalitionPath(coalitionId, 'pool') }, { label: title }],
});

@Controller()
export class PoolsPages {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
    private readonly pools: PoolsService,
  ) {}

  @Get('coalitions/:coalitionId/pool')
  @Allow('coalition', ...overseers)
  async list(@Res() reply: FastifyReply, @Param('coalitionId') coalitionId: string): Promise<void> {
    const pools = await inSnapshot(this.db, actorOf(reply), (tx) => readPoolsOf(tx, coalitionId));
    const [only] = pools;
    if (only && pools.length === 1) return void (await reply.redirect(`/pools/${only.id}`, 303));
    const heading: Heading = { title: 'Pools', section: 'pool', crumbs: [{ label: 'Pools' }] };
    await this.pages.show(reply, heading, (page) => (
      <PoolsPage page={page} coalitionId={coalitionId} pools={pools} />
    ));
  }

  @Get('coalitions/:coalitionId/pools/new')
  @Allow('coalition', 'backbone', 'finance')
  async form(@Res() reply: FastifyReply, @Param('coalitionId') coalitionId: string): Promise<void> {
    await this.drawNew(reply, coalitionId);
  }

  @Post('coalitions/:coalitionId/pools')
  @Allow('coalition', 'backbone', 'finance')
  async open(@Res() reply: FastifyReply, @Param('coalitionId') coalitionId: string): Promise<void> {
    const { currency } = (reply.request.body ?? {}) as { currency?: unknown };
    await this.pages.submit(reply, {
      input: OpenPool,
      shape: typeof currency === 'string' && isCurrency(currency) ? amountsIn(currency) : undefined,
      work: (tx, input) => this.pools.open(tx, coalitionId, input),
      done: ({ id, name }) => ({ to: `/pools/${id}`, say: `${name} is open.` }),
      again: (refusal) => this.drawNew(reply, coalitionId, refusal),
    });
  }

  @Get('pools/:poolId')
  @Allow('pool', ...overseers)
  async show(@Res() reply: FastifyReply, @Param('poolId') poolId: string): Promise<void> {
    const view = await inSnapshot(this.db, actorOf(reply), (tx) => readPoolView(tx, poolId));
    await this.pages.show(reply, poolHeading(view.pool), (page) => <PoolPage page={page} view={view} />);
  }

  @Get('pools/:poolId/edit')
  @Allow('pool', 'backbone', 'finance')
  async edit(@Res() reply: FastifyReply, @Param('poolId') poolId: string): Promise<void> {
    await this.drawEdit(reply, poolId);
  }

  @Post('pools/:poolId')
  @Allow('pool', 'backbone', 'finance')
  async change(@Res() reply: FastifyReply, @Param('poolId') poolId: string): Promise<void> {
    const { currency } = await inSnapshot(this.db, actorOf(reply), (tx) => this.pools.get(tx, poolId));
    await this.pages.submit(reply, {
      input: PoolForm,
      shape: amountsIn(currency),
      // A field that was emptied is nothing: no host, no reserve, no fee.
      work: (
        tx,
        { version, feeHostId = null, feeBasisPoints = 0, reserve = '0', approvalTiers = [], ...rest },
      ) => {
        const policies = { ...rest, feeHostId, feeBasisPoints, reserve, approvalTiers };
        return this.pools.change(tx, poolId, version, policies);
      },
      done: ({ name }) => ({ to: `/pools/${poolId}`, say: `The policies of ${name} are changed.` }),
      again: (refusal) => this.drawEdit(reply, poolId, refusal),
    });
  }

  @Get('pools/:poolId/lock')
  @Allow('pool', 'finance')
  async lockForm(@Res() reply: FastifyReply, @Param('poolId') poolId: string): Promise<void> {
    await this.drawLock(reply, poolId);
  }

  @Post('pools/:poolId/lock')
  @Allow('pool', 'finance')
  async lock(@Res() reply: FastifyReply, @Param('poolId') poolId: string): Promise<void> {
    const { locale } = signedInOf(reply);
    await this.pages.submit(reply, {
      input: LockPeriod,
      work: async (tx, { through }) => {
        await this.pools.lockThrough(tx, poolId, through);
        return through;
      },
      done: (through) => ({
        to: `/pools/${poolId}`,
        say: `The pool is locked through ${dayText(through, locale)}.`,
      }),
      again: (refusal) => this.drawLock(reply, poolId, refusal),
    });
  }

  private async drawNew(reply: FastifyReply, coalitionId: string, refusal?: Refusal): Promise<void> {
    const organisations = await inSnapshot(this.db, actorOf(reply), (tx) =>
      organisationChoices(tx, coalitionId),
    );
    await this.pages.show(reply, poolsHeading('Open a pool', coalitionId), (page) => (
      <PoolFormPage
        page={page}
        action={`/coalitions/${coalitionId}/pools`}
        cancelHref={coalitionPath(coalitionId, 'pool')}
        organisations={organisations}
        refusal={refusal}
      />
    ));
  }

  private async drawEdit(reply: FastifyReply, poolId: string, refusal?: Refusal): Promise<void> {
    const { pool, organisations, policyKeys } = await inSnapshot(this.db, actorOf(reply), async (tx) => {
      const row = await this.pools.get(tx, poolId);
      const { coalitionId } = row;
      const organisations = await organisationChoices(tx, coalitionId);
      const policyKeys = await readKeyChoice(tx, coalitionId, { kind: 'poolPolicy', id: poolId });
      return { pool: row, organisations, policyKeys };
    });
    await this.pages.show(reply, poolHeading(pool, 'Change the policies'), (page) => (
      <PoolFormPage
        page={page}
        action={`/pools/${poolId}`}
        cancelHref={`/pools/${poolId}`}
        organisations={organisations}
        pool={pool}
        policyKeys={policyKeys}
        refusal={refusal}
      />
    ));
  }

  private async drawLock(reply: FastifyReply, poolId: string, refusal?: Refusal): Promise<void> {
    const pool = await inSnapshot(this.db, actorOf(reply), (tx) => readPoolOfPage(tx, poolId));
    await this.pages.show(reply, poolHeading(pool, 'Lock a period'), (page) => (
      <LockFormPage page={page} pool={pool} refusal={refusal} />
    ));
  }
}

const amountsIn = (currency: string) => ({
  amounts: { reserve: currency, 'approvalTiers[].above': currency },
});

async function readPoolsOf(tx: Tx, coalitionId: string): Promise<PoolInList[]> {
  const pools = await tx.rows<PoolRow>(
    `SELECT ${poolColumns} FROM pools WHERE coalition_id = $1 ORDER BY created_at, id`,
    [coalitionId],
  );
  const listed: PoolInList[] = [];
  for (const pool of pools) listed.push({ ...pool, position: await poolPosition(tx, pool.id) });
  return listed;
}
