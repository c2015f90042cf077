import type { Day } from '../../maths/day.js';
import type { Tx } from '../../platform/database/tx.js';
import { notFound } from '../../platform/errors/domain-error.js';
import { listPage, type Page } from '../../platform/http/list.js';
import { seesAccounts } from '../../pools/approvals/account-sight.js';
import { maskedIban } from '../../pools/approvals/masked-content.js';
import { accountsInUse, type PayeeAccount } from '../bank-accounts/bank-accounts.read.js';
import type { BatchQuery } from './batch.dto.js';
import type { BatchState, Candidate } from './batch.rules.js';
import type { PainFormat } from './pain001.js';

/** A batch with its totals. Minor units; account numbers in full. */
export interface Batch {
  id: string;
  coalitionId: string;
  poolId: string;
  pool: string;
  number: number;
  state: BatchState;
  executionOn: Day;
  currency: string;
  total: bigint;
  count: number;
  paidCount: number;
  debtorName: string;
  debtorIban: string;
  debtorBic: string | null;
  approvalId: string;
  approvalState: string;
  madeBy: string;
  madeAt: Date;
  releasedAt: Date | null;
  sentAt: Date | null;
  endedAt: Date | null;
  withdrawReason: string | null;
  version: number;
}

export interface BatchLine {
  id: string;
  number: number;
  disbursementId: string;
  disbursementState: string;
  instalmentId: string;
  grantId: string;
  grantReference: string;
  instalmentNumber: number;
  payee: string;
  payeeId: string;
  amount: bigint;
  currency: string;
  accountId: string;
  creditorName: string;
  creditorIban: string;
  creditorBic: string | null;
  remittance: string;
  endToEndId: string;
}

export interface BatchFile {
  format: PainFormat;
  fileId: string;
  sha256: string;
  sizeBytes: bigint;
}

const batches = `
  SELECT b.id, b.coalition_id AS "coalitionId", b.pool_id AS "poolId", p.name AS pool, b.number, b.state,
    b.execution_on AS "executionOn", b.currency, b.total, b.debtor_name AS "debtorName", b.debtor_iban AS "debtorIban",
    b.debtor_bic AS "debtorBic", b.approval_id AS "approvalId", a.state AS "approvalState", m.name AS "madeBy",
    b.made_at AS "madeAt", b.released_at AS "releasedAt", b.sent_at AS "sentAt", b.ended_at AS "endedAt",
    b.withdraw_reason AS "withdrawReason", b.version, n.count, n."paidCount",
    ${seesAccounts('b.coalition_id')} AS "seesAccounts"
  FROM payment_batches b JOIN pools p ON p.id = b.pool_id JOIN persons m ON m.id = b.made_by
  JOIN approvals a ON a.id = b.approval_id
  CROSS JOIN LATERAL (
    SELECT count(*)::int AS count, count(*) FILTER (WHERE d.state = 'settled')::int AS "paidCount"
    FROM payment_batch_lines l JOIN disbursements d ON d.id = l.disbursement_id WHERE l.batch_id = b.id) AS n`;

type Seen<Row> = Row & { seesAccounts: boolean };

const shown = ({ seesAccounts: full, ...batch }: Seen<Batch>): Batch => ({
  ...batch,
  debtorIban: full ? batch.debtorIban : maskedIban(batch.debtorIban),
});

/** The batches of a coalition, newest first; account numbers masked for whoever may not see them. */
export async function listBatches(
  tx: Tx,
  of: { coalitionId?: string; poolId?: string },
  query: BatchQuery,
): Promise<Page<Batch>> {
  const page = await listPage<Seen<Batch>>(
    tx,
    {
      sql: `${batches} WHERE ($1::uuid IS NULL OR b.coalition_id = $1) AND ($2::uuid IS NULL OR b.pool_id = $2)
        AND ($3::text IS NULL OR b.state = $3)`,
      parameters: [of.coalitionId ?? null, of.poolId ?? null, query.state ?? null],
      sorts: {
        madeAt: { column: '"madeAt"', type: 'timestamptz' },
        executionOn: { column: '"executionOn"', type: 'date' },
        total: { column: 'total', type: 'bigint' },
      },
      defaultSort: '-madeAt',
    },
    query,
  );
  return { ...page, items: page.items.map(shown) };
}

