import { Injectable } from '@nestjs/common';
import { v7 as newId } from 'uuid';
import { audit } from '../../platform/audit/audit.js';
import type { Tx } from '../../platform/database/tx.js';
import { DomainError, notFound } from '../../platform/errors/domain-error.js';
import { type ApprovalHandler, CarriesOut } from '../../pools/approvals/approval-handlers.js';
import { type Approval, ApprovalsService } from '../../pools/approvals/approvals.service.js';
import { maskedIban } from '../../pools/approvals/masked-content.js';
import { lockPool } from '../../pools/pool-position.js';
import { readAccount } from '../bank-accounts/bank-account.rules.js';
import type { ProposePoolAccount } from './pool-account.dto.js';
import { asSeen, findPoolAccount, type PoolAccount, poolAccount } from './pool-accounts.read.js';

/**
 * Which account a pool pays from. Every payment file names it, and every statement is held to it: so a change takes a
 * second person, as that of a payee's account does. Nothing cools off: a wrong account sends no money to anybody.
 */
@Injectable()
@CarriesOut('poolAccount')
export class PoolAccountsService implements ApprovalHandler {
  constructor(private readonly approvals: ApprovalsService) {}

  /**
   * Proposes the account that the pool pays from. Somebody else approves it.
   * @throws ruleBroken naming the field; alreadyExists where it pays from it; stateForbids while another waits
   */
  async propose(tx: Tx, poolId: string, command: ProposePoolAccount): Promise<PoolAccount> {
    const pool = await lockPool(tx, poolId);
    const details = readAccount(command);
    await refuseSecondProposal(tx, poolId);
    const now = await poolAccount(tx, poolId);
    if (now && now.iban === details.iban && now.bic === details.bic && now.name === details.name)
      throw new DomainError('alreadyExists', `${pool.name} pays from this account already.`);
    const id = newId();
    const approvalId = await this.approvals.ask(tx, {
      coalitionId: pool.coalitionId,
      poolId,
      subject: { kind: 'poolAccount', id },
      summary: `Pay from ${maskedIban(details.iban)}${now ? ` instead of ${maskedIban(now.iban)}` : ''}, ${pool.name}`,
      content: {
        ...{ pool: pool.name, accountName: details.name, iban: details.iban, bic: details.bic },
        reason: command.reason,
        paidFromNow: now ? { accountName: now.name, iban: now.iban, bic: now.bic } : 'no account yet',
      },
      required: 1,
    });
    await tx.run(
      `INSERT INTO pool_bank_accounts (id, coalition_id, pool_id, name, iban, bic, state, reason, approval_id, made_by,
         made_at)
       VALUES ($1, $2, $3, $4, $5, $6, 'proposed', $7, $8, $9, $10)`,
      [
        ...[id, pool.coalitionId, poolId, details.name, details.iban, details.bic, command.reason],
        ...[approvalId, tx.actor.personId ?? null, tx.now],
      ],
    );
    await write(tx, pool, 'pool.bankAccountProposed', {
      before: now && { name: now.name, iban: maskedIban(now.iban), bic: now.bic },
      after: { name: details.name, iban: maskedIban(details.iban), bic: details.bic },
      reason: command.reason,
    });
    return (await asSeen(tx, [await theAccount(tx, id)]))[0]!;
  }

  /** A second person agreed: the next batch is paid from it, and the next statement is held to it. */
  async approved(tx: Tx, approval: Approval): Promise<void> {
    const account = await theAccount(tx, approval.subjectId);
    const pool = await lockPool(tx, account.poolId);
    await tx.run(`UPDATE pool_bank_accounts SET state = 'replaced' WHERE pool_id = $1 AND state = 'inUse'`, [
      account.poolId,
    ]);
    const changed = await tx.run(
      `UPDATE pool_bank_accounts SET state = 'inUse', approved_at = $2 WHERE id = $1 AND state = 'proposed'`,
      [account.id, tx.now],
    );
    if (changed !== 1) throw new DomainError('stateForbids', 'The proposal was decided meanwhile.');
    await write(tx, pool, 'pool.bankAccountSet', { after: { iban: maskedIban(account.iban) } });
  }

  /** Somebody said no, or who proposed it took it back: the pool pays from the account that it paid from. */
  async rejected(tx: Tx, approval: Approval, reason: string): Promise<void> {
    const { poolId } = await theAccount(tx, approval.subjectId);
    const pool = await lockPool(tx, poolId);
    await tx.run(`UPDATE pool_bank_accounts SET state = 'rejected' WHERE id = $1 AND state = 'proposed'`, [
      approval.subjectId,
    ]);
    await write(tx, pool, 'pool.bankAccountRejected', { reason });
  }
}

/** @throws notFound */
async function theAccount(tx: Tx, id: string): Promise<PoolAccount> {
  const account = await findPoolAccount(tx, id);
  if (!account) throw notFound('bank account');
  return account;
}

async function refuseSecondProposal(tx: Tx, poolId: string): Promise<void> {
  const waiting = await tx.row(`SELECT 1 FROM pool_bank_accounts WHERE pool_id = $1 AND state = 'proposed'`, [
    poolId,
  ]);
  if (!waiting) return;
  const sentence =
    'An account of the pool waits for approval already. Have it decided before you propose another.';
  throw new DomainError('stateForbids', sentence);
}

const write = (
  tx: Tx,
  { id, coalitionId }: { id: string; coalitionId: string },
  action: string,
  change: { before?: unknown; after?: unknown; reason?: string },
): Promise<void> => audit(tx, { coalitionId, action, subject: { kind: 'pool', id }, ...change });
