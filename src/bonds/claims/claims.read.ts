import type { Day } from '../../maths/day.js';
import type { Tx } from '../../platform/database/tx.js';
import { notFound } from '../../platform/errors/domain-error.js';
import { Choice } from '../../platform/http/fields.js';
import { listPage, ListQuery, type Page } from '../../platform/http/list.js';
import { type ClaimState, claimStates, type KeptTrim, type Verdict } from './claim.rules.js';

/** A claim without its lines. Net and what payers pay in minor units, null until it is verified. */
export interface OutcomeClaim {
  id: string;
  coalitionId: string;
  bondId: string;
  currency: string;
  number: number;
  period: number;
  periodFrom: Day;
  periodTo: Day;
  termsNumber: number;
  termsHash: string;
  state: ClaimState;
  /** Whether its invoices are paid; null until there are any. */
  isPaid: boolean | null;
  note: string;
  madeBy: string;
  madeByName: string;
  submittedBy: string | null;
  submittedAt: Date | null;
  decidedByName: string | null;
  decidedAt: Date | null;
  decidedReason: string | null;
  net: bigint | null;
  paidByPayers: bigint | null;
  version: number;
}

const claims = `
  SELECT c.id, c.coalition_id AS "coalitionId", c.bond_id AS "bondId", b.currency, c.number, c.period,
    c.period_from AS "periodFrom", c.period_to AS "periodTo", c.terms_number AS "termsNumber", c.terms_hash AS "termsHash",
    c.state, (SELECT bool_and(i.received = i.amount) FROM outcome_invoices i WHERE i.source_id = c.id) AS "isPaid",
    c.note, c.made_by AS "madeBy", m.name AS "madeByName", c.submitted_by AS "submittedBy",
    c.submitted_at AS "submittedAt", d.name AS "decidedByName", c.decided_at AS "decidedAt",
    c.decided_reason AS "decidedReason",
    (SELECT sum(w.net)::bigint FROM outcome_workings w WHERE w.claim_id = c.id) AS net,
    (SELECT sum(s.amount)::bigint FROM outcome_shares s JOIN outcome_workings w ON w.id = s.working_id
     WHERE w.claim_id = c.id) AS "paidByPayers", c.version
  FROM outcome_claims c JOIN bonds b ON b.id = c.bond_id JOIN persons m ON m.id = c.made_by
  LEFT JOIN persons d ON d.id = c.decided_by`;

/** @throws notFound */
export async function readClaim(tx: Tx, claimId: string): Promise<OutcomeClaim> {
  const claim = await tx.row<OutcomeClaim>(`${claims} WHERE c.id = $1`, [claimId]);
  if (!claim) throw notFound('claim');
  return claim;
}

export class ClaimQuery extends ListQuery {
  @Choice(claimStates, { optional: true }) state?: ClaimState;
}

export const listClaims = (tx: Tx, bondId: string, query: ClaimQuery): Promise<Page<OutcomeClaim>> =>
  listPage<OutcomeClaim>(
    tx,
    {
      sql: `${claims} WHERE c.bond_id = $1 AND ($2::text IS NULL OR c.state = $2)`,
      parameters: [bondId, query.state ?? null],
      sorts: {
        number: { column: 'number', type: 'integer' },
        period: { column: 'period', type: 'integer' },
      },
      defaultSort: '-number',
    },
    query,
  );

/** One metric of a claim. Decimals as text; people by their keys. */
export interface ClaimLine {
  id: string;
  number: number;
  metric: string;
  quantity: string | null;
  value: string | null;
  people: { key: string; isAccepted: boolean }[];
  verdict: Verdict | null;
  acceptedQuantity: string | null;
  acceptedValue: string | null;
  reason: string | null;
}

export const linesOf = (tx: Tx, claimId: string): Promise<ClaimLine[]> =>
  tx.rows<ClaimLine>(
    `SELECT l.id, l.number, l.metric, l.quantity::text AS quantity, l.value::text AS value, l.verdict,
       l.accepted_quantity::text AS "acceptedQuantity", l.accepted_value::text AS "acceptedValue", l.reason,
       coalesce((SELECT jsonb_agg(jsonb_build_object('key', p.person_key, 'isAccepted', p.is_accepted) ORDER BY p.position)
         FROM outcome_claim_people p WHERE p.line_id = l.id), '[]') AS people
     FROM outcome_claim_lines l WHERE l.claim_id = $1 ORDER BY l.number`,
    [claimId],
  );

/** How what a line comes to was worked out. Minor units. */
export interface OutcomeWorking {
  id: string;
  lineId: string | null;
  metric: string;
  accepted: string;
  gross: bigint;
  trimmed: KeptTrim[];
  net: bigint;
  working: string;
  shares: { partyId: string; payer: string; amount: string; unpaid: string }[];
}

export const workingsOf = (tx: Tx, claimId: string): Promise<OutcomeWorking[]> =>
  tx.rows<OutcomeWorking>(
    `SELECT w.id, w.line_id AS "lineId", w.metric, w.accepted::text AS accepted, w.gross, w.trimmed, w.net, w.working,
       coalesce((SELECT jsonb_agg(jsonb_build_object('partyId', s.party_id, 'payer', o.name, 'amount', s.amount::text,
           'unpaid', s.unpaid::text) ORDER BY y.id)
         FROM outcome_shares s JOIN bond_parties y ON y.id = s.party_id JOIN organisations o ON o.id = y.organisation_id
         WHERE s.working_id = w.id), '[]') AS shares
     FROM outcome_workings w WHERE w.claim_id = $1 ORDER BY w.position`,
    [claimId],
  );
