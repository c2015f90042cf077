import { Inject, Injectable } from '@nestjs/common';
import { v7 as newId } from 'uuid';
import { coalitionCalendar } from '../../coalitions/coalition.js';
import { audit } from '../../platform/audit/audit.js';
import type { Config } from '../../platform/config/config.js';
import type { Tx } from '../../platform/database/tx.js';
import { DomainError, notFound } from '../../platform/errors/domain-error.js';
import { CONFIG } from '../../platform/tokens.js';
import { type ApprovalHandler, CarriesOut } from '../../pools/approvals/approval-handlers.js';
import { type Approval, ApprovalsService } from '../../pools/approvals/approvals.service.js';
import { maskedIban } from '../../pools/approvals/masked-content.js';
import { readAccount, requireStoppable, usableFrom } from './bank-account.rules.js';
import type { ProposeBankAccount } from './bank-account.dto.js';
import { accountsInUse, type BankAccount, type PayeeAccount, readBankAccount } from './bank-accounts.read.js';
import { tellPayee } from './bank-account-letters.js';

interface Payee {
  id: string;
  coalitionId: string;
  name: string;
}

/**
 * Where payees are paid. That is where fraud happens: a change takes a second person, then days in which nobody is
 * paid to it, and those who spoke for the payee before are told of it at once.
 */
