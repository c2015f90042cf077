import type { Tx } from '../../platform/database/tx.js';
import { notFound } from '../../platform/errors/domain-error.js';
import { type LockedPool, lockPool } from '../../pools/pool-position.js';
import { type OutcomeInvoice, readInvoice } from './invoices.read.js';

/** Holds an invoice, and its pool first: whoever decides over its money holds that. @throws notFound */
export async function lockInvoice(
  tx: Tx,
  invoiceId: string,
): Promise<{ pool: LockedPool; invoice: OutcomeInvoice }> {
  const { poolId } = await readInvoice(tx, invoiceId);
  const pool = await lockPool(tx, poolId);
  const locked = await tx.row(`SELECT id FROM outcome_invoices WHERE id = $1 FOR UPDATE`, [invoiceId]);
  if (!locked) throw notFound('invoice');
  return { pool, invoice: await readInvoice(tx, invoiceId) };
}
