import type { Day } from '../../../maths/day.js';
import type { Tx } from '../../../platform/database/tx.js';
import { notFound } from '../../../platform/errors/domain-error.js';
import { listPage, type Page } from '../../../platform/http/list.js';
import type { BankLineQuery } from './bank-line.dto.js';

/** What a line, or a part of it, was found to be. Minor units: what came is positive. */
export interface MatchedPart {
  kind: string;
  id: string;
  amount: bigint;
  /** Whether the line has posted it; otherwise it was recorded before, and only found. */
  posted: boolean;
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
  parts: MatchedPart[];
  decidedBy: string | null;
  decidedAt: Date | null;
}

const lines = `
  SELECT l.id, l.coalition_id AS "coalitionId", l.pool_id AS "poolId", l.statement_id AS "statementId", s.currency,
    l.reference, l.booked_on AS "bookedOn", l.amount, l.end_to_end_id AS "endToEndId", l.remittance, l.counterparty,
    l.is_return AS "isReturn", l.return_reason AS "returnReason", l.state, l.note,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('kind', m.kind, 'id', m.subject_id, 'amount', m.amount::text,
       'posted', m.posted) ORDER BY m.number), '[]') FROM bank_line_parts m WHERE m.line_id = l.id) AS parts,
    p.name AS "decidedBy", l.decided_at AS "decidedAt"
  FROM bank_statement_lines l JOIN bank_statements s ON s.id = l.statement_id LEFT JOIN persons p ON p.id = l.decided_by`;

type LineRow = Omit<BankLine, 'parts'> & { parts: (Omit<MatchedPart, 'amount'> & { amount: string })[] };

const toLine = ({ parts, ...line }: LineRow): BankLine => ({
  ...line,
  parts: parts.map((part) => ({ ...part, amount: BigInt(part.amount) })),
});

export async function listLines(tx: Tx, poolId: string, query: BankLineQuery): Promise<Page<BankLine>> {
  const page = await listPage<LineRow>(
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
  return { ...page, items: page.items.map(toLine) };
}

/** @throws notFound */
export async function readLine(tx: Tx, lineId: string): Promise<BankLine> {
  const line = await tx.row<LineRow>(`${lines} WHERE l.id = $1`, [lineId]);
  if (!line) throw notFound('bank line');
  return toLine(line);
}

export async function countWaiting(tx: Tx, poolId: string): Promise<number> {
  const row = await tx.row<{ waiting: number }>(
    `SELECT count(*)::int AS waiting FROM bank_statement_lines WHERE pool_id = $1 AND state = 'unmatched'`,
    [poolId],
  );
  return row!.waiting;
}
