import type { Day } from '../../maths/day.js';
import type { Tx } from '../../platform/database/tx.js';
import { notFound } from '../../platform/errors/domain-error.js';
import { claimPeriods } from '../claims/claim.rules.js';
import { type Bond, signedTerms } from '../contracts/bonds.read.js';
import { type ExpectedPeriod, expectedPayments, type PlanLine } from './plan.rules.js';

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

/** A period of the term: what was planned for it, and what came of it. Minor units. */
export interface PlannedAndActual {
  period: number;
  from: Day;
  to: Day;
  /** By the newest plan; null where there is none. */
  planned: bigint | null;
  /** Invoiced for claims of the period, and for instalments of a suspension that fell into it. */
  actual: bigint;
  ofSubstitutes: bigint;
  metrics: { metric: string; planned: string | null; accepted: string | null }[];
}

/** The newest plan beside what came of it, period by period. Actuals are what they are, whatever the plan. */
export async function plannedAndActual(tx: Tx, bond: Bond): Promise<PlannedAndActual[]> {
  const { terms } = await signedTerms(tx, bond.id);
  const [newest] = await plansOf(tx, bond.id);
  const lines = newest ? await linesOfPlan(tx, newest.id) : [];
  const expected = byPeriod(newest ? expectedPayments(terms, bond.currency, lines) : []);
  const accepted = await acceptedByPeriod(tx, bond.id);
  const money = await invoicedByPeriod(tx, bond.id);
  return claimPeriods(terms).map(({ number, from, to }) => {
    const substitutes = sumWhere(money, ({ on }) => on !== null && on >= from && on <= to);
    return {
      ...{ period: number, from, to, ofSubstitutes: substitutes },
      planned: newest ? (expected.get(number)?.net ?? 0n) : null,
      actual: substitutes + sumWhere(money, ({ period }) => period === number),
      metrics: terms.rateCard.map(({ metric }) => {
        const line = lines.find((one) => one.period === number && one.metric === metric);
        return {
          metric,
          planned: line ? (line.value ?? line.quantity) : null,
          accepted: accepted.get(`${number} ${metric}`) ?? null,
        };
      }),
    };
  });
}

const byPeriod = (expected: readonly ExpectedPeriod[]) =>
  new Map(expected.map((period) => [period.period, period]));

interface Invoiced {
  /** Of a claim. */
  period: number | null;
  /** Of an instalment of a suspension: when it was due. */
  on: Day | null;
  amount: bigint;
}

const sumWhere = (money: readonly Invoiced[], holds: (one: Invoiced) => boolean): bigint =>
  money.filter(holds).reduce((sum, { amount }) => sum + amount, 0n);

const invoicedByPeriod = (tx: Tx, bondId: string): Promise<Invoiced[]> =>
  tx.rows<Invoiced>(
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