/** @throws notFound */
export async function readBatch(tx: Tx, id: string): Promise<Batch> {
  const batch = await tx.row<Seen<Batch>>(`${batches} WHERE b.id = $1`, [id]);
  if (!batch) throw notFound('payment batch');
  return shown(batch);
}

/** The lines of a batch in order, account numbers in full: for the file, and for the checks before it. */
export const batchLines = (tx: Tx, batchId: string): Promise<BatchLine[]> =>
  tx.rows<BatchLine>(
    `SELECT l.id, l.number, l.disbursement_id AS "disbursementId", d.state AS "disbursementState",
       d.instalment_id AS "instalmentId", d.grant_id AS "grantId", g.reference AS "grantReference",
       i.number AS "instalmentNumber", o.name AS payee, o.id AS "payeeId", l.amount, d.currency,
       l.account_id AS "accountId", l.creditor_name AS "creditorName", l.creditor_iban AS "creditorIban",
       l.creditor_bic AS "creditorBic", l.remittance, l.end_to_end_id AS "endToEndId"
     FROM payment_batch_lines l JOIN disbursements d ON d.id = l.disbursement_id JOIN grants g ON g.id = d.grant_id
     JOIN instalments i ON i.id = d.instalment_id JOIN organisations o ON o.id = g.organisation_id
     WHERE l.batch_id = $1 ORDER BY l.number`,
    [batchId],
  );

/** The same as a person may see them. */
export async function readBatchLines(tx: Tx, batch: Batch): Promise<BatchLine[]> {
  const sight = await tx.row<{ full: boolean }>(
    `SELECT ${seesAccounts('coalition_id')} AS full FROM payment_batches WHERE id = $1`,
    [batch.id],
  );
  const lines = await batchLines(tx, batch.id);
  if (sight?.full) return lines;
  return lines.map((line) => ({ ...line, creditorIban: maskedIban(line.creditorIban) }));
}

export const batchFiles = (tx: Tx, batchId: string): Promise<BatchFile[]> =>
  tx.rows<BatchFile>(
    `SELECT b.format, b.file_id AS "fileId", b.sha256, f.size_bytes AS "sizeBytes"
     FROM payment_batch_files b JOIN stored_files f ON f.id = b.file_id WHERE b.batch_id = $1 ORDER BY b.format DESC`,
    [batchId],
  );

/** A payment that is to go into a batch, and where it would be paid. */
export interface BatchCandidate extends Candidate {
  payeeId: string;
  grantId: string;
  grantTitle: string;
  amount: bigint;
  currency: string;
  account: PayeeAccount | null;
}

/** These payments of a pool, with the account of each payee on the day, in due order. */
export async function readCandidates(
  tx: Tx,
  poolId: string,
  disbursementIds: string[],
  executionOn: Day,
): Promise<BatchCandidate[]> {
  const rows = await tx.rows<Omit<BatchCandidate, 'account' | 'hasAccount'>>(
    `SELECT d.id AS "disbursementId", d.state, d.amount, d.currency, d.grant_id AS "grantId",
       g.reference AS "grantReference", g.title AS "grantTitle", i.number AS "instalmentNumber", o.name AS payee,
       o.id AS "payeeId", b.number AS "batchNumber"
     FROM disbursements d JOIN grants g ON g.id = d.grant_id JOIN instalments i ON i.id = d.instalment_id
     JOIN organisations o ON o.id = g.organisation_id
     LEFT JOIN payment_batch_lines l ON l.disbursement_id = d.id AND l.living
     LEFT JOIN payment_batches b ON b.id = l.batch_id
     WHERE d.pool_id = $1 AND d.id = ANY ($2::uuid[]) ORDER BY i.due_on, g.reference, i.number`,
    [poolId, disbursementIds],
  );
  const accounts = await accountsInUse(
    tx,
    rows.map(({ payeeId }) => payeeId),
    executionOn,
  );
  return rows.map((row) => {
    const account = accounts.get(row.payeeId) ?? null;
    return { ...row, account, hasAccount: account !== null };
  });
}
