import type { Day } from '../../maths/day.js';
import { formatAmount } from '../../maths/money.js';
import type { Tx } from '../../platform/database/tx.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { LockedPool } from '../../pools/pool-position.js';
import { accountsInUse, type PayeeAccount } from '../bank-accounts/bank-accounts.read.js';
import type { PoolAccount } from '../pool-accounts/pool-accounts.read.js';
import { remittanceOf } from './batch.rules.js';
import type { Batch, BatchCandidate, BatchLine } from './batches.read.js';
import { endToEndId } from './end-to-end-id.js';
import type { PainBatch } from './pain001.js';

/** A line that is about to be written. Minor units. */
export interface NewLine {
  number: number;
  disbursementId: string;
  payee: string;
  grant: string;
  amount: bigint;
  account: PayeeAccount;
  remittance: string;
  endToEndId: string;
}

/** The line of a payment: to the account that its payee is paid to on the day. */
export const newLine = (payment: BatchCandidate, number: number, pool: LockedPool): NewLine => ({
  number,
  disbursementId: payment.disbursementId,
  payee: payment.payee,
  grant: `${payment.grantReference}, instalment ${payment.instalmentNumber}`,
  amount: payment.amount,
  account: payment.account!,
  remittance: remittanceOf({ ...payment, pool: pool.name }),
  endToEndId: endToEndId(payment.disbursementId),
});

/** Exactly what the second person releases: every line, and what they come to. */
export const contentOf = (
  batch: { number: number; executionOn: Day; total: bigint },
  pool: LockedPool,
  debtor: PoolAccount,
  lines: readonly NewLine[],
): Record<string, unknown> => ({
  poolId: pool.id,
  batch: String(batch.number),
  executionOn: batch.executionOn,
  currency: pool.currency,
  controlSum: formatAmount(batch.total, pool.currency),
  payments: String(lines.length),
  paidFrom: { accountName: debtor.name, iban: debtor.iban, bic: debtor.bic },
  lines: lines.map((line) => ({
    payee: line.payee,
    for: line.grant,
    accountName: line.account.name,
    iban: line.account.iban,
    amount: formatAmount(line.amount, pool.currency),
  })),
});

/** All lines in one statement. */
export async function insertLines(
  tx: Tx,
  coalitionId: string,
  batchId: string,
  lines: readonly NewLine[],
): Promise<void> {
  const rows = lines.map(({ account, amount, ...line }) => ({
    number: line.number,
    disbursement_id: line.disbursementId,
    amount: amount.toString(),
    account_id: account.id,
    creditor_name: account.name,
    creditor_iban: account.iban,
    creditor_bic: account.bic,
    remittance: line.remittance,
    end_to_end_id: line.endToEndId,
  }));
  await tx.run(
    `INSERT INTO payment_batch_lines (coalition_id, batch_id, number, disbursement_id, amount, account_id, creditor_name,
       creditor_iban, creditor_bic, remittance, end_to_end_id)
     SELECT $1, $2, l.* FROM jsonb_to_recordset($3::jsonb) AS l (number integer, disbursement_id uuid, amount bigint,
       account_id uuid, creditor_name text, creditor_iban text, creditor_bic text, remittance text, end_to_end_id text)`,
    [coalitionId, batchId, JSON.stringify(rows)],
  );
}

/**
 * Refuses a release when something has changed since the batch was made: a payment, or the account of a payee.
 * @throws staleVersion, naming what has changed
 */
export async function requireStillSo(tx: Tx, batch: Batch, lines: readonly BatchLine[]): Promise<void> {
  const accounts = await accountsInUse(
    tx,
    lines.map(({ payeeId }) => payeeId),
    batch.executionOn,
  );
  const paysFromIt = await tx.row(
    `SELECT 1 FROM payment_batches b JOIN pool_bank_accounts p ON p.pool_id = b.pool_id AND p.state = 'inUse'
       AND p.iban = b.debtor_iban AND p.name = b.debtor_name AND p.bic IS NOT DISTINCT FROM b.debtor_bic WHERE b.id = $1`,
    [batch.id],
  );
  if (!paysFromIt) {
    const sentence =
      'The account that the pool pays from has changed since. Withdraw the batch and make another.';
    throw new DomainError('staleVersion', sentence);
  }
  for (const line of lines) {
    const name = `${line.grantReference}, instalment ${line.instalmentNumber}`;
    if (line.disbursementState !== 'approved') {
      throw new DomainError(
        'staleVersion',
        `${name} is ${line.disbursementState} meanwhile. Withdraw the batch and make another.`,
      );
    }
    if (accounts.get(line.payeeId)?.id !== line.accountId) {
      throw new DomainError(
        'staleVersion',
        `The bank account of ${line.payee} has changed since. Withdraw the batch and make another.`,
      );
    }
  }
}

/** The batch as the bank is told of it. */
export const painOf = (
  batch: Batch,
  debtorIban: string,
  lines: readonly BatchLine[],
  createdAt: Date,
): PainBatch => ({
  messageId: endToEndId(batch.id),
  createdAt,
  executionOn: batch.executionOn,
  currency: batch.currency,
  debtor: { name: batch.debtorName, iban: debtorIban, bic: batch.debtorBic },
  transfers: lines.map((line) => ({
    endToEndId: line.endToEndId,
    amount: line.amount,
    creditor: { name: line.creditorName, iban: line.creditorIban, bic: line.creditorBic },
    remittance: line.remittance,
  })),
});
