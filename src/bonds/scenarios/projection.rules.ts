import { allocate } from '../../maths/allocate.js';
import { arrangeRateBands, percentReached } from '../../maths/coupon-ladder.js';
import { addDays, compareDays, type Day } from '../../maths/day.js';
import { guaranteePayment } from '../../maths/guarantee.js';
import { parseAmount, sum } from '../../maths/money.js';
import { type Multiples, multiplesOf } from '../../maths/multiple.js';
import type { TermPeriod } from '../../maths/term-periods.js';
import { paidByInvestors } from '../../maths/two-sided.js';
import { type Xirr, xirr } from '../../maths/xirr.js';
import { claimPeriods } from '../claims/claim.rules.js';
import type { BondTerms } from '../contracts/bond-terms.js';
import { type InvestorFlows, workOut } from '../investors/distributions/distribution.rules.js';
import { type ExpectedPeriod, expectedPayments, type PlanLine } from '../plans/plan.rules.js';

/** What may happen: outcomes by period, and what the provider is to be paid meanwhile. Minor units. */
export interface ScenarioInputs {
  lines: readonly PlanLine[];
  costs: readonly { on: Day; amount: bigint }[];
}

export const partyKinds = ['payer', 'investor', 'provider', 'guarantor', 'fee'] as const;
export type PartyKind = (typeof partyKinds)[number];

/** Money of a party: what it pays is below zero, what it gets above. Minor units. */
export interface ProjectedFlow {
  on: Day;
  party: PartyKind;
  /** Of the organisation; empty for the provider, who is one, and for fees, which the contract does not say who gets. */
  id: string;
  amount: bigint;
}

export interface ProjectedInvestor {
  id: string;
  drawn: bigint;
  received: bigint;
  /** Of what was drawn, what never came back as capital. */
  lost: bigint;
  xirr: Xirr;
  multiples: Multiples;
}

export interface Projection {
  flows: ProjectedFlow[];
  payers: { id: string; pays: bigint }[];
  investors: ProjectedInvestor[];
  /** What the provider gets, its share of what is left included. */
  provider: bigint;
  /** What nobody had the money for. */
  costsUnpaid: bigint;
  /** Left in the bond at its end, for its surplus rule. */
  surplus: bigint;
  /** The most capital that was out at once. */
  mostOut: bigint;
}

/**
 * What a contract would come to, if this happened: outcome payments as the rate card, caps and payers have it, received
 * `invoiceDueDays` after their period; the provider paid when its costs fall due, from what the bond holds and, where
 * that is not enough, from what investors have still committed, by what each has left; and on each day of a receipt,
 * and on the last day, all that is not needed for later costs distributed, as a distribution would be. At the end investors pay where the
 * outcome is poor and the contract says so, and the guarantor for capital that is lost. Nothing is posted.
 *
 * What is received less what is paid is the surplus, to the unit.
 *
 * @param plan what the plan expects of each period: what a coupon, or a payment of investors, goes by
 */
export function project(
  terms: BondTerms,
  currency: string,
  scenario: ScenarioInputs,
  plan: readonly ExpectedPeriod[] | null,
): Projection {
  const bond = new ProjectedBond(terms, currency, scenario, plan);
  for (const day of bond.days) bond.live(day);
  bond.end();
  return bond.result();
}

interface Receipt {
  on: Day;
  payers: Map<string, bigint>;
}

class ProjectedBond {
  /** The days on which something happens, in order. */
  readonly days: readonly Day[];
  private readonly flows: ProjectedFlow[] = [];
  private readonly receipts: Receipt[];
  private readonly expected: { on: Day; net: bigint }[];
  private readonly investors: (InvestorFlows & { commitment: bigint })[];
  private held = 0n;
  private keptForPool = 0n;
  private feesPaid = 0n;
  private reached = 0n;
  private costsUnpaid = 0n;
  private mostOut = 0n;

