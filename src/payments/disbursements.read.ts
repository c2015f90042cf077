import type { Day } from '../maths/day.js';
import type { Tx } from '../platform/database/tx.js';
import { notFound } from '../platform/errors/domain-error.js';
import { listPage, type Page } from '../platform/http/list.js';
import type { DisbursementQuery } from './disbursement.dto.js';

/** A payment for an instalment. Minor units. */
export interface Disbursement {
  id: string;
  coalitionId: string;
  poolId: string;
  grantId: string;
  grantReference: string;
  grantTitle: string;
  instalmentId: string;
  instalmentNumber: number;
  payee: string;
  amount: bigint;
  currency: string;
  /** What the host charged on it, on top. */
  fee: bigint;
  /** As the payee got it, in another currency; and what left the account then, where that is not the amount. */
  paidAmount: bigint | null;
  paidCurrency: string | null;
  chargedAmount: bigint | null;
  state: string;
  dueOn: Day;
  approvalId: string;
  madeBy: string;
  madeAt: Date;
  bankReference: string | null;
  paidOn: Day | null;
  settledBy: string | null;
  entryId: string | null;
  /** When the bank gave it back, and why. */
  returnedOn: Day | null;
  returnReason: string | null;
}

const disbursements = `
  SELECT d.id, d.coalition_id AS "coalitionId", d.pool_id AS "poolId", d.grant_id AS "grantId",
    g.reference AS "grantReference", g.title AS "grantTitle", d.instalment_id AS "instalmentId",
    i.number AS "instalmentNumber", o.name AS payee, d.amount, d.currency, d.fee, d.paid_amount AS "paidAmount",
    d.paid_currency AS "paidCurrency", d.charged_amount AS "chargedAmount", d.state, i.due_on AS "dueOn",
    d.approval_id AS "approvalId", m.name AS "madeBy", d.made_at AS "madeAt", d.bank_reference AS "bankReference",
    d.paid_on AS "paidOn", s.name AS "settledBy", d.entry_id AS "entryId",
    back.on AS "returnedOn", back.reason AS "returnReason"
  FROM disbursements d JOIN grants g ON g.id = d.grant_id JOIN instalments i ON i.id = d.instalment_id
  JOIN organisations o ON o.id = g.organisation_id JOIN persons m ON m.id = d.made_by
  LEFT JOIN persons s ON s.id = d.settled_by
  LEFT JOIN LATERAL (
    SELECT r.occurred_on AS on, (SELECT e.reason FROM audit_events e WHERE e.subject_kind = 'disbursement'
      AND e.subject_id = d.id AND e.action = 'disbursement.returned' ORDER BY e.at DESC LIMIT 1) AS reason
    FROM journal_entries r WHERE r.reverses_id = d.entry_id AND d.state = 'returned') AS back ON true`;

/** @throws notFound */
export async function readDisbursement(tx: Tx, id: string): Promise<Disbursement> {
  const disbursement = await tx.row<Disbursement>(`${disbursements} WHERE d.id = $1`, [id]);
  if (!disbursement) throw notFound('disbursement');
  return disbursement;
}

export function listDisbursements(
  tx: Tx,
  coalitionId: string,
  query: DisbursementQuery,
): Promise<Page<Disbursement>> {
  return listPage<Disbursement>(
    tx,
    {
      sql: `${disbursements} WHERE d.coalition_id = $1 AND ($2::text IS NULL OR d.state = $2)
        AND ($3::uuid IS NULL OR d.grant_id = $3) AND ($4::uuid IS NULL OR g.organisation_id = $4)
        AND ($5::date IS NULL OR d.paid_on >= $5) AND ($6::date IS NULL OR d.paid_on <= $6)`,
      parameters: [
        coalitionId,
        query.state ?? null,
        query.grantId ?? null,
        query.organisationId ?? null,
        query['paidOn.gte'] ?? null,
        query['paidOn.lte'] ?? null,
      ],
      sorts: {
        madeAt: { column: '"madeAt"', type: 'timestamptz' },
        dueOn: { column: '"dueOn"', type: 'date' },
        amount: { column: 'amount', type: 'bigint' },
      },
      defaultSort: '-madeAt',
    },
    query,
  );
}

/** Whose money paid it, by its postings. */
export interface FunderPart {
  funderId: string;
  funder: string;
  earmark: string | null;
  amount: bigint;
}

export const partsOf = (tx: Tx, disbursementId: string): Promise<FunderPart[]> =>
  tx.rows<FunderPart>(
    `SELECT a.subject_id AS "funderId", o.name AS funder, coalesce(t.name, r.reference || ' · ' || r.title) AS earmark,
       sum(p.amount)::bigint AS amount
     FROM journal_entries e JOIN postings p ON p.entry_id = e.id
     JOIN accounts a ON a.id = p.account_id AND a.kind = 'fundBalance'
     JOIN organisations o ON o.id = a.subject_id LEFT JOIN goals t ON t.id = a.earmark_id
     LEFT JOIN grants r ON r.id = a.earmark_id
     WHERE e.document_id = $1 AND e.kind LIKE 'disbursement.%' GROUP BY a.id, o.name, t.name, r.id HAVING sum(p.amount) <> 0 ORDER BY 4 DESC, o.name`,
    [disbursementId],
  );
