import { coalitionCalendar } from '../../../coalitions/coalition.js';
import { type Day, dayInZone } from '../../../maths/day.js';
import type { Tx } from '../../../platform/database/tx.js';
import { DomainError } from '../../../platform/errors/domain-error.js';
import { replayBond } from '../../claims/replay.js';
import { type Bond, signedTerms } from '../../contracts/bonds.read.js';
import { type ExpectedPeriod, expectedPayments } from '../../plans/plan.rules.js';
import { linesOfPlan, plansOf } from '../../plans/plans.read.js';
import { project, type ProjectedInvestor } from '../../scenarios/projection.rules.js';
import type { ProjectionStart, StartingInvestor } from '../../scenarios/projection-start.js';
import { keptScenarios, readScenario } from '../../scenarios/scenarios.service.js';
import { heldOn } from '../bond-till.js';
import { investorFlows, investorStandings } from '../investor-flows.read.js';
import { flowsOnBank } from './flows-on-bank.read.js';
import { cashOf } from './statement.rules.js';

/** What an investor's money is expected to come to: what happened to a day, and then a scenario; or why nothing is projected. */
export type ProjectedReturn =
  | {
      /** The name of the scenario that goes on from the day. */
      scenario: string;
      /** The plan that outcomes are measured by; null where that is the scenario itself. */
      plan: number | null;
      investor: ProjectedInvestor;
    }
  | { scenario: null; why: string };

/**
 * Projects the return of an investor from where its bond stood on a day, by the kept scenario that is the plan and
 * the contract that holds. Touches no ledger.
 */
export async function projectedReturn(
  tx: Tx,
  bond: Bond,
  organisationId: string,
  on: Day,
): Promise<ProjectedReturn> {
  if (bond.closedOn !== null && bond.closedOn <= on)
    return none('The bond is closed, so nothing more is expected.');
  if (await isGuaranteeCalled(tx, bond.id, on))
    return none('The guarantor was called, so the bond is at its end and nothing is projected.');
  const input = (await keptScenarios(tx, bond.id)).find(({ isPlan }) => isPlan);
  if (!input) return none('No kept scenario is the plan, so nothing is projected.');
  const { terms } = await signedTerms(tx, bond.id);
  const start = await projectionStart(tx, bond, on);
  const [plan] = await plansOf(tx, bond.id);
  const planned = plan && (await linesOfPlan(tx, plan.id));
  try {
    const scenario = readScenario(terms, bond.currency, input, '');
    const measure: ExpectedPeriod[] = expectedPayments(terms, bond.currency, planned ?? scenario.lines);
    const { investors } = project(terms, bond.currency, scenario, measure, start);
    const investor = investors.find(({ id }) => id === organisationId)!;
    return { scenario: input.name, plan: plan?.number ?? null, investor };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return none(`The scenario “${input.name}” does not fit the contract. ${error.detail}`);
  }
}

const none = (why: string): ProjectedReturn => ({ scenario: null, why });

async function isGuaranteeCalled(tx: Tx, bondId: string, on: Day): Promise<boolean> {
  const call = await tx.row(
    `SELECT 1 FROM drawdown_calls WHERE bond_id = $1 AND kind = 'guarantee' AND called_on <= $2
       AND (cancelled_at IS NULL OR received > 0)`,
    [bondId, on],
  );
  return call !== undefined;
}

/** Where a bond stood at the end of a day, by what happened and was verified by then. */
async function projectionStart(tx: Tx, bond: Bond, on: Day): Promise<ProjectionStart> {
  const { timeZone } = await coalitionCalendar(tx, bond.coalitionId);
  const { tally } = await replayBond(tx, bond, (at) => dayInZone(at, timeZone) <= on);
  return {
    ...{ on, tally, held: await heldOn(tx, bond.id, on) },
    ...(await paidOutBy(tx, bond.id, on)),
    ...(await invoicedBy(tx, bond.id, on)),
    investors: await startingInvestors(tx, bond, on),
  };
}

async function startingInvestors(tx: Tx, bond: Bond, on: Day): Promise<StartingInvestor[]> {
  const flows = await investorFlows(tx, bond.id, on, on);
  const starting: StartingInvestor[] = [];
  for (const { partyId, organisationId } of await investorStandings(tx, bond)) {
    const { drawdowns, distributions } = flows.find((one) => one.partyId === partyId)!;
    const moved = await flowsOnBank(tx, partyId, on);
    const paidFor = moved.filter(({ kind }) => kind === 'twoSided').map(({ paidIn }) => paidIn);
    starting.push({
      ...{ id: organisationId, drawdowns, distributions, cash: cashOf(moved) },
      twoSidedPaid: paidFor.reduce((all, amount) => all + amount, 0n),
    });
  }
  return starting;
}

async function paidOutBy(tx: Tx, bondId: string, on: Day): Promise<{ kept: bigint; feesPaid: bigint }> {
  const row = await tx.row<{ kept: bigint; feesPaid: bigint }>(
    `SELECT coalesce(sum(d.fee), 0)::bigint AS "feesPaid", (coalesce(sum(d.for_pool), 0)
       + (SELECT coalesce(sum(r.amount), 0) FROM drawdown_receipts r JOIN drawdown_calls c ON c.id = r.call_id
          WHERE c.bond_id = $1 AND c.kind = 'twoSided' AND r.reversed_at IS NULL AND r.received_on <= $2))::bigint AS kept
     FROM distributions d WHERE d.bond_id = $1 AND d.state = 'paid' AND d.paid_on <= $2`,
    [bondId, on],
  );
  return row!;
}

/** Invoices that were issued by a day: what of them is awaited, and what is not any more. */
async function invoicedBy(
  tx: Tx,
  bondId: string,
  on: Day,
): Promise<Pick<ProjectionStart, 'owed' | 'reached'>> {
  const rows = await tx.rows<{ payer: string; dueOn: Day; amount: bigint; open: bigint }>(
    `SELECT y.organisation_id AS payer, i.due_on AS "dueOn", i.amount, (i.amount - i.cancelled
       - coalesce((SELECT sum(r.amount) FROM outcome_receipts r WHERE r.invoice_id = i.id AND r.reversed_at IS NULL
           AND r.received_on <= $2), 0))::bigint AS open
     FROM outcome_invoices i JOIN bond_parties y ON y.id = i.party_id
     WHERE i.bond_id = $1 AND i.issued_on <= $2 ORDER BY i.due_on, i.number`,
    [bondId, on],
  );
  const awaited = rows.filter(({ open }) => open > 0n);
  return {
    reached: rows.reduce((all, { amount, open }) => all + amount - (open > 0n ? open : 0n), 0n),
    owed: awaited.map(({ payer, dueOn, open }) => ({ dueOn, payers: new Map([[payer, open]]) })),
  };
}