  constructor(
    private readonly terms: BondTerms,
    private readonly currency: string,
    private readonly scenario: ScenarioInputs,
    private readonly plan: readonly ExpectedPeriod[] | null,
  ) {
    const periods = claimPeriods(terms);
    const paidOn = (period: number) => addDays(endOf(periods, period), terms.invoiceDueDays);
    this.receipts = expectedPayments(terms, currency, scenario.lines).map(({ period, payers }) => ({
      on: paidOn(period),
      payers,
    }));
    const days = [...this.receipts, ...scenario.costs].map(({ on }) => on);
    this.days = [...new Set(days)].sort(compareDays);
    this.expected = (plan ?? []).map(({ period, net }) => ({ on: paidOn(period), net }));
    this.investors = terms.investors.map(({ organisationId, commitment }) => ({
      ...{ partyId: organisationId, investor: organisationId, drawdowns: [], distributions: [] },
      commitment: parseAmount(commitment, currency),
    }));
  }

  live(on: Day): void {
    const isReceipt = this.receive(on);
    this.payCosts(on);
    const later = sum(this.scenario.costs.filter((cost) => cost.on > on).map(({ amount }) => amount));
    const free = this.held - this.keptForPool - later;
    const isLast = on === this.days.at(-1);
    // Where nobody has lent anything yet, there is nobody to distribute to: what came stays in the bond.
    const isLent = this.investors.some((investor) => drawnOf(investor) > 0n);
    if ((isReceipt || isLast) && isLent && free > 0n) this.distribute(on, free);
  }

  /** On the last day: investors pay for a poor outcome, the guarantor for lost capital. */
  end(): void {
    const last = this.days.at(-1) ?? this.terms.endOn;
    const { twoSided, guarantee } = this.terms;
    const percent = percentReached(this.reached, sum(this.expected.map(({ net }) => net)));
    if (twoSided && percent !== null) {
      const floor = arrangeRateBands(twoSided.bands, { most: 1n });
      const owed = paidByInvestors(floor, percent, this.investors.map(drawnOf));
      owed.forEach((amount, index) => this.take(last, 'investor', this.investors[index]!.partyId, amount));
    }
    if (!guarantee) return;
    const atClose = this.investors.map((investor) => ({
      drawn: drawnOf(investor),
      returned: drawnOf(investor) - outOf(investor),
    }));
    const { paid, toInvestors } = guaranteePayment(guarantee.share, atClose);
    if (paid === 0n) return;
    this.take(last, 'guarantor', guarantee.guarantorId, paid);
    toInvestors.forEach((capital, index) => {
      const investor = this.investors[index]!;
      investor.distributions.push({ on: last, capital, income: 0n });
      this.give(last, 'investor', investor.partyId, capital);
    });
  }

  result(): Projection {
    const ofParty = (party: PartyKind, id?: string) =>
      this.flows.filter((flow) => flow.party === party && (id === undefined || flow.id === id));
    const total = (flows: readonly ProjectedFlow[]) => sum(flows.map(({ amount }) => amount));
    return {
      flows: this.flows,
      payers: this.terms.payers.map(({ organisationId: id }) => ({ id, pays: -total(ofParty('payer', id)) })),
      investors: this.investors.map((investor) => {
        const flows = ofParty('investor', investor.partyId);
        const received = sum(flows.map(({ amount }) => (amount > 0n ? amount : 0n)));
        const paidIn = received - total(flows);
        return {
          ...{ id: investor.partyId, drawn: drawnOf(investor), received, lost: outOf(investor) },
          xirr: xirr(flows),
          multiples: multiplesOf({ paidIn, distributed: received, residual: 0n }),
        };
      }),
      provider: total(ofParty('provider')),
      ...{ costsUnpaid: this.costsUnpaid, surplus: this.held, mostOut: this.mostOut },
    };
  }

