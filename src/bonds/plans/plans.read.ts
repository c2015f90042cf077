import type { Tx } from '../../platform/database/tx.js';
import { notFound } from '../../platform/errors/domain-error.js';
import { type Bond, signedTerms } from '../contracts/bonds.read.js';
import { type InvoicedFor, paymentsByPeriod, type PeriodPayments } from './period-payments.rules.js';
import type { PlanLine } from './plan.rules.js';

/** A version of the plan of a bond. */
export interface BondPlan {
  id: string;
  coalitionId: string;
  bondId: string;
  number: number;
  reason: string;
  madeBy: string;
  madeAt: Date;
}

const plans = `
  SELECT p.id, p.coalition_id AS "coalitionId", p.bond_id AS "bondId", p.number, p.reason, n.name AS "madeBy",
    p.made_at AS "madeAt"
  FROM bond_plans p JOIN persons n ON n.id = p.made_by`;

/** Newest first. */
export const plansOf = (tx: Tx, bondId: string): Promise<BondPlan[]> =>
  tx.rows<BondPlan>(`${plans} WHERE p.bond_id = $1 ORDER BY p.number DESC`, [bondId]);

/** @throws notFound */
export async function readPlan(tx: Tx, planId: string): Promise<BondPlan> {
  const plan = await tx.row<BondPlan>(`${plans} WHERE p.id = $1`, [planId]);
  if (!plan) throw notFound('plan');
  return plan;
}

export const linesOfPlan = (tx: Tx, planId: string): Promise<PlanLine[]> =>
  tx.rows<PlanLine>(
    `SELECT period, metric, quantity::text AS quantity, value::text AS value FROM bond_plan_lines
     WHERE plan_id = $1 ORDER BY period, metric`,
    [planId],
  );

/** A period of the term by the newest plan, with what was planned and accepted of each metric. */
export interface PlannedAndActual extends PeriodPayments {
  metrics: { metric: string; planned: string | null; accepted: string | null }[];
}

/** The newest plan beside what came of it, period by period. Actuals are what they are, whatever the plan. */
export async function plannedAndActual(tx: Tx, bond: Bond): Promise<PlannedAndActual[]> {
  const { terms } = await signedTerms(tx, bond.id);
  const [newest] = await plansOf(tx, bond.id);
  const lines = newest ? await linesOfPlan(tx, newest.id) : null;
  const accepted = await acceptedByPeriod(tx, bond.id);
  const payments = paymentsByPeriod(terms, bond.currency, lines, await invoicedByPeriod(tx, bond.id));
  return payments.map((payment) => ({
    ...payment,
    metrics: terms.rateCard.map(({ metric }) => {
      const line = lines?.find((one) => one.period === payment.period && one.metric === metric);
      return {
        metric,
        planned: line ? (line.value ?? line.quantity) : null,
        accepted: accepted.get(`${payment.period} ${metric}`) ?? null,
      };
    }),
  }));
}

const invoicedByPeriod = (tx: Tx, bondId: string): Promise<InvoicedFor[]> =>
  tx.rows<InvoicedFor>(
    `SELECT c.period, s.due_on AS on, sum(i.amount)::bigint AS amount FROM outcome_invoices i
     LEFT JOIN outcome_claims c ON c.id = i.source_id LEFT JOIN substitute_payments s ON s.id = i.source_id
     WHERE i.bond_id = $1 GROUP BY c.period, s.due_on`,
    [bondId],
  );

async function acceptedByPeriod(tx: Tx, bondId: string): Promise<Map<string, string>> {
  const rows = await tx.rows<{ period: number; metric: string; accepted: string }>(
    `SELECT c.period, w.metric, coalesce(max(l.accepted_value), sum(w.accepted))::text AS accepted
     FROM outcome_claims c JOIN outcome_workings w ON w.claim_id = c.id JOIN outcome_claim_lines l ON l.id = w.line_id
     WHERE c.bond_id = $1 AND c.state = 'verified' GROUP BY c.period, w.metric`,
    [bondId],
  );
  return new Map(rows.map(({ period, metric, accepted }) => [`${period} ${metric}`, accepted]));
}
