import { Controller, Get, Inject, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { coalitionCalendar } from '../../coalitions/coalition.js';
import type { Config } from '../../platform/config/config.js';
import { Database, inSnapshot } from '../../platform/database/database.js';
import type { Tx } from '../../platform/database/tx.js';
import { notFound } from '../../platform/errors/domain-error.js';
import { Allow, members } from '../../platform/http/access.js';
import { type Access, Where } from '../../platform/http/request.js';
import { CONFIG } from '../../platform/tokens.js';
import { coalitionPath } from '../../web/navigation.js';
import { actorOf, type Heading, Pages, type Refusal } from '../../web/pages.js';
import { ProposeBankAccount, StopBankAccount } from './bank-account.dto.js';
import { BankAccountFormPage } from './bank-account-form.js';
import { BankAccountsPage } from './bank-accounts-page.js';
import { listBankAccounts, readBankAccount } from './bank-accounts.read.js';
import { BankAccountsService } from './bank-accounts.service.js';

interface Payee {
  id: string;
  name: string;
}

const mostShown = 100;

@Controller()
export class BankAccountsPages {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
    private readonly accounts: BankAccountsService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get('organisations/:payeeId/bank-accounts')
  @Allow('payee', ...members)
  async list(
    @Res() reply: FastifyReply,
    @Where() access: Access,
    @Param('payeeId') payeeId: string,
  ): Promise<void> {
    await this.draw(reply, access, payeeId);
  }

  @Get('organisations/:payeeId/bank-accounts/new')
  @Allow('payee', 'finance', 'backbone', 'partner')
  async form(
    @Res() reply: FastifyReply,
    @Where() access: Access,
    @Param('payeeId') payeeId: string,
  ): Promise<void> {
    await this.drawForm(reply, access, payeeId);
  }

  @Post('organisations/:payeeId/bank-accounts')
  @Allow('payee', 'finance', 'backbone', 'partner')
  async propose(
    @Res() reply: FastifyReply,
    @Where() access: Access,
    @Param('payeeId') payeeId: string,
  ): Promise<void> {
    await this.pages.submit(reply, {
      input: ProposeBankAccount,
      work: (tx, input) => this.accounts.propose(tx, payeeId, input),
      done: () => ({
        to: `/organisations/${payeeId}/bank-accounts`,
        say: 'Proposed. Somebody else approves it now, and the payee is told.',
      }),
      again: (refusal) => this.drawForm(reply, access, payeeId, refusal),
    });
  }

  @Post('bank-accounts/:bankAccountId/stop')
  @Allow('bankAccount', 'finance', 'backbone', 'approver', 'partner')
  async stop(
    @Res() reply: FastifyReply,
    @Where() access: Access,
    @Param('bankAccountId') id: string,
  ): Promise<void> {
    const { organisationId } = await inSnapshot(this.db, actorOf(reply), (tx) => readBankAccount(tx, id));
    await this.pages.submit(reply, {
      input: StopBankAccount,
      work: (tx, { reason }) => this.accounts.stop(tx, id, reason),
      done: () => ({
        to: `/organisations/${organisationId}/bank-accounts`,
        say: 'Stopped: nothing is paid to that account any more.',
      }),
      again: (refusal) => this.draw(reply, access, organisationId, { ...refusal, of: id }),
    });
  }

  private async draw(
    reply: FastifyReply,
    { coalitionId }: Access,
    payeeId: string,
    refusal?: Refusal & { of: string },
  ): Promise<void> {
    const view = await inSnapshot(this.db, actorOf(reply), async (tx) => ({
      payee: await readPayee(tx, payeeId),
      accounts: await listBankAccounts(tx, payeeId, { limit: mostShown }),
      coolingOffDays: this.config.bankAccountCoolingOffDays,
      ...(await coalitionCalendar(tx, coalitionId)),
    }));
    await this.pages.show(reply, headingOf(coalitionId, view.payee), (page) => (
      <BankAccountsPage page={page} view={view} refusal={refusal} />
    ));
  }

  private async drawForm(
    reply: FastifyReply,
    { coalitionId }: Access,
    payeeId: string,
    refusal?: Refusal,
  ): Promise<void> {
    const payee = await inSnapshot(this.db, actorOf(reply), (tx) => readPayee(tx, payeeId));
    const coolingOffDays = this.config.bankAccountCoolingOffDays;
    await this.pages.show(reply, headingOf(coalitionId, payee, 'Propose an account'), (page) => (
      <BankAccountFormPage page={page} payee={payee} coolingOffDays={coolingOffDays} refusal={refusal} />
    ));
  }
}

async function readPayee(tx: Tx, id: string): Promise<Payee> {
  const payee = await tx.row<Payee>(`SELECT id, name FROM organisations WHERE id = $1`, [id]);
  if (!payee) throw notFound('organisation');
  return payee;
}

function headingOf(coalitionId: string, payee: Payee, form?: string): Heading {
  const home = `/organisations/${payee.id}/bank-accounts`;
  return {
    title: form ?? `Bank accounts of ${payee.name}`,
    section: 'people',
    crumbs: [
      { label: 'Organisations', href: `${coalitionPath(coalitionId, 'people')}/organisations` },
      { label: payee.name, href: `/organisations/${payee.id}` },
      ...(form ? [{ label: 'Bank accounts', href: home }, { label: form }] : [{ label: 'Bank accounts' }]),
    ],
  };
}