  private receive(on: Day): boolean {
    const receipts = this.receipts.filter((receipt) => receipt.on === on);
    for (const { payers } of receipts)
      for (const [id, amount] of payers) {
        this.take(on, 'payer', id, amount);
        this.reached += amount;
      }
    return receipts.length > 0;
  }

  private payCosts(on: Day): void {
    const due = sum(this.scenario.costs.filter((cost) => cost.on === on).map(({ amount }) => amount));
    const inHand = this.held - this.keptForPool;
    if (due > inHand) this.draw(on, due - inHand);
    const paid = due < this.held - this.keptForPool ? due : this.held - this.keptForPool;
    this.give(on, 'provider', '', paid);
    this.costsUnpaid += due - paid;
  }

  /** From all investors by what each has still committed, and no more than that. */
  private draw(on: Day, wanted: bigint): void {
    const open = this.investors.map((investor) => investor.commitment - drawnOf(investor));
    const most = sum(open);
    const amount = wanted < most ? wanted : most;
    if (amount === 0n) return;
    allocate(amount, open).forEach((part, index) => {
      if (part === 0n) return;
      const investor = this.investors[index]!;
      investor.drawdowns.push({ on, amount: part });
      this.take(on, 'investor', investor.partyId, part);
    });
    const out = sum(this.investors.map(outOf));
    if (out > this.mostOut) this.mostOut = out;
  }

  private distribute(on: Day, available: bigint): void {
    const expected = sum(this.expected.filter((one) => one.on <= on).map(({ net }) => net));
    const worked = workOut({
      ...{ source: 'proceeds', currency: this.currency, asOf: on, available },
      returns: this.terms.returns,
      investors: this.investors,
      feesPaid: this.feesPaid,
      outcomes: this.plan === null ? null : { reached: this.reached, expected },
    });
    for (const [index, { partyId, capital, income }] of worked.shares.entries()) {
      if (capital + income === 0n) continue;
      this.investors[index]!.distributions.push({ on, capital, income });
      this.give(on, 'investor', partyId, capital + income);
    }
    this.give(on, 'provider', '', worked.totals.provider);
    this.give(on, 'fee', '', worked.totals.fee);
    this.feesPaid += worked.totals.fee;
    this.keptForPool += worked.totals.pool;
  }

  private take(on: Day, party: PartyKind, id: string, amount: bigint): void {
    if (amount === 0n) return;
    this.held += amount;
    this.flows.push({ on, party, id, amount: -amount });
  }

  private give(on: Day, party: PartyKind, id: string, amount: bigint): void {
    if (amount === 0n) return;
    this.held -= amount;
    this.flows.push({ on, party, id, amount });
  }
}

const drawnOf = ({ drawdowns }: InvestorFlows): bigint => sum(drawdowns.map(({ amount }) => amount));

/** Capital that is out: drawn, and not come back as capital. */
const outOf = (investor: InvestorFlows): bigint =>
  drawnOf(investor) - sum(investor.distributions.map(({ capital }) => capital));

const endOf = (periods: readonly TermPeriod[], number: number): Day =>
  periods.find((period) => period.number === number)!.to;

/** What a party pays and gets in one quarter of a year. */
export interface QuarterFlow {
  /** "2027-Q3". */
  quarter: string;
  party: PartyKind;
  id: string;
  amount: bigint;
}

/** The flows by calendar quarter, in order. */
export function byQuarter(flows: readonly ProjectedFlow[]): QuarterFlow[] {
  const quarters = new Map<string, QuarterFlow>();
  for (const { on, party, id, amount } of flows) {
    const quarter = `${on.slice(0, 4)}-Q${Math.ceil(Number(on.slice(5, 7)) / 3)}`;
    const key = `${quarter} ${party} ${id}`;
    const sofar = quarters.get(key) ?? { quarter, party, id, amount: 0n };
    sofar.amount += amount;
    quarters.set(key, sofar);
  }
  return [...quarters.values()].sort((a, b) => (a.quarter < b.quarter ? -1 : a.quarter > b.quarter ? 1 : 0));
}
