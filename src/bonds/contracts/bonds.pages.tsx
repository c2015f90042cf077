import { Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { coalitionCalendar } from '../../coalitions/coalition.js';
import { ownOnly } from '../../grants/grants.controller.js';
import { historyOf } from '../../platform/audit/history.js';
import { Database, inSnapshot } from '../../platform/database/database.js';
import type { Tx } from '../../platform/database/tx.js';
import { notFound } from '../../platform/errors/domain-error.js';
import { Allow, members } from '../../platform/http/access.js';
import { type Access, Where } from '../../platform/http/request.js';
import { actorOf, Pages, type Refusal } from '../../web/pages.js';
import { ActivateBond, BondQuery, CancelBond, GiveRevisionReason, VersionsQuery } from './bond.dto.js';
import { bondHeading } from './bond-frame.js';
import { countBonds, listBonds, providersOf } from './bonds.read.js';
import { BondsPage, type BondsView } from './bonds-page.js';
import { BondsService } from './bonds.service.js';
import { ContractPage, type ContractPageProps, type ContractPageView } from './contract-page.js';
import { type ContractView, readContract } from './contract-view.js';
import { SigningService } from './signing.service.js';
import { VersionsPage } from './versions-page.js';

@Controller()
export class BondsPages {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
    private readonly bonds: BondsService,
    private readonly signing: SigningService,
  ) {}

  @Get('coalitions/:coalitionId/bonds')
  @Allow('coalition', ...members)
  async list(@Res() reply: FastifyReply, @Where() access: Access, @Query() query: BondQuery): Promise<void> {
    const view = await inSnapshot(this.db, actorOf(reply), (tx) => readBondsView(tx, access, query));
    const heading = { title: 'Bonds', section: 'bonds' as const, crumbs: [{ label: 'Bonds' }] };
    await this.pages.show(reply, heading, (page) => <BondsPage page={page} view={view} />);
  }

  @Get('bonds/:bondId')
  @Allow('bond', ...members)
  async show(@Res() reply: FastifyReply, @Param('bondId') bondId: string): Promise<void> {
    await this.draw(reply, bondId);
  }

  @Get('bonds/:bondId/versions')
  @Allow('bond', ...members)
  async versions(
    @Res() reply: FastifyReply,
    @Param('bondId') bondId: string,
    @Query() query: VersionsQuery,
  ): Promise<void> {
    const view = await inSnapshot(this.db, actorOf(reply), (tx) => readContract(tx, bondId));
    const to = view.versions.find(({ number }) => number === (query.to ?? number));
    const from = view.versions.find(({ number, state }) =>
      query.from === undefined ? number < (to?.number ?? 0) && state === 'signed' : number === query.from,
    );
    if (!from || !to) throw notFound('version of a contract');
    await this.pages.show(reply, bondHeading(view.bond, 'What changed'), (page) => (
      <VersionsPage page={page} view={view} from={from} to={to} />
    ));
  }

  @Post('bonds/:bondId/propose')
  @Allow('bond', 'backbone', 'finance')
  async propose(@Res() reply: FastifyReply, @Param('bondId') bondId: string): Promise<void> {
    await this.press(
      reply,
      bondId,
      (tx) => this.signing.propose(tx, bondId),
      (reference) => `${reference} is proposed. Others approve it now.`,
    );
  }

  @Post('bonds/:bondId/discard')
  @Allow('bond', 'backbone', 'finance')
  async discard(@Res() reply: FastifyReply, @Param('bondId') bondId: string): Promise<void> {
    await this.press(
      reply,
      bondId,
      (tx) => this.bonds.discard(tx, bondId),
      (reference) => `The amendment of ${reference} is thrown away. What was signed holds.`,
    );
  }

  @Post('bonds/:bondId/revise')
  @Allow('bond', 'backbone', 'finance')
  async revise(@Res() reply: FastifyReply, @Param('bondId') bondId: string): Promise<void> {
    await this.pages.submit(reply, {
      input: GiveRevisionReason,
      work: (tx, input) => this.bonds.revise(tx, bondId, input),
      done: () => ({ to: `/bonds/${bondId}/edit`, say: 'A version is drafted. Change what is to change.' }),
      again: (refusal) => this.draw(reply, bondId, { ...refusal, of: 'revise' }),
    });
  }

  @Post('bonds/:bondId/activate')
  @Allow('bond', 'backbone', 'finance')
  async activate(@Res() reply: FastifyReply, @Param('bondId') bondId: string): Promise<void> {
    await this.pages.submit(reply, {
      input: ActivateBond,
      work: (tx, input) => this.bonds.activate(tx, bondId, input),
      done: ({ bond }) => ({
        to: `/bonds/${bondId}`,
        say: `${bond.reference} is active. Outcomes may be claimed.`,
      }),
      again: (refusal) => this.draw(reply, bondId, { ...refusal, of: 'activate' }),
    });
  }

  @Post('bonds/:bondId/cancel')
  @Allow('bond', 'backbone', 'finance')
  async cancel(@Res() reply: FastifyReply, @Param('bondId') bondId: string): Promise<void> {
    await this.pages.submit(reply, {
      input: CancelBond,
      work: (tx, { reason }) => this.bonds.cancel(tx, bondId, reason),
      done: ({ bond }) => ({ to: `/bonds/${bondId}`, say: `${bond.reference} is cancelled.` }),
      again: (refusal) => this.draw(reply, bondId, { ...refusal, of: 'cancel' }),
    });
  }

  private async press(
    reply: FastifyReply,
    bondId: string,
    work: (tx: Tx) => Promise<ContractView>,
    say: (reference: string) => string,
  ): Promise<void> {
    const address = `/bonds/${bondId}`;
    await this.pages.press(reply, {
      work,
      done: ({ bond }) => ({ to: address, say: say(bond.reference) }),
      back: address,
    });
  }

  private async draw(
    reply: FastifyReply,
    bondId: string,
    refusal?: Refusal & Pick<NonNullable<ContractPageProps['refusal']>, 'of'>,
  ): Promise<void> {
    const view = await inSnapshot(this.db, actorOf(reply), (tx) => readContractPage(tx, bondId));
    await this.pages.show(reply, bondHeading(view.bond), (page) => (
      <ContractPage page={page} view={view} refusal={refusal} />
    ));
  }
}

async function readContractPage(tx: Tx, bondId: string): Promise<ContractPageView> {
  const contract = await readContract(tx, bondId);
  const { today, timeZone } = await coalitionCalendar(tx, contract.bond.coalitionId);
  return { ...contract, today, timeZone, history: await historyOf(tx, { kind: 'bond', id: bondId }) };
}

async function readBondsView(tx: Tx, access: Access, query: BondQuery): Promise<BondsView> {
  const { coalitionId } = access;
  const scope = { coalitionId, providerIds: ownOnly(access) };
  return {
    coalitionId,
    bonds: await listBonds(tx, scope, query),
    counts: await countBonds(tx, scope),
    query,
    providers: await providersOf(tx, scope),
    pools: await tx.rows(`SELECT id, name FROM pools WHERE coalition_id = $1 ORDER BY created_at, id`, [
      coalitionId,
    ]),
    today: (await coalitionCalendar(tx, coalitionId)).today,
  };
}
