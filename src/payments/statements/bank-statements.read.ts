import type { Day } from '../../maths/day.js';
import type { Tx } from '../../platform/database/tx.js';
import { notFound } from '../../platform/errors/domain-error.js';
import { listPage, type Page } from '../../platform/http/list.js';
import type { BankLineQuery } from './bank-statement.dto.js';

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

/** A line of the bank, and what became of it. Minor units: what came is positive. */
export interface BankLine {
  id: string;
  coalitionId: string;
  poolId: string;
  statementId: string;
  currency: string;
  reference: string;
  bookedOn: Day;
  amount: bigint;
  endToEndId: string | null;
  remittance: string;
  counterparty: string;
  isReturn: boolean;
  returnReason: string | null;
  state: 'unmatched' | 'matched' | 'setAside';
  note: string | null;
  disbursementId: string | null;
  contributionId: string | null;
  bankChargeId: string | null;
  decidedBy: string | null;
  decidedAt: Date | null;
}

const statements = `
  SELECT s.id, s.pool_id AS "poolId", s.account, s.reference, s.currency, s.opening, s.closing, s.movement,
    s.closing_on AS "closingOn", s.file_name AS "fileName", s.file_sha256 AS "fileSha256", p.name AS "importedBy",
    s.imported_at AS "importedAt",
    (SELECT count(*)::int FROM bank_statement_lines l WHERE l.statement_id = s.id) AS lines,
    (SELECT count(*)::int FROM bank_statement_lines l WHERE l.statement_id = s.id AND l.state = 'unmatched') AS waiting
  FROM bank_statements s JOIN persons p ON p.id = s.imported_by`;

const lines = `
  SELECT l.id, l.coalition_id AS "coalitionId", l.pool_id AS "poolId", l.statement_id AS "statementId", s.currency,
    l.reference, l.booked_on AS "bookedOn", l.amount, l.end_to_end_id AS "endToEndId", l.remittance, l.counterparty,
    l.is_return AS "isReturn", l.return_reason AS "returnReason", l.state, l.note, l.disbursement_id AS "disbursementId",
    l.contribution_id AS "contributionId", l.bank_charge_id AS "bankChargeId", p.name AS "decidedBy", l.decided_at AS "decidedAt"
  FROM bank_statement_lines l JOIN bank_statements s ON s.id = l.statement_id LEFT JOIN persons p ON p.id = l.decided_by`;

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

export const listLines = (tx: Tx, poolId: string, query: BankLineQuery): Promise<Page<BankLine>> =>
  listPage<BankLine>(
    tx,
    {
      sql: `${lines} WHERE l.pool_id = $1 AND ($2::text IS NULL OR l.state = $2)`,
      parameters: [poolId, query.state ?? null],
      sorts: {
        bookedOn: { column: '"bookedOn"', type: 'date' },
        amount: { column: 'amount', type: 'bigint' },
      },
      defaultSort: '-bookedOn',
    },
    query,
  );

/** @throws notFound */
export async function readLine(tx: Tx, lineId: string): Promise<BankLine> {
  const line = await tx.row<BankLine>(`${lines} WHERE l.id = $1`, [lineId]);
  if (!line) throw notFound('bank line');
  return line;
}

/** What a waiting line may be: a payment or a contribution of its amount that no line is matched to yet. */
export interface Candidate {
  kind: 'disbursement' | 'contribution';
  id: string;
  label: string;
  on: Day;
  reason: string;
}

/** For each of these waiting lines, what it may be, the nearest day first; at most five each. */
export async function candidatesOf(tx: Tx, waiting: readonly BankLine[]): Promise<Map<string, Candidate[]>> {
  const rows = await tx.rows<Candidate & { lineId: string }>(
    `SELECT l.id AS "lineId", c.* FROM bank_statement_lines l CROSS JOIN LATERAL (
       SELECT 'disbursement' AS kind, d.id, g.reference || ', ' || o.name AS label, i.due_on AS on,
         'approved, of this amount, due ' || i.due_on AS reason, abs(i.due_on - l.booked_on) AS days
       FROM disbursements d JOIN instalments i ON i.id = d.instalment_id JOIN grants g ON g.id = d.grant_id
       JOIN organisations o ON o.id = g.organisation_id
       WHERE d.pool_id = l.pool_id AND d.state = 'approved' AND d.amount = -l.amount
       UNION ALL
       SELECT 'disbursement', d.id, g.reference || ', ' || o.name, d.paid_on,
         'paid on ' || d.paid_on || ', of this amount: the line may be its return', abs(d.paid_on - l.booked_on)
       FROM disbursements d JOIN grants g ON g.id = d.grant_id JOIN organisations o ON o.id = g.organisation_id
       WHERE d.pool_id = l.pool_id AND d.state = 'settled' AND d.amount = l.amount AND d.paid_on <= l.booked_on
       UNION ALL
       SELECT 'contribution', c.id, c.bank_reference || ', ' || o.name, c.received_on,
         'recorded on ' || c.received_on || ', of this amount', abs(c.received_on - l.booked_on)
       FROM contributions c JOIN organisations o ON o.id = c.funder_id
       WHERE c.pool_id = l.pool_id AND c.reversed_at IS NULL AND c.amount = l.amount
         AND NOT EXISTS (SELECT 1 FROM bank_statement_lines m WHERE m.contribution_id = c.id)
       ORDER BY days, id LIMIT 5) AS c
     WHERE l.id = ANY ($1::uuid[]) ORDER BY c.days, c.id`,
    [waiting.map(({ id }) => id)],
  );
  const byLine = new Map<string, Candidate[]>();
  for (const { lineId, kind, id, label, on, reason } of rows) {
    byLine.set(lineId, [...(byLine.get(lineId) ?? []), { kind, id, label, on, reason }]);
  }
  return byLine;
}

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
