import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ownOnly } from '../../grants/grants.controller.js';
import type { PersonActor } from '../../platform/database/actor.js';
import { Database, inSnapshot, inTransaction } from '../../platform/database/database.js';
import type { Tx } from '../../platform/database/tx.js';
import { Allow, members } from '../../platform/http/access.js';
import { type Page, pageOf } from '../../platform/http/list.js';
import { type Access, IfMatch, Where, Who } from '../../platform/http/request.js';
import {
  ActivateBond,
  BondAnswer,
  BondQuery,
  BondWithContractAnswer,
  CancelBond,
  ChangeBondDraft,
  DraftBond,
  ReviseBond,
  TermsProblemsAnswer,
  toBondAnswer,
  toBondWithContract,
  toProblemAnswer,
} from './bond.dto.js';
import { listBonds } from './bonds.read.js';
import { BondsService } from './bonds.service.js';
import { type ContractView, readContract } from './contract-view.js';
import { SigningService } from './signing.service.js';

const BondPage = pageOf(BondAnswer);

@ApiTags('Bonds')
@ApiBearerAuth()
@Controller('api/v1')
export class BondsController {
  constructor(
    private readonly db: Database,
    private readonly bonds: BondsService,
    private readonly signing: SigningService,
  ) {}

  @Post('coalitions/:coalitionId/bonds')
  @Allow('coalition', 'backbone', 'finance')
  @ApiOperation({ summary: 'Draft a bond with the first version of its contract; it may be incomplete' })
  @ApiCreatedResponse({ type: BondWithContractAnswer })
  draft(
    @Who() who: PersonActor,
    @Param('coalitionId') coalitionId: string,
    @Body() body: DraftBond,
  ): Promise<BondWithContractAnswer> {
    return this.does(who, (tx) => this.bonds.draft(tx, coalitionId, body));
  }

  @Get('coalitions/:coalitionId/bonds')
  @Allow('coalition', ...members)
  @ApiOperation({ summary: 'The bonds of a coalition; a partner sees those it provides for' })
  @ApiOkResponse({ type: BondPage })
  async list(
    @Who() who: PersonActor,
    @Where() access: Access,
    @Param('coalitionId') coalitionId: string,
    @Query() query: BondQuery,
  ): Promise<Page<BondAnswer>> {
    const scope = { coalitionId, providerIds: ownOnly(access) };
    const page = await inSnapshot(this.db, who, (tx) => listBonds(tx, scope, query));
    return { ...page, items: page.items.map(toBondAnswer) };
  }

  @Get('bonds/:bondId')
  @Allow('bond', ...members)
  @ApiOperation({
    summary: 'A bond: its parties, every version of its contract, and what a draft still lacks',
  })
  @ApiOkResponse({ type: BondWithContractAnswer })
  async get(@Who() who: PersonActor, @Param('bondId') bondId: string): Promise<BondWithContractAnswer> {
    return toBondWithContract(await inSnapshot(this.db, who, (tx) => readContract(tx, bondId)));
  }

  @Get('bonds/:bondId/problems')
  @Allow('bond', ...members)
  @ApiOperation({ summary: 'What stands in the way of proposing the version that is drafted' })
  @ApiOkResponse({ type: TermsProblemsAnswer })
  async problems(@Who() who: PersonActor, @Param('bondId') bondId: string): Promise<TermsProblemsAnswer> {
    const { problems } = await inSnapshot(this.db, who, (tx) => readContract(tx, bondId));
    return { items: problems.map(toProblemAnswer) };
  }

  @Patch('bonds/:bondId')
  @Allow('bond', 'backbone', 'finance')
  @ApiOperation({ summary: 'Change the version that is drafted' })
  @ApiOkResponse({ type: BondWithContractAnswer })
  change(
    @Who() who: PersonActor,
    @Param('bondId') bondId: string,
    @IfMatch() version: number,
    @Body() body: ChangeBondDraft,
  ): Promise<BondWithContractAnswer> {
    return this.does(who, (tx) => this.bonds.change(tx, bondId, version, body));
  }

  @Post('bonds/:bondId/versions')
  @Allow('bond', 'backbone', 'finance')
  @ApiOperation({ summary: 'Draft another version: an amendment, or another try at what was rejected' })
  @ApiCreatedResponse({ type: BondWithContractAnswer })
  revise(
    @Who() who: PersonActor,
    @Param('bondId') bondId: string,
    @Body() body: ReviseBond,
  ): Promise<BondWithContractAnswer> {
    return this.does(who, (tx) => this.bonds.revise(tx, bondId, body));
  }

  @Delete('bonds/:bondId/draft')
  @Allow('bond', 'backbone', 'finance')
  @ApiOperation({ summary: 'Throw an amendment away that was not proposed' })
  @ApiOkResponse({ type: BondWithContractAnswer })
  discard(@Who() who: PersonActor, @Param('bondId') bondId: string): Promise<BondWithContractAnswer> {
    return this.does(who, (tx) => this.bonds.discard(tx, bondId));
  }

  @Post('bonds/:bondId/propose')
  @HttpCode(200)
  @Allow('bond', 'backbone', 'finance')
  @ApiOperation({ summary: 'Put the version that is drafted to the approvers' })
  @ApiOkResponse({ type: BondWithContractAnswer })
  propose(@Who() who: PersonActor, @Param('bondId') bondId: string): Promise<BondWithContractAnswer> {
    return this.does(who, (tx) => this.signing.propose(tx, bondId));
  }

  @Post('bonds/:bondId/activate')
  @HttpCode(200)
  @Allow('bond', 'backbone', 'finance')
  @ApiOperation({ summary: 'Set a signed contract in force: outcomes may be claimed' })
  @ApiOkResponse({ type: BondWithContractAnswer })
  activate(
    @Who() who: PersonActor,
    @Param('bondId') bondId: string,
    @Body() body: ActivateBond,
  ): Promise<BondWithContractAnswer> {
    return this.does(who, (tx) => this.bonds.activate(tx, bondId, body));
  }

  @Post('bonds/:bondId/cancel')
  @HttpCode(200)
  @Allow('bond', 'backbone', 'finance')
  @ApiOperation({ summary: 'Cancel a bond of which nothing is signed' })
  @ApiOkResponse({ type: BondWithContractAnswer })
  cancel(
    @Who() who: PersonActor,
    @Param('bondId') bondId: string,
    @Body() body: CancelBond,
  ): Promise<BondWithContractAnswer> {
    return this.does(who, (tx) => this.bonds.cancel(tx, bondId, body.reason));
  }

  private async does(
    who: PersonActor,
    work: (tx: Tx) => Promise<ContractView>,
  ): Promise<BondWithContractAnswer> {
    return toBondWithContract(await inTransaction(this.db, who, work));
  }
}
