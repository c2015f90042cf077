import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { PersonActor } from '../../platform/database/actor.js';
import { Database, inSnapshot, inTransaction } from '../../platform/database/database.js';
import { Allow, members } from '../../platform/http/access.js';
import { type Page, pageOf } from '../../platform/http/list.js';
import { Who } from '../../platform/http/request.js';
import {
  BankAccountAnswer,
  BankAccountQuery,
  ProposeBankAccount,
  StopBankAccount,
  toBankAccountAnswer,
} from './bank-account.dto.js';
import { listBankAccounts, readBankAccount } from './bank-accounts.read.js';
import { BankAccountsService } from './bank-accounts.service.js';

const BankAccountPage = pageOf(BankAccountAnswer);

@ApiTags('Bank accounts')
@ApiBearerAuth()
@Controller('api/v1')
export class BankAccountsController {
  constructor(
    private readonly db: Database,
    private readonly accounts: BankAccountsService,
  ) {}

  @Get('organisations/:payeeId/bank-accounts')
  @Allow('payee', ...members)
  @ApiOperation({ summary: 'Where an organisation is paid, and was; a partner sees its own' })
  @ApiOkResponse({ type: BankAccountPage })
  async list(
    @Who() who: PersonActor,
    @Param('payeeId') payeeId: string,
    @Query() query: BankAccountQuery,
  ): Promise<Page<BankAccountAnswer>> {
    const page = await inSnapshot(this.db, who, (tx) => listBankAccounts(tx, payeeId, query));
    return { ...page, items: page.items.map(toBankAccountAnswer) };
  }

  @Post('organisations/:payeeId/bank-accounts')
  @Allow('payee', 'finance', 'backbone', 'partner')
  @ApiOperation({ summary: 'Propose where an organisation is paid; another person approves' })
  @ApiCreatedResponse({ type: BankAccountAnswer })
  propose(
    @Who() who: PersonActor,
    @Param('payeeId') payeeId: string,
    @Body() body: ProposeBankAccount,
  ): Promise<BankAccountAnswer> {
    return inTransaction(this.db, who, async (tx) =>
      toBankAccountAnswer(await this.accounts.propose(tx, payeeId, body)),
    );
  }

  @Get('bank-accounts/:bankAccountId')
  @Allow('bankAccount', ...members)
  @ApiOperation({ summary: 'A bank account, and where it stands' })
  @ApiOkResponse({ type: BankAccountAnswer })
  get(@Who() who: PersonActor, @Param('bankAccountId') id: string): Promise<BankAccountAnswer> {
    return inSnapshot(this.db, who, async (tx) => toBankAccountAnswer(await readBankAccount(tx, id)));
  }

  @Post('bank-accounts/:bankAccountId/stop')
  @HttpCode(200)
  @Allow('bankAccount', 'finance', 'backbone', 'approver', 'partner')
  @ApiOperation({ summary: 'Stop paying to a bank account, at once; one person is enough' })
  @ApiOkResponse({ type: BankAccountAnswer })
  stop(
    @Who() who: PersonActor,
    @Param('bankAccountId') id: string,
    @Body() body: StopBankAccount,
  ): Promise<BankAccountAnswer> {
    return inTransaction(this.db, who, async (tx) =>
      toBankAccountAnswer(await this.accounts.stop(tx, id, body.reason)),
    );
  }
}
