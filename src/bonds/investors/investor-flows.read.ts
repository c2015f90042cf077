import type { Day } from '../../maths/day.js';
import { parseAmount } from '../../maths/money.js';
import type { Tx } from '../../platform/database/tx.js';
import { type Bond, partiesOf, signedTerms } from '../contracts/bonds.read.js';
import { expectedBy } from '../plans/expected.read.js';
import type { EarlierShare, InvestorFlows, Outcomes } from './distributions/distribution.rules.js';

/** An investor of a bond, and where it stands. Minor units. */
export interface InvestorStanding {
  partyId: string;
  organisationId: string;
  investor: string;
  commitment: bigint;
  /** Capital that was asked for: of a call that was cancelled, what had come. */
  called: bigint;
  drawn: bigint;
  /** Capital that came back, of what the guarantor paid too. */
  returned: bigint;
  /** Of this, by the guarantor. */
  byGuarantor: bigint;
  /** What it was paid beyond its capital. */
  income: bigint;
  /** What it was asked for, and paid, where outcomes were poor. */
  twoSidedCalled: bigint;
  twoSidedPaid: bigint;
  /** What it was asked for of this and is not expected any more. */
  twoSidedWaived: bigint;
}

type Sums = Omit<InvestorStanding, 'organisationId' | 'investor' | 'commitment'>;

/** Every investor of a bond, in the order in which they became parties to it; with what was recorded by now. */
export async function investorStandings(tx: Tx, bond: Bond): Promise<InvestorStanding[]> {
  const { terms } = await signedTerms(tx, bond.id);
  const sums = new Map((await sumsOf(tx, bond.id)).map(({ partyId, ...rest }) => [partyId, rest]));
  return (await investorsOf(tx, bond.id)).map(({ id: partyId, organisationId, name: investor }) => {
    const term = terms.investors.find((one) => one.organisationId === organisationId);
    return {
      ...{ partyId, organisationId, investor },
      commitment: term ? parseAmount(term.commitment, bond.currency) : 0n,
      ...sums.get(partyId)!,
    };
  });
}

async function investorsOf(
  tx: Tx,
  bondId: string,
): Promise<{ id: string; organisationId: string; name: string }[]> {
  return (await partiesOf(tx, bondId)).flatMap(({ id, role, organisationId, name }) =>
    role === 'investor' && organisationId !== null ? [{ id, organisationId, name }] : [],
  );
}

const sumsOf = (tx: Tx, bondId: string): Promise<Sums[]> =>
  tx.rows<Sums>(
    `SELECT y.id AS "partyId", c.called, c.drawn, c."twoSidedCalled", c."twoSidedPaid", c."twoSidedWaived", d.returned, d."byGuarantor", d.income
     FROM bond_parties y
     CROSS JOIN LATERAL (
       SELECT coalesce(sum(asked) FILTER (WHERE kind = 'drawdown'), 0)::bigint AS called,
         coalesce(sum(received) FILTER (WHERE kind = 'drawdown'), 0)::bigint AS drawn,
         coalesce(sum(asked) FILTER (WHERE kind = 'twoSided'), 0)::bigint AS "twoSidedCalled",
         coalesce(sum(received) FILTER (WHERE kind = 'twoSided'), 0)::bigint AS "twoSidedPaid",
         coalesce(sum(amount - asked) FILTER (WHERE kind = 'twoSided'), 0)::bigint AS "twoSidedWaived"
       FROM (SELECT kind, amount, received, CASE WHEN cancelled_at IS NULL THEN amount ELSE received END AS asked
             FROM drawdown_calls WHERE party_id = y.id) AS each) AS c
     CROSS JOIN LATERAL (
       SELECT coalesce(sum(s.capital), 0)::bigint AS returned, coalesce(sum(s.income), 0)::bigint AS income,
         coalesce(sum(s.capital) FILTER (WHERE d.source = 'guarantee'), 0)::bigint AS "byGuarantor"
       FROM distribution_shares s JOIN distributions d ON d.id = s.distribution_id
       WHERE s.party_id = y.id AND d.state = 'paid') AS d
     WHERE y.bond_id = $1 AND y.role = 'investor'`,
    [bondId],
  );

/**
 * What went between a bond and its investors, as distributions are worked out by it: capital by the day on which it
 * came, up to one day, and every distribution that was paid, by the day as of which it was worked out.
 */
export async function investorFlows(
  tx: Tx,
  bondId: string,
  until: Day,
  paidBy?: Day,
): Promise<InvestorFlows[]> {
  const drawdowns = await tx.rows<{ partyId: string; on: Day; amount: bigint }>(
    `SELECT c.party_id AS "partyId", r.received_on AS "on", r.amount FROM drawdown_receipts r
     JOIN drawdown_calls c ON c.id = r.call_id
     WHERE c.bond_id = $1 AND c.kind = 'drawdown' AND r.reversed_at IS NULL AND r.received_on <= $2
     ORDER BY r.received_on, r.id`,
    [bondId, until],
  );
  const paid = await tx.rows<EarlierShare & { partyId: string }>(
    `SELECT s.party_id AS "partyId", d.as_of AS "on", s.capital, s.income FROM distribution_shares s
     JOIN distributions d ON d.id = s.distribution_id WHERE d.bond_id = $1 AND d.state = 'paid'
       AND ($2::date IS NULL OR d.paid_on <= $2) ORDER BY d.as_of, d.id`,
    [bondId, paidBy ?? null],
  );
  return (await investorsOf(tx, bondId)).map(({ id: partyId, name: investor }) => {
    const isIts = (row: { partyId: string }) => row.partyId === partyId;
    return {
      ...{ partyId, investor },
      drawdowns: drawdowns.filter(isIts).map(({ on, amount }) => ({ on, amount })),
      distributions: paid.filter(isIts).map(({ on, capital, income }) => ({ on, capital, income })),
    };
  });
}

/**
 * What payers were invoiced for the periods that ended by a day, and what the plan expected of the same time: what
 * coupons and two-sided payments go by. What was cancelled of an invoice counts: outcomes are no poorer because a payer
 * does not pay for them. Null where no plan says what was expected.
 */
export async function outcomesBy(tx: Tx, bond: Bond, on: Day): Promise<Outcomes | null> {
  const expected = await expectedBy(tx, bond, on);
  if (expected === null || expected <= 0n) return null;
  const row = await tx.row<{ reached: bigint }>(
    `SELECT coalesce(sum(i.amount), 0)::bigint AS reached FROM outcome_invoices i
     LEFT JOIN outcome_claims c ON i.source_kind = 'claim' AND c.id = i.source_id
     WHERE i.bond_id = $1 AND coalesce(c.period_to, i.issued_on) <= $2`,
    [bond.id, on],
  );
  return { reached: row!.reached, expected };
}
