import type { Day } from '../../maths/day.js';
import type { Tx } from '../../platform/database/tx.js';
import { listPage, type Page } from '../../platform/http/list.js';

/** A statement, with what its lines come to. Minor units. */
export interface BankStatement {
  id: string;
  poolId: string;
  account: string;
  reference: string;
  currency: string;
  opening: bigint | null;
  closing: bigint | null;
  movement: bigint;
  closingOn: Day | null;
  lines: number;
  waiting: number;
  fileName: string;
  fileSha256: string;
  importedBy: string;
  importedAt: Date;
}

const statements = `
  SELECT s.id, s.pool_id AS "poolId", s.account, s.reference, s.currency, s.opening, s.closing, s.movement,
    s.closing_on AS "closingOn", s.file_name AS "fileName", s.file_sha256 AS "fileSha256", p.name AS "importedBy",
    s.imported_at AS "importedAt",
    (SELECT count(*)::int FROM bank_statement_lines l WHERE l.statement_id = s.id) AS lines,
    (SELECT count(*)::int FROM bank_statement_lines l WHERE l.statement_id = s.id AND l.state = 'unmatched') AS waiting
  FROM bank_statements s JOIN persons p ON p.id = s.imported_by`;

export const listStatements = (tx: Tx, poolId: string, query: object): Promise<Page<BankStatement>> =>
  listPage<BankStatement>(
    tx,
    {
      sql: `${statements} WHERE s.pool_id = $1`,
      parameters: [poolId],
      sorts: { importedAt: { column: '"importedAt"', type: 'timestamptz' } },
      defaultSort: '-importedAt',
    },
    query,
  );

/** The bank beside the ledger: the newest closing balance, cash, and what explains the difference. Minor units. */
export interface Reconciliation {
  bank: bigint | null;
  bankOn: Day | null;
  cash: bigint;
  /** Lines that wait or were set aside: the bank knows of them, the ledger does not. */
  unposted: bigint;
}

export async function readReconciliation(tx: Tx, poolId: string): Promise<Reconciliation> {
  const row = await tx.row<Reconciliation>(
    `SELECT s.closing AS bank, s.closing_on AS "bankOn",
       (SELECT coalesce(sum(balance), 0)::bigint FROM accounts WHERE pool_id = $1 AND kind = 'cash') AS cash,
       (SELECT coalesce(sum(amount), 0)::bigint FROM bank_statement_lines WHERE pool_id = $1 AND state <> 'matched') AS unposted
     FROM (SELECT 1) AS one LEFT JOIN LATERAL (
       SELECT closing, closing_on FROM bank_statements WHERE pool_id = $1 AND closing IS NOT NULL
       ORDER BY closing_on DESC NULLS LAST, imported_at DESC LIMIT 1) AS s ON true`,
    [poolId],
  );
  return row!;
}