@Injectable()
@CarriesOut('bankAccount')
export class BankAccountsService implements ApprovalHandler {
  constructor(
    private readonly approvals: ApprovalsService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Proposes an account for a payee: a first one, or another from now on. Somebody else approves it.
   * @throws ruleBroken naming the field; stateForbids while another proposal waits
   */
  async propose(tx: Tx, organisationId: string, command: ProposeBankAccount): Promise<BankAccount> {
    const payee = await lockPayee(tx, organisationId);
    const details = readAccount(command);
    await refuseSecondProposal(tx, organisationId);
    const { today } = await coalitionCalendar(tx, payee.coalitionId);
    const now = (await accountsInUse(tx, [organisationId], today)).get(organisationId);
    if (now && now.iban === details.iban && now.bic === details.bic && now.name === details.name) {
      throw new DomainError('alreadyExists', `${payee.name} is paid to this account already.`);
    }
    const id = newId();
    const approvalId = await this.approvals.ask(tx, {
      coalitionId: payee.coalitionId,
      poolId: null,
      subject: { kind: 'bankAccount', id },
      summary: `Pay ${payee.name} to ${maskedIban(details.iban)}${now ? ' from now on' : ''}`,
      content: contentOf(payee, details, now, command.reason),
      required: 1,
    });
    await tx.run(
      `INSERT INTO bank_accounts (id, coalition_id, organisation_id, name, iban, bic, reason, state, approval_id,
         made_by, made_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, 'proposed', $8, $9, $10)`,
      [
        ...[id, payee.coalitionId, organisationId, details.name, details.iban, details.bic, command.reason],
        ...[approvalId, tx.actor.personId ?? null, tx.now],
      ],
    );
    const after = { name: details.name, iban: maskedIban(details.iban), bic: details.bic };
    await this.write(tx, payee, 'bankAccount.proposed', id, { after, reason: command.reason });
    await tellPayee(tx, payee, { kind: 'proposed', accountId: id, details, url: this.urlOf(payee) });
    return readBankAccount(tx, id);
  }

  /** A second person agreed: the account is paid to once the cooling-off period is over. */
  async approved(tx: Tx, approval: Approval): Promise<void> {
    const { organisationId } = await readBankAccount(tx, approval.subjectId);
    const payee = await lockPayee(tx, organisationId);
    const account = await readBankAccount(tx, approval.subjectId);
    const { today } = await coalitionCalendar(tx, payee.coalitionId);
    const from = usableFrom(today, this.config.bankAccountCoolingOffDays);
    await tx.run(
      `UPDATE bank_accounts SET state = 'stopped', stopped_on = $3, stop_reason = 'Another account was approved first'
       WHERE organisation_id = $1 AND state = 'approved' AND usable_from >= $2`,
      [organisationId, from, today],
    );
    const changed = await tx.run(
      `UPDATE bank_accounts SET state = 'approved', approved_at = $2, usable_from = $3
       WHERE id = $1 AND state = 'proposed'`,
      [account.id, tx.now, from],
    );
    if (changed !== 1) throw new DomainError('stateForbids', 'The proposal was stopped meanwhile.');
    await this.write(tx, payee, 'bankAccount.approved', account.id, { after: { usableFrom: from } });
    await tellPayee(tx, payee, {
      kind: 'approved',
      accountId: account.id,
      details: account,
      usableFrom: from,
      url: this.urlOf(payee),
    });
  }

  /** Somebody said no, or whoever proposed it took it back. */
  async rejected(tx: Tx, approval: Approval, reason: string): Promise<void> {
    const { organisationId } = await readBankAccount(tx, approval.subjectId);
    const payee = await lockPayee(tx, organisationId);
    await tx.run(`UPDATE bank_accounts SET state = 'rejected' WHERE id = $1 AND state = 'proposed'`, [
      approval.subjectId,
    ]);
    await this.write(tx, payee, 'bankAccount.rejected', approval.subjectId, { reason });
  }

  /**
   * Stops an account, at once and by one person: stopping is the safe side. Nobody is paid to it from today on; a
   * proposal is taken back.
   * @throws stateForbids when it is not asked for, cooling off or in use
   */
  async stop(tx: Tx, accountId: string, reason: string): Promise<BankAccount> {
    const { organisationId } = await readBankAccount(tx, accountId);
    const payee = await lockPayee(tx, organisationId);
    const account = await readBankAccount(tx, accountId);
    requireStoppable(account.standing);
    if (account.standing === 'proposed') await this.approvals.void(tx, account.approvalId, reason);
    const { today } = await coalitionCalendar(tx, payee.coalitionId);
    await tx.run(
      `UPDATE bank_accounts SET state = 'stopped', stopped_on = $2, stopped_by = $3, stop_reason = $4 WHERE id = $1`,
      [accountId, today, tx.actor.personId ?? null, reason],
    );
    await this.write(tx, payee, 'bankAccount.stopped', accountId, {
      before: { standing: account.standing },
      after: { standing: 'stopped' },
      reason,
    });
    await tellPayee(tx, payee, { kind: 'stopped', accountId, details: account, url: this.urlOf(payee) });
    return readBankAccount(tx, accountId);
  }

  private urlOf(payee: Payee): string {
    return `${this.config.publicUrl}/organisations/${payee.id}/bank-accounts`;
  }

  private write(
    tx: Tx,
    payee: Payee,
    action: string,
    accountId: string,
    change: { before?: unknown; after?: unknown; reason?: string },
  ): Promise<void> {
    const subject = { kind: 'bankAccount', id: accountId };
    return audit(tx, { coalitionId: payee.coalitionId, action, subject, ...change });
  }
}

/** Exactly what the second person agrees to, with what is paid to now beside it. */
const contentOf = (
  payee: Payee,
  details: { name: string; iban: string; bic: string | null },
  now: PayeeAccount | undefined,
  reason: string,
): Record<string, unknown> => ({
  organisationId: payee.id,
  payee: payee.name,
  accountName: details.name,
  iban: details.iban,
  bic: details.bic,
  reason,
  paidToNow: now ? { accountName: now.name, iban: now.iban, bic: now.bic } : 'nothing yet',
});

/** The payee's row, locked: two proposals for it, or a proposal and a verdict, wait for each other. */
async function lockPayee(tx: Tx, organisationId: string): Promise<Payee> {
  const payee = await tx.row<Payee>(
    `SELECT id, coalition_id AS "coalitionId", name FROM organisations WHERE id = $1 FOR NO KEY UPDATE`,
    [organisationId],
  );
  if (!payee) throw notFound('organisation');
  return payee;
}

async function refuseSecondProposal(tx: Tx, organisationId: string): Promise<void> {
  const waiting = await tx.row(
    `SELECT 1 FROM bank_accounts WHERE organisation_id = $1 AND state = 'proposed'`,
    [organisationId],
  );
  if (!waiting) return;
  throw new DomainError(
    'stateForbids',
    'A bank account waits for approval already. Have it decided, or stop it, before you propose another.',
  );
}
