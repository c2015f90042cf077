import type { Day } from '../../maths/day.js';
import type { Tx } from '../../platform/database/tx.js';
import { notFound } from '../../platform/errors/domain-error.js';
import { listPage, type ListQuery, type Page } from '../../platform/http/list.js';

/** A charge of the bank. Minor units of the pool's currency. */
export interface BankCharge {
  id: string;
  coalitionId: string;
  poolId: string;
  amount: bigint;
  currency: string;
  takenOn: Day;
  bankReference: string;
  note: string;
  entryId: string;
  recordedBy: string | null;
  recordedAt: Date;
  reversalReason: string | null;
}

const charges = `
  SELECT c.id, c.coalition_id AS "coalitionId", c.pool_id AS "poolId", c.amount, c.currency, c.taken_on AS "takenOn",
    c.bank_reference AS "bankReference", c.note, c.entry_id AS "entryId", p.name AS "recordedBy",
    c.recorded_at AS "recordedAt", c.reversal_reason AS "reversalReason"
  FROM bank_charges c LEFT JOIN persons p ON p.id = c.recorded_by`;

/** @throws notFound */
export async function readBankCharge(tx: Tx, bankChargeId: string): Promise<BankCharge> {
  const charge = await tx.row<BankCharge>(`${charges} WHERE c.id = $1`, [bankChargeId]);
  if (!charge) throw notFound('bank charge');
  return charge;
}

export const listBankCharges = (tx: Tx, poolId: string, query: ListQuery): Promise<Page<BankCharge>> =>
  listPage<BankCharge>(
    tx,
    {
      sql: `${charges} WHERE c.pool_id = $1`,
      parameters: [poolId],
      sorts: {
        takenOn: { column: '"takenOn"', type: 'date' },
        amount: { column: 'amount', type: 'bigint' },
      },
      defaultSort: '-takenOn',
    },
    query,
  );

/** What all charges of a pool come to; what was reversed counts no more. */
export async function totalOfBankCharges(tx: Tx, poolId: string): Promise<bigint> {
  const row = await tx.row<{ total: bigint }>(
    `SELECT coalesce(sum(amount), 0)::bigint AS total FROM bank_charges WHERE pool_id = $1 AND reversed_at IS NULL`,
    [poolId],
  );
  return row!.total;
}
